"""Delivery notes: written for an order, picked, posted, reversed.

Posting moves the picked lots to the customer and tells the order; the reversal takes back all of it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.core import clock, db, search
from app.core import states as machine
from app.core.numbering import next_number
from app.core.quantities import shown
from app.core.refusals import NOT_NOW, NOT_POSITIVE, Refused
from app.core.rows import locked
from app.delivery import permissions, rules, states
from app.delivery.about import about, order_numbers
from app.delivery.events import (
    DeliveryNoteCancelled,
    DeliveryNoteCreated,
    DeliveryNotePosted,
    DeliveryNoteReversed,
)
from app.delivery.picking import pick, unpick
from app.delivery.refusals import (
    NOT_ON_ORDER,
    NOTHING_PICKED,
    NOTHING_TO_DELIVER,
    OVER_QUANTITY,
    PAID_ALREADY,
    USED_ALREADY,
)
from app.delivery.tables import DeliveryNote
from app.events.log import record
from app.parties.tables import Customer
from app.people.actors import Actor
from app.sales import gates, orders, schedules
from app.sales.states import CONFIRMED, CONSIGNMENT, SERVICE
from app.sales.states import LOOKS as ORDER_LOOKS
from app.sales.tables import SalesOrder
from app.stock import balances, demands, ledger
from app.stock.ledger import MoveLine, Why
from app.stock.places import of_customer

__all__ = ["cancel", "create", "pick", "post", "reverse", "unpick"]

Line = dict[str, Any]


async def create(
    order_number: str,
    lines: Mapping[int, int] | None = None,
    *,
    by: Actor,
    planned_on: date | None = None,
    remark: str = "",
) -> DeliveryNote:
    """Write a note for a confirmed order: {line_no: quantity at 10⁻³}, or else of each line what is due next, as far as it lies
    in the store.

    Refused(NOTHING_TO_DELIVER, NOT_ON_ORDER, OVER_QUANTITY). Writing reserves nothing; picking does.
    """
    by.must(permissions.CREATE)
    order = await locked(SalesOrder, SalesOrder.number == order_number[:40])
    if order.state != CONFIRMED:
        raise Refused(NOT_NOW, state=ORDER_LOOKS[order.state].label)
    open_lines = await _open_lines(order.id)
    chosen = (
        _as_asked(order.number, open_lines, lines)
        if lines is not None
        else await _as_in_store(order.id, open_lines)
    )
    if not chosen:
        raise Refused(NOTHING_TO_DELIVER, order=order.number)
    note = await _written(order, chosen, planned_on or clock.today(), remark)
    created = DeliveryNoteCreated(
        subject=("delivery_note", note.id), also=await about(note), number=note.number, orders=order.number, lines=len(chosen)
    )  # fmt: skip
    await record(created, by=by)
    return note


async def _written(
    order: SalesOrder, chosen: list[tuple[Line, int]], planned_on: date, remark: str
) -> DeliveryNote:
    """The note with its lines, to the customer's address of today."""
    customer = await Customer.objects().get(Customer.id == order.customer)
    assert customer is not None
    note = DeliveryNote(
        number=await next_number("DN"), customer=order.customer, state=states.DRAFT, address=order.address or customer.address,
        contact=f"{order.contact or customer.contact} {order.phone or customer.phone}".strip(), planned_on=planned_on, remark=remark,
        made_at=clock.now(),
    )  # fmt: skip
    await note.save()
    await db.write_many(
        "delivery_note_lines", ("note", "line_no", "order_line", "item", "quantity_q", "picked_q"),
        [(note.id, n, line["id"], line["item"], quantity_q, 0) for n, (line, quantity_q) in enumerate(chosen, 1)],
    )  # fmt: skip
    await search.index(
        "delivery_note", note.id, note.number, order.number, order.customer_order_number, customer.name
    )
    return note


