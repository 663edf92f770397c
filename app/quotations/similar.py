"""What the same items were quoted and sold for before (智能报价): the newest first, as far as the reader may see them."""

from collections.abc import Sequence
from typing import Any

from app.core import clock, db
from app.core.conditions import Condition
from app.core.quantities import labelled
from app.core.words import _
from app.people.actors import Actor
from app.quotations import conditions, permissions
from app.quotations.states import LOOKS
from app.sales import conditions as sales
from app.sales import permissions as orders
from app.sales.echo import short

SHOWN = 6
_LINE = (
    "o.number, o.customer, o.customer_name, o.currency, o.tax_included, l.entered, l.unit, l.price_micro, l.price_unit,"
    " i.unit_label, i.base_unit, "
)


async def of_item(item: int, customer: int, by: Actor) -> list[dict[str, Any]]:
    """Earlier orders and quotations of an item: those of the customer before those of others."""
    found = []
    if by.may(orders.SEE) and by.may(orders.PRICE):
        found += [_order(row) for row in await _orders(item, customer, sales.visible_to(by))]
    if by.may(permissions.SEE):
        found += [_quotation(row) for row in await _quotations(item, customer, conditions.visible_to(by))]
    return sorted(found, key=lambda row: (row["own"], row["day"]), reverse=True)[: SHOWN * 2]


async def _orders(item: int, customer: int, visible: Sequence[Condition]) -> list[dict[str, Any]]:
    return await _read(
        f"select {_LINE}o.order_date as day, o.state, {_own(customer)} from sales_order_lines l"
        ' join sales_orders o on o.id = l."order" join items i on i.id = l.item',
        "o.state in ('confirmed', 'closed')", item, visible,
    )  # fmt: skip


async def _quotations(item: int, customer: int, visible: Sequence[Condition]) -> list[dict[str, Any]]:
    """What is accepted stands among the orders."""
    return await _read(
        f"select {_LINE}o.quoted_on as day, o.state, o.valid_until, {_own(customer)} from quotation_lines l"
        " join quotations o on o.id = l.quotation join items i on i.id = l.item",
        "o.state in ('sent', 'lost', 'expired')", item, visible,
    )  # fmt: skip


def _own(customer: int) -> str:
    return f"case when o.customer = {int(customer)} then 1 else 0 end as own"


async def _read(select: str, state: str, item: int, visible: Sequence[Condition]) -> list[dict[str, Any]]:
    wanted = [Condition("l.item = {} and l.price_micro > 0", (item,)), Condition(state), *visible]
    where = " and ".join(f"({c.sql})" for c in wanted)
    return await db.rows(
        f"{select} where {where} order by own desc, l.id desc limit {SHOWN}",
        *[a for c in wanted for a in c.args],
    )


def _order(row: dict[str, Any]) -> dict[str, Any]:
    return {**_said(row), "href": f"/orders/{row['number']}", "what": _("Order"), "kind": "ok"}


def _quotation(row: dict[str, Any]) -> dict[str, Any]:
    look = LOOKS[conditions.stage_of(row["state"], row["valid_until"], clock.today())]
    return {**_said(row), "href": f"/quotations/{row['number']}", "what": _(look.label), "kind": look.kind}


def _said(row: dict[str, Any]) -> dict[str, Any]:
    label = row["unit_label"] or row["base_unit"]
    return {
        **row, "own": bool(row["own"]), "quantity": short(row["entered"], row["unit"], label),
        "per": labelled(row["price_unit"], label),
    }  # fmt: skip
