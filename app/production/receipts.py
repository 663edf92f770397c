"""Finished goods of a work order into stock, and out again when it was a mistake."""

from datetime import datetime
from fractions import Fraction

from app.catalog.tables import Item
from app.core import db
from app.core.quantities import KILOGRAM, PIECE, Quantity, Weight, half_up, shown
from app.core.refusals import NOT_POSITIVE, UNKNOWN, Refused
from app.core.rows import get, locked
from app.events.log import Subject, record
from app.people.actors import Actor
from app.production import events, exceptions, reasons, rules
from app.production.booking import Job, about_work_order, moment_of, operations_of, person_called
from app.production.tables import WorkOrder
from app.stock import ledger, lots, places
from app.stock.demands import WORK_ORDER
from app.stock.ledger import MoveLine, Why
from app.stock.permissions import MAKE_RECEIPTS, REVERSE_POSTINGS
from app.stock.tables import Bin, Lot, Posting


async def receive(
    number: str, quantity_q: int, bin_id: int, *, person: str | int | None = None, happened_at: datetime | None = None,
    action: str = "", measured: Quantity | None = None, by: Actor,
) -> Posting:  # fmt: skip
    """Put so much of a work order into a bin, as the lot that bears its number. A fact: more than was reported is flagged.

    `measured` is what the scale said in kg: pieces and kg together teach the lot its piece weight.
    """
    by.must(MAKE_RECEIPTS)
    if quantity_q <= 0:
        raise Refused(NOT_POSITIVE, "quantity")
    job = await _job(number)
    who, at, bin_ = await person_called(person, by), moment_of(happened_at), await get(Bin, Bin.id == bin_id)
    work_order = job.work_order
    received_q = work_order.received_q + quantity_q
    if rules.more_than(received_q, work_order.done_q):
        await exceptions.notice((reasons.MORE_RECEIVED,), job, person=who, machine=None, at=at, by=by)
    lot = await _lot(job, quantity_q, measured)
    line = MoveLine(
        item=work_order.item, lot=lot.id, from_bin=await places.place(places.PRODUCTION), to_bin=bin_.id, quantity_q=quantity_q,
        measured_q=measured.milli if measured else None, measured_unit=measured.base if measured else "",
    )  # fmt: skip
    posting = await ledger.post(
        Why.PRODUCE, (WORK_ORDER, work_order.id), [line], by=by, happened_at=at, document=number
    )
    await _keep(work_order, received_q, lot.id)
    received = events.WorkOrderReceived(
        subject=(WORK_ORDER, work_order.id), also=(*await about_work_order(work_order), *_about(lot.id, posting.id, bin_.id)),
        number=number, quantity=shown(quantity_q), quantity_q=quantity_q, unit=job.item.label, bin=bin_.code, lot=lot.number,
        posting=posting.number,
    )  # fmt: skip
    await record(received, by=by, happened_at=at)
    return posting


async def reverse_receipt(posting_number: str, *, by: Actor) -> Posting:
    """Take a receipt back by the opposite posting. Refused, naming what took the goods, when they are gone."""
    by.must(REVERSE_POSTINGS)
    posting = await Posting.objects().where(Posting.number == posting_number).first()
    if posting is None or posting.source_kind != WORK_ORDER or posting.why != Why.PRODUCE:
        raise Refused(UNKNOWN, "posting", given=posting_number[:40])
    work_order = await locked(WorkOrder, WorkOrder.id == posting.source_id)
    reversal = await ledger.reverse(posting.id, by=by)
    moves = await db.rows("select lot, to_bin, quantity_q from stock_moves where posting = {}", posting.id)
    quantity_q = sum(m["quantity_q"] for m in moves)
    await _keep(work_order, work_order.received_q - quantity_q, work_order.lot)
    item = await get(Item, Item.id == work_order.item)
    also = (
        *await about_work_order(work_order),
        *_about(moves[0]["lot"], reversal.id, moves[0]["to_bin"]),
        ("posting", posting.id),
    )
    reversed_ = events.ReceiptReversed(
        subject=(WORK_ORDER, work_order.id), also=also, number=work_order.number, quantity=shown(quantity_q),
        quantity_q=quantity_q, unit=item.label, posting=posting.number,
    )  # fmt: skip
    await record(reversed_, by=by)
    return reversal


def _about(lot: int, posting: int, bin_: int) -> tuple[Subject, ...]:
    return (("lot", lot), ("posting", posting), ("bin", bin_))


async def _job(number: str) -> Job:
    work_order = await locked(WorkOrder, WorkOrder.number == number)
    operations = await operations_of(work_order.id)
    return Job(work_order, operations, operations[-1], await get(Item, Item.id == work_order.item))


async def _keep(work_order: WorkOrder, received_q: int, lot: int | None) -> None:
    await db.rows(
        "update work_orders set received_q = {}, lot = {}, version = version + 1 where id = {}",
        received_q,
        lot,
        work_order.id,
    )
    work_order.received_q, work_order.lot, work_order.version = received_q, lot, work_order.version + 1


async def _lot(job: Job, quantity_q: int, measured: Quantity | None) -> Lot:
    """The work order's own lot; a weighing of counted pieces makes its piece weight, the first or a newer one."""
    operation = job.operation
    learned = learned_weight(job.item.base_unit, quantity_q, measured)
    lot = await lots.find_or_make(
        job.item.id, job.work_order.number, learned or operation.weight or job.item.weight
    )
    if learned and lot.weight != learned:
        lot.weight_micro, lot.weight_pieces = learned.micro, learned.pieces
        await db.rows(
            "update lots set weight_micro = {}, weight_pieces = {} where id = {}",
            learned.micro,
            learned.pieces,
            lot.id,
        )
    return lot


def learned_weight(base_unit: str, quantity_q: int, measured: Quantity | None) -> Weight | None:
    """kg per 1,000 pieces from a weighing, at 10⁻⁶; None when nothing was weighed or the item is kept in kg."""
    if measured is None or measured.base != KILOGRAM or base_unit != PIECE or measured.milli <= 0:
        return None
    return Weight(half_up(Fraction(measured.milli * 1_000_000, quantity_q) * 1000), 1000)
