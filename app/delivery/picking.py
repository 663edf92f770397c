"""Picking (配货): a quantity of one lot is taken from one bin for a line of a note, by scan, and is reserved by that."""

from datetime import datetime
from typing import Any

from app.catalog.tables import Item
from app.core import clock, db
from app.core import states as machine
from app.core.quantities import shown
from app.core.refusals import NOT_POSITIVE, Refused
from app.core.rows import get, locked
from app.delivery import permissions, rules, states
from app.delivery.about import about, order_numbers
from app.delivery.events import Picked, Unpicked
from app.delivery.refusals import NO_SUCH_PICK, NOT_A_STORE, NOT_ON_NOTE, OVER_QUANTITY, WRONG_ITEM
from app.delivery.tables import DeliveryNote, DeliveryNoteLine, Pick
from app.events.log import record
from app.people.actors import Actor
from app.stock import balances, bins, demands
from app.stock.refusals import NOT_ENOUGH
from app.stock.tables import Bin, Lot


async def pick(
    number: str, line_no: int | None, lot: int, bin: int, quantity_q: int | None = None, *, by: Actor, action: str = "",
    person: int | None = None, happened_at: datetime | None = None,
) -> Pick:  # fmt: skip
    """Take so much (10⁻³ of the base unit) of a lot (id) from a bin (id) for a line of a note.

    Without a line the note's line of that item, without a quantity what the line still wants and the bin holds free.
    The same device `action` again is the same pick. Refused(WRONG_ITEM, NOT_ENOUGH, OVER_QUANTITY, NOT_A_STORE).
    """
    by.must(permissions.PICK)
    if action:
        earlier = await Pick.objects().where(Pick.action == action).first()
        if earlier is not None:
            return earlier
    note = await locked(DeliveryNote, DeliveryNote.number == number[:40])
    await machine.move(note, states.MOVES, "pick", states.LOOKS)
    taken, source = await get(Lot, Lot.id == lot), await bins.called(bin)
    item = await get(Item, Item.id == taken.item)
    line = await _line_for(note, line_no, item)
    balance, picked_q = await _takeable(line, item, taken, source, quantity_q)
    row = Pick(
        line=line.id, lot=lot, bin=source.id, quantity_q=picked_q, person=person or by.person_id, action=action,
        picked_at=happened_at or clock.now(),
    )  # fmt: skip
    await row.save()
    await _add(line, balance, picked_q)
    await _record(Picked, note, line, item, taken, source, picked_q, by, happened_at)
    return row


async def unpick(number: str, pick_id: int, *, by: Actor) -> DeliveryNote:
    """Put a pick back: the goods are free again."""
    by.must(permissions.PICK)
    note = await locked(DeliveryNote, DeliveryNote.number == number[:40])
    await machine.move(note, states.MOVES, "unpick", states.LOOKS)
    row = await Pick.objects().where(Pick.id == pick_id).first()
    line = await get(DeliveryNoteLine, DeliveryNoteLine.id == row.line) if row else None
    if row is None or line is None or line.note != note.id:
        raise Refused(NO_SUCH_PICK)
    there = await balances.lock(row.lot, row.bin)
    assert there is not None
    await _add(line, there[0], -row.quantity_q)
    await row.remove()
    item, lot = await get(Item, Item.id == line.item), await get(Lot, Lot.id == row.lot)
    source = await get(Bin, Bin.id == row.bin)
    await _record(Unpicked, note, line, item, lot, source, row.quantity_q, by, None)
    return note


async def suggestions(note_id: int) -> dict[int, list[dict[str, Any]]]:
    """By line id, where to take what is still wanted: the oldest lots first, as in `balances.free_places` with `take_q`."""
    lines = (
        await DeliveryNoteLine.objects()
        .where(DeliveryNoteLine.note == note_id)
        .order_by(DeliveryNoteLine.line_no)
    )
    places = await balances.free_places(sorted({line.item for line in lines}))
    found: dict[int, list[dict[str, Any]]] = {}
    for line in lines:
        wanted_q = line.quantity_q - line.picked_q
        for spot in places:
            if wanted_q <= 0:
                break
            take_q = min(wanted_q, spot["free_q"]) if spot["item"] == line.item else 0
            if take_q > 0:
                found.setdefault(line.id, []).append({**spot, "take_q": take_q})
                spot["free_q"] -= take_q
                wanted_q -= take_q
    return found


