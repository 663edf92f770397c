"""Framework orders and call-off plans for tests."""

from datetime import date
from typing import Any

from app.core import db
from app.core.db import commit
from app.frameworks import frameworks, ordering, plans
from app.frameworks.agreeing import NewFramework
from app.frameworks.calling import NewCallOff, NewPlan
from app.frameworks.tables import CallOffPlan, FrameworkOrder
from app.sales.orders import NewLine, NewOrder
from tests.sales.sample import line
from tests.world import TODAY, World

FAR, FURTHER, NEAR = date(2027, 1, 15), date(2027, 1, 22), date(2026, 12, 15)
"""Two days beyond the firm fortnight, and one within it."""
_OWN = ("valid_from", "valid_until", "firm_days", "beyond_percent", "repeats")


def framework(*lines: NewLine, **more: Any) -> NewFramework:
    """100 千支 of the world's bolt at ¥268.00 for 恒力 until the end of 2027, firm for a fortnight."""
    own = {"valid_until": date(2027, 12, 31)} | {name: more.pop(name) for name in _OWN if name in more}
    given: dict[str, Any] = {"customer": "HENGLI", "customer_order_number": "HL-FA-2027"}
    agreed = NewOrder(**{**given, **more}, lines=lines or (line(quantity="100", customer_item="HL-25-8841"),))
    return NewFramework(agreed=agreed, **own)


async def draft(world: World, *lines: NewLine, **more: Any) -> FrameworkOrder:
    return (await commit(frameworks.write, framework(*lines, **more), by=world.xiaolan)).value


async def active(world: World, *lines: NewLine, **more: Any) -> FrameworkOrder:
    made = await draft(world, *lines, **more)
    return (await commit(frameworks.activate, made.number, by=world.xiaolan)).value


def plan(*call_offs: tuple[date, str], reference: str = "", adds: bool = False) -> NewPlan:
    """What is wanted of the first line: days and quantities in its unit."""
    entered = [NewCallOff(line=1, due_date=day, quantity=quantity) for day, quantity in call_offs]
    return NewPlan(call_offs=entered, reference=reference, adds=adds)


async def called(world: World, of: FrameworkOrder, *call_offs: tuple[date, str], **more: Any) -> CallOffPlan:
    return (await commit(plans.take, of.number, plan(*call_offs, **more), by=world.xiaolan)).value[1]


async def ordered(world: World, of: FrameworkOrder, *days: date) -> str:
    """The number of the order that these days of the first line became."""
    return (await commit(ordering.order, of.number, [(1, day) for day in days], by=world.xiaolan)).value[1]


async def standing(of: Any) -> list[tuple[date, str, bool]]:
    """Day, quantity, whether ordered."""
    rows = await db.rows(
        "select due_date, entered, sales_order from call_offs where framework = {} order by due_date, id",
        of.id,
    )
    return [(row["due_date"], row["entered"], row["sales_order"] is not None) for row in rows]


__all__ = [
    "FAR",
    "FURTHER",
    "NEAR",
    "TODAY",
    "active",
    "called",
    "draft",
    "framework",
    "line",
    "ordered",
    "plan",
    "standing",
]
