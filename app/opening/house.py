"""The opening as a whole: is it still going on, what forbids to take it back, completing it."""

from dataclasses import dataclass

from app.billing import bill_states
from app.core import clock, db
from app.core import states as machine
from app.core.refusals import Refused
from app.core.rows import locked
from app.core.words import N_, Word, _
from app.events.log import record
from app.opening import events, rows, states
from app.opening.kinds import KINDS
from app.opening.permissions import COMPLETE
from app.opening.refusals import COMPLETED, NOTHING_TAKEN, REAL_POSTINGS
from app.opening.rows import Booking
from app.opening.tables import Opening
from app.people.actors import Actor

ONLY = 1


@dataclass(frozen=True)
class Block:
    """A real posting that stands on opening data: what it is, its number, where it is seen."""

    what: Word
    number: str
    href: str

    @property
    def said(self) -> str:
        return _(self.what, number=self.number)


_TAKEN = "(select coalesce(min(taken_by), 0) from opening_rows)"
_BLOCKS: tuple[tuple[Word, str, str], ...] = (
    (N_("stock posting %(number)s"), "/postings/{}",
     "select p.number from stock_postings p where p.source_kind <> 'opening' and p.reverses is null"
     " and not exists (select 1 from stock_postings r where r.reverses = p.id) and p.id > (select min(q.id) from stock_postings q"
     f" where q.source_kind = 'opening' and q.source_id >= {_TAKEN}) order by p.id limit 1"),
    (N_("delivery note %(number)s"), "/delivery-notes/{}",
     "select n.number from opening_rows r join sales_order_lines l on l.\"order\" = r.subject_id join delivery_note_lines d"
     " on d.order_line = l.id join delivery_notes n on n.id = d.note where r.kind = 'orders' order by n.id limit 1"),
    (N_("work order %(number)s"), "/work-orders/{}",
     "select w.number from opening_rows r join sales_order_lines l on l.\"order\" = r.subject_id join demands d"
     " on d.demand_kind = 'sales_order_line' and d.demand_id = l.id and d.supply_kind = 'work_order'"
     " join work_orders w on w.id = d.supply_id where r.kind = 'orders' order by w.id limit 1"),
    (N_("order %(number)s, which is no longer as it was taken over"), "/orders/{}",
     "select o.number from opening_rows r join sales_orders o on o.id = r.subject_id where r.kind = 'orders'"
     " and o.state <> 'confirmed' order by o.id limit 1"),
    (N_("the matching of receivable %(number)s"), "/receivables/{}",
     "select c.number from opening_rows r join receivables c on c.id = r.subject_id where r.kind = 'receivables'"
     " and c.matched <> 0 order by c.id limit 1"),
    (N_("bill %(number)s, which is no longer in hand"), "/bills/{}",
     "select b.number from opening_rows r join bills b on b.id = r.subject_id where r.kind = 'bills'"
     f" and b.state not in ({', '.join(repr(s) for s in sorted(bill_states.MOVES['give_back'][0]))}) order by b.id limit 1"),
)  # fmt: skip
"""The first of each kind of real posting on opening data: how it is said, where it is seen, how it is found."""


async def state() -> str:
    """Whether the opening goes on; a new house begins with it open."""
    return str(await db.value("select state from openings where id = {}", ONLY) or states.OPEN)


async def opening() -> Opening:
    """The opening, locked until the end of the transaction: one file is booked at a time."""
    await db.rows(
        "insert into openings (id, state, version) values ({}, {}, 1) on conflict (id) do nothing",
        ONLY,
        states.OPEN,
    )
    return await locked(Opening, Opening.id == ONLY)


async def must_be_open() -> Opening:
    row = await opening()
    if row.state != states.OPEN:
        raise Refused(COMPLETED)
    return row


async def blocks() -> list[Block]:
    """What forbids to take the opening back as a whole; none until the first real posting."""
    found = []
    for what, href, sql in _BLOCKS:
        number = await db.value(sql)
        if number:
            found.append(Block(what, str(number), href.format(number)))
    return found


async def take_back(*, by: Actor) -> int:
    """Take all opening data out of the books again; how many rows. Refused(REAL_POSTINGS) names what blocks it."""
    by.must(COMPLETE)
    row = await must_be_open()
    blocking = await blocks()
    if blocking:
        raise Refused(REAL_POSTINGS, what=_("; ").join(b.said for b in blocking))
    count = 0
    for kind in reversed(KINDS.values()):
        standing = await rows.kept(kind.name)
        if not standing:
            continue
        last = await db.one(
            "select i.id, i.number from opening_rows r join opening_imports i on i.id = r.taken_by where r.kind = {}"
            " order by i.id desc limit 1",
            kind.name,
        )
        assert last is not None
        booking = Booking(rows.take_out_all(standing), last["id"], last["number"], by)
        await rows.write(kind.name, booking, await kind.book(booking))
        count += len(standing)
    if not count:
        raise Refused(NOTHING_TAKEN)
    await record(events.OpeningTakenBack(subject=("opening", row.id), rows=count), by=by)
    return count


async def complete(*, by: Actor) -> Opening:
    """开账完成: from now on opening data is neither taken over nor taken back."""
    by.must(COMPLETE)
    row = await opening()
    await machine.move(row, states.OPENING_MOVES, "complete", states.OPENING_LOOKS)
    row.completed_at = clock.now()
    await row.save()
    count = int(await db.value("select count(*) from opening_rows"))
    await record(events.OpeningCompleted(subject=("opening", row.id), rows=count), by=by)
    return row


async def reopen(*, by: Actor) -> Opening:
    """The opening was declared complete too early."""
    by.must(COMPLETE)
    row = await opening()
    await machine.move(row, states.OPENING_MOVES, "reopen", states.OPENING_LOOKS)
    row.completed_at = None
    await row.save()
    await record(events.OpeningReopened(subject=("opening", row.id)), by=by)
    return row