async def _line_for(note: DeliveryNote, line_no: int | None, item: Item) -> DeliveryNoteLine:
    """The line that is meant; Refused(WRONG_ITEM) when it wants something else."""
    query = (
        DeliveryNoteLine.objects().where(DeliveryNoteLine.note == note.id).order_by(DeliveryNoteLine.line_no)
    )
    lines = [line for line in await query if line_no is None or line.line_no == line_no]
    if not lines:
        raise Refused(NOT_ON_NOTE, "line_no", number=note.number, line=line_no)
    matching = [line for line in lines if line.item == item.id]
    if not matching:
        wanted = await db.rows(
            f"select code, name, spec from items where {db.any_of('id', [x.item for x in lines]).template} order by code limit 4",
            *[x.item for x in lines],
        )
        said = "、".join(_named(row) for row in wanted[:3]) + (" …" if len(wanted) > 3 else "")
        scanned = _named({"code": item.code, "name": item.name, "spec": item.spec})
        raise Refused(WRONG_ITEM, "lot", scanned=scanned, wanted=said)
    return next((line for line in matching if line.picked_q < line.quantity_q), matching[-1])


async def _takeable(
    line: DeliveryNoteLine, item: Item, lot: Lot, source: Bin, asked_q: int | None
) -> tuple[int, int]:
    """The balance to take from (its id), locked, and how much; Refused(NOT_A_STORE, NOT_ENOUGH, OVER_QUANTITY)."""
    if source.kind != bins.STORE:
        raise Refused(NOT_A_STORE, "bin", bin=source.code)
    there = await balances.lock(lot.id, source.id)
    free_q, room_q = there[1] if there else 0, await _room(line)
    open_q = max(line.quantity_q - line.picked_q, 0) or room_q
    wanted_q = min(open_q, max(free_q, 1)) if asked_q is None else asked_q
    over = {"unit": item.label, "line": line.line_no}
    if wanted_q <= 0:
        raise Refused(NOT_POSITIVE if room_q else OVER_QUANTITY, "quantity", left="0", **over)
    if there is None or wanted_q > free_q:
        raise Refused(
            NOT_ENOUGH, "quantity", bin=source.code, left=shown(max(free_q, 0)), unit=item.label, item=item.code,
            lot=lot.number,
        )  # fmt: skip
    if wanted_q > room_q:
        raise Refused(OVER_QUANTITY, "quantity", left=shown(room_q), **over)
    return there[0], wanted_q


def _named(item: dict[str, Any]) -> str:
    return f"{item['code']} {item['name']} {item['spec']}".strip()


async def _room(line: DeliveryNoteLine) -> int:
    found = await db.one(
        "select l.quantity_q, l.delivered_q, l.over_percent, cast(coalesce((select sum(n.picked_q) from delivery_note_lines n"
        " join delivery_notes d on d.id = n.note where n.order_line = l.id and n.id <> {}"
        " and d.state in ('draft', 'picking')), 0) as bigint) as elsewhere_q from sales_order_lines l where l.id = {}",
        line.id, line.order_line,
    )  # fmt: skip
    assert found is not None
    return rules.room(
        line.quantity_q,
        line.picked_q,
        found["quantity_q"],
        found["delivered_q"],
        found["elsewhere_q"],
        found["over_percent"],
    )


async def _add(line: DeliveryNoteLine, balance_id: int, delta_q: int) -> None:
    await db.rows("update delivery_note_lines set picked_q = picked_q + {} where id = {}", delta_q, line.id)
    line.picked_q += delta_q
    await demands.peg((demands.BALANCE, balance_id), (demands.NOTE_LINE, line.id), delta_q)


async def _record(
    kind: type[Picked] | type[Unpicked], note: DeliveryNote, line: DeliveryNoteLine, item: Item, lot: Lot, source: Bin,
    quantity_q: int, by: Actor, happened_at: datetime | None,
) -> None:  # fmt: skip
    event = kind(
        subject=("delivery_note", note.id), also=(*await about(note), ("lot", lot.id), ("bin", source.id)),
        number=note.number, orders=await order_numbers(note.id), line_no=line.line_no, item=item.code, lot=lot.number,
        bin=source.code, quantity=shown(quantity_q), unit=item.label,
    )  # fmt: skip
    await record(event, by=by, happened_at=happened_at)
