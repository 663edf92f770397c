"""Orders for tests."""

from datetime import date
from typing import Any

from app.core import db
from app.sales import orders
from app.sales.orders import NewLine, NewOrder
from app.sales.tables import SalesOrder
from tests.world import World

DUE = date(2026, 12, 18)
LINE = {"lines-0-item": "FB-M10X45-88D", "lines-0-quantity": "5", "lines-0-unit": "千件", "lines-0-unit_price": "268",
        "lines-0-price_unit": "千件", "lines-0-kind": "normal", "lines-0-over_percent": "3", "lines-0-under_percent": "3"}  # fmt: skip
FORM = {"customer": "HENGLI", "due_date": "2026-12-18", "customer_order_number": "HL-1", **LINE}
"""An order as its form posts it."""


def line(**more: Any) -> NewLine:
    """5 千支 of the world's bolt at ¥268.00 per 千支."""
    given: dict[str, Any] = {
        "item": "FB-M10X45-88D",
        "quantity": "5",
        "unit": "千支",
        "unit_price": "268",
        "price_unit": "千支",
    }
    return NewLine(**{**given, **more})


def order(*lines: NewLine, **more: Any) -> NewOrder:
    given: dict[str, Any] = {"customer": "HENGLI", "due_date": DUE, "customer_order_number": "HL-25-8841"}
    return NewOrder(**{**given, **more}, lines=lines or (line(),))


async def draft(world: World, *lines: NewLine, **more: Any) -> SalesOrder:
    return (await db.commit(orders.create, order(*lines, **more), by=world.xiaolan)).value


async def confirmed(world: World, *lines: NewLine, **more: Any) -> SalesOrder:
    made = await draft(world, *lines, **more)
    return (await db.commit(orders.confirm, made.number, by=world.xiaolan)).value


async def lines_of(order_id: int) -> list[dict[str, Any]]:
    return await db.rows('select * from sales_order_lines where "order" = {} order by line_no', order_id)


async def head_of(number: str) -> dict[str, Any]:
    found = await db.one("select * from sales_orders where number = {}", number)
    assert found is not None
    return found