async def post(number: str, *, by: Actor, version: int | None = None) -> DeliveryNote:
    """What is picked leaves the house: stock, order and demand change together. What is not picked stays open."""
    by.must(permissions.POST)
    note = await locked(DeliveryNote, DeliveryNote.number == number[:40], version=version)
    picks = await _picks(note.id)
    if note.state in states.OPEN and not picks:
        raise Refused(NOTHING_PICKED)
    await machine.move(note, states.MOVES, "post", states.LOOKS)
    await demands.release(demands.NOTE_LINE, sorted({pick["line"] for pick in picks}))
    customer = await of_customer(note.customer)
    moves = [MoveLine(p["item"], p["lot"], p["bin"], customer, p["quantity_q"]) for p in picks]
    posting = await ledger.post(Why.DELIVER, ("delivery_note", note.id), moves, by=by, document=note.number)
    note.posting, note.posted_on, note.posted_at = posting.id, posting.booked_on, posting.happened_at
    await note.save([DeliveryNote.posting, DeliveryNote.posted_on, DeliveryNote.posted_at])
    event = DeliveryNotePosted(
        subject=("delivery_note", note.id), also=await about(note), number=note.number, orders=await order_numbers(note.id),
        posting=posting.number,
    )  # fmt: skip
    await record(event, by=by)
    await gates.let_deliver(await _tell_orders(picks, 1, by), by)
    return note


async def reverse(number: str, reason: str = "", *, by: Actor, version: int | None = None) -> DeliveryNote:
    """Take a posted note back: the goods lie in their bins again, the order is open again.

    Refused(PAID_ALREADY, USED_ALREADY) names the receivable that a receipt was matched with, or that bills the goods as used.
    """
    by.must(permissions.REVERSE)
    note = await locked(DeliveryNote, DeliveryNote.number == number[:40], version=version)
    await machine.move(note, states.MOVES, "reverse", states.LOOKS)
    await _refuse_if_paid_or_used(note.id)
    back = await ledger.reverse(note.posting, by=by)
    await _tell_orders(await _picks(note.id), -1, by)
    event = DeliveryNoteReversed(
        subject=("delivery_note", note.id), also=await about(note), number=note.number, orders=await order_numbers(note.id),
        posting=back.number, reason=reason[:200],
    )  # fmt: skip
    await record(event, by=by)
    return note


async def cancel(number: str, *, by: Actor, version: int | None = None) -> DeliveryNote:
    """Give up a note that was not posted; what was picked is free again. The number stays used."""
    by.must(permissions.CREATE)
    note = await locked(DeliveryNote, DeliveryNote.number == number[:40], version=version)
    await machine.move(note, states.MOVES, "cancel", states.LOOKS)
    await demands.release(demands.NOTE_LINE, sorted({pick["line"] for pick in await _picks(note.id)}))
    numbers = await order_numbers(note.id)
    event = DeliveryNoteCancelled(
        subject=("delivery_note", note.id), also=await about(note), number=note.number, orders=numbers
    )
    await record(event, by=by)
    return note


async def _open_lines(order_id: int) -> list[Line]:
    """The order's lines that can be delivered, with what open notes already hold of them."""
    return await db.rows(
        "select l.id, l.line_no, l.item, l.quantity_q, l.delivered_q, l.over_percent, l.under_percent, i.unit_label, i.base_unit,"
        " cast(coalesce((select sum(n.quantity_q) from delivery_note_lines n join delivery_notes d on d.id = n.note"
        " where n.order_line = l.id and d.state in ('draft', 'picking')), 0) as bigint) as on_notes_q"
        ' from sales_order_lines l join items i on i.id = l.item where l."order" = {} and i.kind <> {} order by l.line_no',
        order_id, SERVICE,
    )  # fmt: skip


