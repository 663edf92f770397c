"""Moving stock by hand: opening stock, transfers between bins, scrap, corrections. And taking a posting back."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.catalog.tables import Item
from app.core import house, quantities
from app.core.quantities import Quantity
from app.core.refusals import REQUIRED, UNKNOWN, Refused
from app.core.rows import get
from app.events.log import record, record_many
from app.people.actors import Actor
from app.stock import bins, ledger, lots
from app.stock.events import PostingReversed, StockMoved
from app.stock.ledger import MoveLine, Why
from app.stock.permissions import MAKE_MOVES, REVERSE_POSTINGS
from app.stock.places import DIFFERENCE, OPENING, SCRAP
from app.stock.refusals import NOT_BY_HAND, OTHER_HEAT, REVERSE_DOCUMENT
from app.stock.tables import Bin, Lot, Posting

BY_HAND = {
    Why.OPENING: (OPENING, None),
    Why.MOVE: (None, None),
    Why.SCRAP: (None, SCRAP),
    Why.COUNT: (DIFFERENCE, DIFFERENCE),
}
"""What people may post without a document, and between which places: (from, to), None = a bin of their choice.
A count goes from or to the difference; all else comes by its document (receipt, delivery note, work order)."""


@dataclass(frozen=True)
class Wanted:
    """A movement as entered: codes, and a quantity with its unit. `weight` is what the scale said, in kg; `heat` that of the lot."""

    item: str
    quantity: str
    unit: str
    lot: str = lots.UNTRACKED
    start: str = ""
    end: str = ""
    weight: str = ""
    from_quality: str = ledger.GOOD
    to_quality: str = ledger.GOOD
    heat: str = ""


async def make(why: str, wanted: Sequence[Wanted], *, by: Actor, document: str = "") -> Posting:
    """Post movements entered by hand in one posting. Refusals stand at `moves-N-field`, of the first line that is wrong."""
    by.must(MAKE_MOVES)
    reason = Why(why) if why in {str(w) for w in BY_HAND} else None
    if reason is None:
        raise Refused(NOT_BY_HAND, "why")
    lines, told = [], []
    for n, each in enumerate(wanted):
        try:
            line, event = await _read(reason, each)
        except Refused as refused:
            raise Refused(
                refused.reason, f"moves-{n}-{refused.field or 'item'}", **refused.facts
            ) from refused
        lines.append(line)
        told.append(event)
    posting = await ledger.post(reason, ("stock", 0), lines, by=by, document=document)
    moved = [
        StockMoved(
            subject=("posting", posting.id), number=posting.number, why=str(reason), **facts,
            also=(("item", line.item), ("lot", line.lot), ("bin", line.from_bin), ("bin", line.to_bin)),
        )
        for line, facts in zip(lines, told, strict=True)
    ]  # fmt: skip
    await record_many(moved, by=by)
    return posting


async def reverse(number: str, *, by: Actor) -> Posting:
    """Take any posting back, through the document it belongs to if there is one.

    A capability whose documents post stock names its way back in `reversals.py`: `REVERSALS = {source kind: verb}`,
    called as `verb(posting number, by=by)`.
    """
    by.must(REVERSE_POSTINGS)
    posting = await get(Posting, Posting.number == number)
    if posting.source_kind != "stock" and posting.reverses is None:
        await _reverse_document(posting, by)
        return await get(Posting, Posting.reverses == posting.id)
    back = await ledger.reverse(posting.id, by=by)
    event = PostingReversed(
        subject=("posting", back.id), also=(("posting", posting.id),), number=back.number, reversed=number
    )
    await record(event, by=by)
    return back


async def _reverse_document(posting: Posting, by: Actor) -> None:
    for module in house.modules("reversals"):
        verb = module.REVERSALS.get(posting.source_kind)
        if verb is not None:
            await verb(posting.number, by=by)
            return
    raise Refused(REVERSE_DOCUMENT, document=posting.document or posting.source_kind)


async def _read(why: Why, wanted: Wanted) -> tuple[MoveLine, dict[str, str]]:
    item = await Item.objects().where(Item.code == wanted.item).first()
    if item is None:
        raise Refused(UNKNOWN, "item", given=wanted.item[:60])
    start, end = await _places(why, wanted)
    lot = await _lot(item, wanted.lot, wanted.heat, may_be_new=start.kind == bins.VIRTUAL)
    quantity = Quantity.entered(
        wanted.quantity, wanted.unit, item.base_unit, lot.weight or item.weight, item.code
    )
    measured = Quantity.entered(wanted.weight, "kg", "kg", field="weight") if wanted.weight else None
    line = MoveLine(
        item.id, lot.id, start.id, end.id, quantity.milli, wanted.from_quality, wanted.to_quality,
        measured.milli if measured else None, "kg" if measured else "",
    )  # fmt: skip
    facts = {
        "item": item.code, "lot": lot.number, "quantity": quantities.shown(quantity.milli), "unit": item.label,
        "from_bin": start.name if start.kind == bins.VIRTUAL else start.code,
        "to_bin": end.name if end.kind == bins.VIRTUAL else end.code,
    }  # fmt: skip
    return line, facts


async def _places(why: Why, wanted: Wanted) -> tuple[Bin, Bin]:
    """Both ends of a movement; the end that the reason settles may be left out."""
    fixed_start, fixed_end = BY_HAND[why]
    if why == Why.COUNT:
        fixed_start, fixed_end = (
            (None, DIFFERENCE) if wanted.start and wanted.start != DIFFERENCE else (DIFFERENCE, None)
        )
    start = await bins.called(fixed_start or wanted.start, "from")
    end = await bins.called(fixed_end or wanted.end, "to")
    for place, fixed, field in ((start, fixed_start, "from"), (end, fixed_end, "to")):
        if place.kind == bins.VIRTUAL and not fixed:
            raise Refused(NOT_BY_HAND, field)
    return start, end


async def _lot(item: Item, number: str, heat: str, may_be_new: bool) -> Lot:
    """The lot by its number; only goods that come in may bring a new one. It is of one heat."""
    number = number or lots.UNTRACKED
    if heat and number == lots.UNTRACKED:
        raise Refused(REQUIRED, "lot")
    if may_be_new:
        found = await lots.find_or_make(item.id, number, heat=heat)
    else:
        found = await Lot.objects().where((Lot.item == item.id) & (Lot.number == number)).first()
    if found is None:
        raise Refused(UNKNOWN, "lot", given=number[:60])
    if heat and found.heat != heat:
        raise Refused(OTHER_HEAT, "heat", lot=found.number, heat=found.heat or "—")
    return found
