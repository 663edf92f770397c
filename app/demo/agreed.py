"""The demo factory's framework order: agreed a month ago, called off by plans, ordered in part, with a change to be decided."""

from datetime import date, timedelta
from typing import Any

from app.core import clock, db
from app.core.db import commit
from app.demo.life import Factory, Story, working_day
from app.frameworks import frameworks, ordering, plans
from app.frameworks.agreeing import NewFramework
from app.frameworks.calling import NewCallOff, NewPlan
from app.sales import orders
from app.sales.orders import NewLine, NewOrder

CUSTOMER, THEIRS = "SHUNDA", "SD-FA-01"
AGREED, FIRST, SECOND, CHANGED = 33, 30, 5, 3
"""So many days ago: the framework order, its first plan with the first order, the second order, the newer plan."""
GONE, SOON, DUE, LATER, LAST = -17, 6, 9, 30, 44
"""So many days from this morning: what is delivered, what is ordered, what is due to be ordered, and two further on."""
BEGUN: dict[int, dict[int, str]] = {
    GONE: {1: "20"},
    SOON: {1: "30", 2: "10"},
    DUE: {1: "20"},
    LATER: {1: "30", 2: "10"},
    LAST: {1: "30"},
}
NEWER: dict[int, dict[int, str]] = {
    SOON: {1: "30", 2: "6"},
    DUE: {1: "20"},
    LATER + 4: {1: "30"},
    LATER: {2: "10"},
    LAST: {1: "40"},
}


async def day(factory: Factory, ago: int, today: date) -> None:
    """What a day brings for it; `today` is this morning's day, which all its days are counted from."""
    if ago == working_day(AGREED, today):
        await _agree(factory)
    elif ago == working_day(FIRST, today):
        await _call_off(factory, BEGUN, today, "SD-P1")
        await _order(factory, [(1, today + timedelta(days=GONE))], ago)
    elif ago == working_day(SECOND, today):
        await _order(factory, [(line, today + timedelta(days=SOON)) for line in (1, 2)], ago)
    elif ago == working_day(CHANGED, today):
        await _call_off(factory, NEWER, today, "SD-P2")


async def _number() -> str:
    return str(await db.value("select number from framework_orders where customer_number = {}", THEIRS))


async def _agree(factory: Factory) -> None:
    known = await db.rows(
        "select ci.code, i.usual_price_micro from customer_items ci join items i on i.id = ci.item join customers c on c.id = ci.customer"
        " where c.code = {} order by ci.id limit 2",
        CUSTOMER,
    )  # fmt: skip
    lines = [
        NewLine(customer_item=row["code"], quantity=quantity, unit="千件", unit_price=f"{row['usual_price_micro'] / 1e6:.2f}", price_unit="千件")
        for row, quantity in zip(known, ("400", "150"), strict=True)
    ]  # fmt: skip
    new = NewFramework(
        agreed=NewOrder(customer=CUSTOMER, customer_order_number=THEIRS, lines=lines), valid_until=clock.today() + timedelta(days=365),
        firm_days="14", beyond_percent="5",
    )  # fmt: skip
    made = (await commit(frameworks.write, new, by=factory.people["xiaolan"])).value
    await commit(frameworks.activate, made.number, by=factory.people["xiaolan"])


async def _call_off(factory: Factory, wanted: dict[int, dict[int, str]], today: date, reference: str) -> None:
    entered = [
        NewCallOff(line=line, due_date=today + timedelta(days=ahead), quantity=quantity)
        for ahead, parts in wanted.items() for line, quantity in parts.items()
    ]  # fmt: skip
    await commit(
        plans.take,
        await _number(),
        NewPlan(call_offs=entered, reference=reference),
        by=factory.people["xiaolan"],
    )


async def _order(factory: Factory, chosen: list[tuple[int, date]], ago: int) -> None:
    """It is made, delivered and paid as every other order."""
    xiaolan = factory.people["xiaolan"]
    number: Any = (await commit(ordering.order, await _number(), chosen, by=xiaolan)).value[1]
    held = await commit(orders.confirm, number, by=xiaolan)
    factory.stories.append(
        Story(CUSTOMER, ago, 14, 1, number=number, asked=held.deferred, confirmed=not held.deferred)
    )
