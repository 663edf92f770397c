"""What the system before this one leaves us of money: receivables still open there, and bank acceptance bills in hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.billing import bill_states, events, finding
from app.billing.refusals import BILL_GONE, PAID_ALREADY
from app.billing.tables import Bill, Receivable
from app.core import clock, db, search
from app.core import states as machine
from app.core.money import Money
from app.core.numbering import next_number
from app.core.refusals import Refused
from app.core.rows import locked
from app.events.log import record_many
from app.people.actors import Actor

SOURCE = "opening"


@dataclass(frozen=True, kw_only=True)
class OpenReceivable:
    """A receivable of the old system: what is still to come of it, in minor units. `id` when we have it already."""

    reference: str
    customer: int
    currency: str
    amount: int
    amount_cny: int
    arose_on: date
    due_on: date
    id: int | None = None


@dataclass(frozen=True, kw_only=True)
class OpenBill:
    """A bank acceptance bill as it lies in the safe. `id` when we have it already."""

    number: str
    state: str
    drawer: str
    bank: str
    customer: int | None
    amount: int
    currency: str
    drawn_on: date | None
    matures_on: date
    remark: str = ""
    id: int | None = None


async def take_over_receivables(source_id: int, wanted: Sequence[OpenReceivable], *, by: Actor) -> list[int]:
    """Write or correct receivables; their ids in the same order. Part of a verb that has asked for the right."""
    ids, told = [], []
    for each in wanted:
        row = await _receivable(source_id, each)
        amount = Money(row.amount, row.currency).shown()
        told.append(
            events.ReceivableTakenOver(
                subject=("receivable", row.id), also=(("customer", row.customer),), number=row.number, old=row.reference,
                amount=amount, due_on=row.due_on.isoformat(),
            )
        )  # fmt: skip
        ids.append(row.id)
    await record_many(told, by=by)
    await finding.index(ids)
    return ids


async def _receivable(source_id: int, new: OpenReceivable) -> Receivable:
    values = {
        "customer": new.customer, "currency": new.currency, "amount": new.amount, "amount_cny": new.amount_cny,
        "arose_on": new.arose_on, "due_on": new.due_on, "reference": new.reference,
    }  # fmt: skip
    if new.id is None:
        number = await next_number("AR")
        row = Receivable(number=number, source_kind=SOURCE, source_id=source_id, order=None, **values)
        await row.save()
        return row
    row = await _unpaid(new.id)
    for name, value in (values | {"version": row.version + 1}).items():
        setattr(row, name, value)
    await row.save()
    return row


async def give_back_receivables(ids: Sequence[int], *, by: Actor) -> None:
    """They are no business of ours after all: nothing is owed on them. Refused when one was paid in part."""
    told = []
    for id_ in sorted(ids):
        row = await _unpaid(id_)
        fell = events.ReceivableGivenBack(
            subject=("receivable", row.id), also=(("customer", row.customer),), number=row.number, old=row.reference,
            amount=Money(row.amount, row.currency).shown(),
        )  # fmt: skip
        told.append(fell)
        row.amount, row.amount_cny, row.version = 0, 0, row.version + 1
        await row.save()
    await record_many(told, by=by)


async def _unpaid(id_: int) -> Receivable:
    row = await locked(Receivable, Receivable.id == id_)
    if row.matched:
        raise Refused(PAID_ALREADY, number=row.number, old=row.reference)
    return row


async def take_over_bills(wanted: Sequence[OpenBill], *, by: Actor) -> list[int]:
    """Write or correct bills; their ids in the same order. Part of a verb that has asked for the right."""
    ids, told = [], []
    for new in wanted:
        values = {k: v for k, v in vars(new).items() if k != "id"}
        if new.id is None:
            row = Bill(**values, made_at=clock.now())
        else:
            row = await locked(Bill, Bill.id == new.id)
            for name, value in (values | {"version": row.version + 1}).items():
                setattr(row, name, value)
        await row.save()
        await search.index("bill", row.id, row.number, row.drawer, row.bank)
        also = (("customer", row.customer),) if row.customer else ()
        told.append(
            events.BillTakenOver(
                subject=("bill", row.id), also=also, number=row.number, amount=Money(row.amount, row.currency).shown(),
                matures_on=row.matures_on.isoformat(),
            )
        )  # fmt: skip
        ids.append(row.id)
    await record_many(told, by=by)
    return ids


async def give_back_bills(ids: Sequence[int], *, by: Actor) -> None:
    """They are not in our hands after all."""
    told = []
    for id_ in sorted(ids):
        row = await locked(Bill, Bill.id == id_)
        if row.state not in bill_states.MOVES["give_back"][0]:
            raise Refused(BILL_GONE, number=row.number, state=bill_states.LOOKS[row.state].label)
        await machine.move(row, bill_states.MOVES, "give_back", bill_states.LOOKS)
        told.append(
            events.BillGivenBack(
                subject=("bill", row.id), number=row.number, amount=Money(row.amount, row.currency).shown()
            )
        )
    await record_many(told, by=by)


async def lying_given_back() -> dict[str, int]:
    """Receivables of the old system that were given back, by the number they had there: to be used again."""
    found = await db.rows(
        "select id, reference from receivables where source_kind = {} and amount = 0", SOURCE
    )
    return {row["reference"]: row["id"] for row in found}
