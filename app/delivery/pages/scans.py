"""Picking by a scanned code: the label of a lot, our code or its number as typed."""

from app.core import db
from app.core.quantities import PIECE, Quantity, Weight
from app.core.refusals import UNKNOWN, Refused
from app.delivery.picking import pick
from app.delivery.refusals import SEVERAL_LOTS
from app.delivery.tables import Pick
from app.people.actors import Actor
from app.scanning import codes
from app.scanning.codes import Kind, Unreadable
from app.stock import bins
from app.stock.balances import FREE, IN_STORE
from app.web.input import Input


async def picked_by_scan(number: str, form: Input, *, by: Actor) -> Pick:
    """Pick what was scanned: fields `scan`, and where given `bin` (code), `line_no`, `quantity` with `unit`."""
    lot = await _scanned(form, number)
    quantity = await _quantity(form, lot)
    line_no = form.whole("line_no", 0) or None
    form.check()
    assert lot is not None
    place = await _place(lot, form.chosen("bin", 60))
    return await pick(number, line_no, lot, place, quantity.milli if quantity else None, by=by)


async def _scanned(form: Input, number: str) -> int | None:
    """The lot in the field `scan`; what is wrong with it stands beside what is wrong with the others."""
    text = form.text("scan", 500, required=True)
    try:
        return await lot_of(text, number) if text else None
    except Refused as refused:
        form.note(refused)
        return None


async def lot_of(text: str, note: str) -> int:
    """The id of the lot a scan means, of the note's items where several lots have the number; Refused(UNKNOWN) if it is none."""
    try:
        code = codes.parse(text)
        if code.kind == Kind.LOT:
            found = await db.value("select id from lots where id = {}", code.id)
            if found:
                return int(found)
    except Unreadable:
        pass
    named = await db.rows(
        "select l.id, case when l.item in (select d.item from delivery_note_lines d join delivery_notes n on n.id = d.note"
        " where n.number = {}) then 1 else 0 end as wanted"
        " from lots l where l.number = {} and l.number <> '-' order by wanted desc, l.id limit 2",
        note[:40], text.strip()[:60],
    )  # fmt: skip
    if not named:
        raise Refused(UNKNOWN, "scan", given=text.strip()[:40])
    if len(named) > 1 and named[1]["wanted"]:
        raise Refused(SEVERAL_LOTS, "scan", given=text.strip()[:40])
    return int(named[0]["id"])


async def _quantity(form: Input, lot: int | None) -> Quantity | None:
    """The quantity in the lot's own unit; while the lot is not known, whether it can be read at all."""
    item = lot and await db.one(
        "select i.code, i.base_unit, i.weight_micro, i.weight_pieces, l.weight_micro as lot_micro, l.weight_pieces as lot_pieces"
        " from lots l join items i on i.id = l.item where l.id = {}",
        lot,
    )
    unit_field = "unit" if form.has("unit") else "quantity_unit"
    if not item:
        return form.quantity("quantity", PIECE, Weight(1, 1), "", unit_field=unit_field, required=False)
    weight = Weight(item["lot_micro"], item["lot_pieces"]) or Weight(
        item["weight_micro"], item["weight_pieces"]
    )
    return form.quantity(
        "quantity", item["base_unit"], weight, item["code"], unit_field=unit_field, required=False
    )


async def _place(lot: int, code: str) -> int:
    """The bin named by its code or label, or else the store bin that holds most of the lot."""
    if code:
        try:
            read = codes.parse(code)
            return (await bins.called(read.id)).id if read.kind == Kind.BIN else (await bins.called(code)).id
        except Unreadable:
            return (await bins.called(code)).id
    found = await db.value(
        f"select b.bin from stock_balances b join bins p on p.id = b.bin where b.lot = {{}} and {IN_STORE}"
        f" order by {FREE} desc, b.bin limit 1",
        lot,
    )
    if found is None:
        number = await db.value("select number from lots where id = {}", lot)
        raise Refused(UNKNOWN, "scan", given=str(number))
    return int(found)
