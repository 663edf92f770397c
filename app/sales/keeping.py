"""Keeping an order's columns true when others deliver, bill and receive: called inside their verbs, by their right."""

from collections.abc import Mapping
from datetime import date

from app.core import db
from app.core.money import Money
from app.core.refusals import NOT_NOW, Refused
from app.core.rows import locked
from app.core.words import N_
from app.events.log import record
from app.people.actors import Actor
from app.sales import events, schedules
from app.sales.closing import reopen
from app.sales.refusals import LESS_THAN_NOTHING, NO_SUCH_LINE
from app.sales.states import CLOSED, CONFIRMED, LOOKS
from app.sales.tables import SalesOrder

TAKEN_BACK = N_("a delivery was taken back")
RECEIPT_TAKEN_BACK = N_("a receipt was taken back")
BILLED_LATE = N_("it was billed after closing")
_OPEN_LINES = (
    '(select count(*) from sales_order_lines l join items i on i.id = l.item where l."order" = sales_orders.id'
    " and i.kind <> 'service' and l.delivered_q * 100 < l.quantity_q * (100 - l.under_percent))"
)
_DELIVERED = (
    "(select coalesce(sum(l.delivered_q), 0) from sales_order_lines l join items i on i.id = l.item"
    " where l.\"order\" = sales_orders.id and i.kind <> 'service')"
)


async def deliver(deltas: Mapping[int, int], on: date, *, by: Actor) -> list[SalesOrder]:
    """Quantities (10⁻³ of the base unit) by line id that left the house on a day; negative when taken back.

    Keeps the delivered_q of lines, their deliveries and orders, open_lines and delivered_on; the orders, by id. A closed order that
    loses a delivery is open again.
    """
    deltas = {line: milli for line, milli in deltas.items() if milli}
    if not deltas:
        return []
    marks = ", ".join(["{}"] * len(deltas))
    lines = await db.rows(
        f'select id, "order", delivered_q from sales_order_lines where id in ({marks})', *sorted(deltas)
    )
    if len(lines) != len(deltas):
        raise Refused(NO_SUCH_LINE)
    orders = [
        await locked(SalesOrder, SalesOrder.id == id_) for id_ in sorted({line["order"] for line in lines})
    ]
    gaining = {line["order"] for line in lines if deltas[line["id"]] > 0}
    for order in orders:
        if order.state != CONFIRMED and (order.state != CLOSED or order.id in gaining):
            raise Refused(NOT_NOW, state=LOOKS[order.state].label)
    await _add_to_lines(deltas, marks)
    return [await recount(order, on, by) for order in orders]


async def _add_to_lines(deltas: Mapping[int, int], marks: str) -> None:
    cases = " ".join(["when {} then cast({} as bigint)"] * len(deltas))
    pairs = [value for line in sorted(deltas) for value in (line, deltas[line])]
    after = await db.rows(
        f"update sales_order_lines set delivered_q = delivered_q + case id {cases} else 0 end where id in ({marks})"
        " returning delivered_q",
        *pairs, *sorted(deltas),
    )  # fmt: skip
    if any(row["delivered_q"] < 0 for row in after):
        raise Refused(LESS_THAN_NOTHING)
    await schedules.fill(sorted(deltas))


async def recount(order: SalesOrder, on: date, by: Actor) -> SalesOrder:
    """What is delivered of an order and what is open, from its lines; the day it is all delivered."""
    found = await db.one(
        f"update sales_orders set delivered_q = {_DELIVERED}, open_lines = {_OPEN_LINES}, next_due = {schedules.NEXT_DUE},"
        " version = version + 1"
        " where id = {} returning delivered_q, open_lines, version",
        order.id,
    )
    assert found is not None
    for name, value in found.items():
        setattr(order, name, value)
    was_delivered = order.delivered_on is not None
    if (order.open_lines == 0) != was_delivered:
        order.delivered_on = None if order.open_lines else on
        await db.rows("update sales_orders set delivered_on = {} where id = {}", order.delivered_on, order.id)
    if order.delivered_on and not was_delivered:
        delivered = events.OrderDelivered(subject=("sales_order", order.id), also=(("customer", order.customer),),
                                          number=order.number, on=on.isoformat())  # fmt: skip
        await record(delivered, by=by)
    if order.state == CLOSED:
        await reopen(order, TAKEN_BACK, by)
    return order


async def bill(order_id: int, minor: int, *, by: Actor) -> SalesOrder:
    """A receivable arose (or fell, negative), in minor units of the order's currency."""
    order = await locked(SalesOrder, SalesOrder.id == order_id)
    await _add(order, "invoiced", minor)
    if order.state == CLOSED and minor > 0:
        await reopen(order, BILLED_LATE, by)
    return order


async def pay(order_id: int, minor: int, *, by: Actor) -> SalesOrder:
    """Money was matched with the order's receivables (or unmatched, negative), in minor units of its currency."""
    order = await locked(SalesOrder, SalesOrder.id == order_id)
    was_paid = order.received >= order.invoiced
    await _add(order, "received", minor)
    if order.state == CLOSED and minor < 0:
        await reopen(order, RECEIPT_TAKEN_BACK, by)
    if minor > 0 and not was_paid and order.received >= order.invoiced:
        paid = events.OrderPaid(subject=("sales_order", order.id), also=(("customer", order.customer),), number=order.number,
                                received=Money(order.received, order.currency).shown())  # fmt: skip
        await record(paid, by=by)
    return order


async def _add(order: SalesOrder, column: str, minor: int) -> None:
    found = await db.one(
        f"update sales_orders set {column} = {column} + {{}}, version = version + 1 where id = {{}} returning {column}, version",
        minor, order.id,
    )  # fmt: skip
    assert found is not None
    setattr(order, column, found[column])
    order.version = found["version"]