def _as_asked(order_number: str, open_lines: list[Line], lines: Mapping[int, int]) -> list[tuple[Line, int]]:
    by_no = {line["line_no"]: line for line in open_lines}
    chosen = []
    for line_no, quantity_q in sorted(lines.items()):
        line, field = by_no.get(line_no), f"line-{line_no}"
        if line is None:
            raise Refused(NOT_ON_ORDER, field, order=order_number, line=line_no)
        if quantity_q <= 0:
            raise Refused(NOT_POSITIVE, field)
        left = rules.most(line["quantity_q"], line["over_percent"]) - line["delivered_q"] - line["on_notes_q"]
        if quantity_q > left:
            unit = line["unit_label"] or line["base_unit"]
            raise Refused(OVER_QUANTITY, field, left=shown(max(left, 0)), unit=unit, line=line_no)
        chosen.append((line, quantity_q))
    return chosen


async def _as_in_store(order_id: int, open_lines: list[Line]) -> list[tuple[Line, int]]:
    """What is due next of all open lines as far as free stock reaches, less what other notes wait to pick of it: of a line in
    several deliveries the first that is open, of others all."""
    parts = await schedules.of_order(order_id)
    items = sorted({line["item"] for line in open_lines})
    free = await balances.free_of(items)
    waiting = await db.rows(
        "select n.item, cast(sum(n.quantity_q - n.picked_q) as bigint) as q from delivery_note_lines n"
        f" join delivery_notes d on d.id = n.note where d.state in ('draft', 'picking') and {db.any_of('n.item', items).template}"
        " and n.quantity_q > n.picked_q group by n.item",
        *items,
    )
    for row in waiting:
        free[row["item"]] = free.get(row["item"], 0) - row["q"]
    chosen = []
    for line in open_lines:
        wanted = rules.still_to_write(line["quantity_q"], line["delivered_q"], line["on_notes_q"])
        if len(several := [each["quantity_q"] for each in parts.get(line["id"], [])]) > 1:
            done = line["delivered_q"] + line["on_notes_q"]
            wanted = min(wanted, schedules.due_next(several, done, line["under_percent"]))
        quantity_q = min(wanted, free.get(line["item"], 0))
        if quantity_q > 0:
            free[line["item"]] -= quantity_q
            chosen.append((line, quantity_q))
    return chosen


async def _picks(note_id: int) -> list[dict[str, Any]]:
    return await db.rows(
        "select k.line, k.lot, k.bin, k.quantity_q, n.item, n.order_line from delivery_picks k"
        " join delivery_note_lines n on n.id = k.line where n.note = {} order by k.id",
        note_id,
    )


async def _tell_orders(picks: list[dict[str, Any]], sign: int, by: Actor) -> list[int]:
    """The orders' delivered quantities and the promises to their lines grow, or shrink again; which orders."""
    deltas: dict[int, int] = {}
    for each in picks:
        deltas[each["order_line"]] = deltas.get(each["order_line"], 0) + sign * each["quantity_q"]
    told = await orders.deliver(deltas, clock.today(), by=by)
    await demands.fulfil(demands.ORDER_LINE, deltas)
    return [order.id for order in told]


async def _refuse_if_paid_or_used(note_id: int) -> None:
    # Billing stands above delivery and hears of the reversal afterwards; but money that was already matched must be
    # unmatched by a person first, so this one question looks up at its table instead of importing it.
    number = await db.value(
        "select number from receivables where source_kind = 'delivery_note' and source_id = {} and matched <> 0 limit 1",
        note_id,
    )
    if number:
        raise Refused(PAID_ALREADY, receivable=number)
    used = await db.one(
        "select min(r.number) as number from delivery_note_lines n join sales_order_lines l on l.id = n.order_line and l.kind = {}"
        " join receivable_lines b on b.order_line = l.id join receivables r on r.id = b.receivable where n.note = {}"
        " and not exists (select 1 from receivables x where x.reverses = r.id)"
        " group by l.id, l.delivered_q, l.taken_over_q, n.picked_q"
        " having sum(b.quantity_q) > l.delivered_q - l.taken_over_q - n.picked_q",
        CONSIGNMENT, note_id,
    )  # fmt: skip
    if used:
        raise Refused(USED_ALREADY, receivable=used["number"])
