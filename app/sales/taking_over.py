"""Open orders of the system before this one: written as confirmed, with what had been shipped by then; and given back."""

from collections.abc import Sequence

from app.core import clock, db
from app.core import states as machine
from app.core.money import Money
from app.core.numbering import next_number
from app.core.refusals import Refused
from app.core.rows import locked
from app.events.log import record
from app.people.actors import Actor
from app.sales import drafting, events, writing
from app.sales.drafting import Draft, NewOrder
from app.sales.keeping import deliver
from app.sales.refusals import ALREADY_WORKED_ON, RATE_MISSING
from app.sales.states import CANCELLED, CONFIRMED, LOOKS, MOVES
from app.sales.tables import SalesOrder

_WORK = (
    "select coalesce((select min(n.number) from delivery_notes n join delivery_note_lines d on d.note = n.id"
    ' join sales_order_lines l on l.id = d.order_line where l."order" = {}),'
    " (select min(w.number) from work_orders w join demands d on d.supply_kind = 'work_order' and d.supply_id = w.id"
    " join sales_order_lines l on d.demand_kind = 'sales_order_line' and d.demand_id = l.id where l.\"order\" = {}),"
    ' (select min(number) from receivables where "order" = {})) as number'
)


async def take_over(
    old_number: str, new: NewOrder, shipped: Sequence[int], order_id: int | None = None, *, by: Actor,
    salesperson: int | None = None,
) -> SalesOrder:  # fmt: skip
    """Write an open order that was `old_number` elsewhere; `shipped` says of each line (at 10⁻³ of the base unit) what had gone out.

    With `order_id` that order is written anew, while nobody has worked on it. Part of a verb that has asked for the right.
    """
    draft = await drafting.read(new)
    head = await writing.head_of(draft)
    if not head["gross_cny"] and head["gross"]:
        raise Refused(RATE_MISSING, "currency", currency=head["currency"])
    order = await _written(old_number, draft, order_id, salesperson, by)
    numbered = [(line.line_no or n, line) for n, line in enumerate(draft.lines, 1)]
    await writing.write_lines({order.id: numbered})
    await writing.index([order], [draft])
    ids = {r["line_no"]: r["id"] for r in await db.rows(
        'select id, line_no from sales_order_lines where "order" = {}', order.id)}  # fmt: skip
    gone = {ids[no]: milli for (no, _line), milli in zip(numbered, shipped, strict=True)}
    delivered = await deliver(gone, clock.today(), by=by)
    await db.rows('update sales_order_lines set taken_over_q = delivered_q where "order" = {}', order.id)
    taken = events.OrderTakenOver(
        subject=("sales_order", order.id), also=(("customer", order.customer),), number=order.number, old=old_number,
        lines=len(draft.lines), shipped=sum(1 for milli in shipped if milli),
        amount=Money(head["gross"], head["currency"]).shown(),
    )  # fmt: skip
    await record(taken, by=by)
    return delivered[0] if delivered else order


async def _written(
    old_number: str, draft: Draft, order_id: int | None, salesperson: int | None, by: Actor
) -> SalesOrder:
    """The head, without lines."""
    now, promised = clock.now(), draft.values["due_date"]
    person = salesperson or by.person_id
    if order_id is None:
        number = await next_number("SO")
        more = {"old_number": old_number[:80], "promised_date": promised, "confirmed_at": now}
        order = await writing.write_head(
            number, draft, state=CONFIRMED, salesperson=person, team=by.team_id, **more
        )
    else:
        order = await locked(SalesOrder, SalesOrder.id == order_id)
        await _nobody_worked_on(order)
        values = await writing.head_of(draft) | {
            "delivered_q": 0,
            "delivered_on": None,
            "salesperson": person,
        }
        values |= {"promised_date": promised, "state": CONFIRMED, "version": order.version + 1}
        await SalesOrder.update({**values}).where(SalesOrder.id == order.id)
        for name, value in values.items():
            setattr(order, name, value)
        await writing.remove_lines(order.id)
    if not order.rate_micro:  # locked, as a confirmation would
        order.rate_micro = await writing.rate_of(draft)
        await db.rows("update sales_orders set rate_micro = {} where id = {}", order.rate_micro, order.id)
    return order


async def give_back(order_id: int, *, by: Actor) -> SalesOrder:
    """The order is no business of ours after all: cancelled, with nothing shipped. Refused when somebody worked on it."""
    order = await locked(SalesOrder, SalesOrder.id == order_id)
    await _nobody_worked_on(order)
    lines = await db.rows(
        'select id, delivered_q from sales_order_lines where "order" = {} and delivered_q > 0', order_id
    )
    await db.rows('update sales_order_lines set taken_over_q = 0 where "order" = {}', order_id)
    await deliver({line["id"]: -line["delivered_q"] for line in lines}, clock.today(), by=by)
    order = await locked(SalesOrder, SalesOrder.id == order_id)
    await machine.move(order, MOVES, "cancel", LOOKS)
    given = events.OrderGivenBack(
        subject=("sales_order", order.id), also=(("customer", order.customer),), number=order.number, old=order.old_number
    )  # fmt: skip
    await record(given, by=by)
    return order


async def worked_on(order_id: int) -> str:
    """What was done on an order here: the number of the first paper; '' when nothing was."""
    return str(await db.value(_WORK, order_id, order_id, order_id) or "")


async def _nobody_worked_on(order: SalesOrder) -> None:
    paper = await worked_on(order.id)
    if paper or order.state not in (CONFIRMED, CANCELLED):
        raise Refused(ALREADY_WORKED_ON, number=order.number, paper=paper or LOOKS[order.state].label)
