"""What customers owe: arises when goods are posted out, falls when the posting is taken back."""

from typing import Any

from app.billing import events
from app.billing.tables import Receivable
from app.core import clock, db
from app.core.money import Money, in_cny, line_amount
from app.core.numbering import next_number
from app.core.quantities import Quantity, Weight
from app.events.log import record
from app.parties.terms import Terms
from app.people.actors import HOUSE, Actor
from app.sales import orders

SOURCE = "delivery_note"
_DELIVERED = (
    'select nl.quantity_q as entered_q, nl.picked_q, ol."order", ol.price_micro, ol.price_unit, ol.tax_rate, i.base_unit, i.code,'
    " i.weight_micro, i.weight_pieces, ol.taken_over_q + (select coalesce(sum(b.picked_q), 0) from delivery_note_lines b"
    " join delivery_notes bn on bn.id = b.note where b.order_line = ol.id and bn.state = 'posted' and bn.posting < n.posting)"
    " as before_q from delivery_note_lines nl join delivery_notes n on n.id = nl.note"
    " join sales_order_lines ol on ol.id = nl.order_line join items i on i.id = ol.item where nl.note = {} order by nl.id"
)


async def arise(note_id: int, *, by: Actor = HOUSE) -> list[Receivable]:
    """One receivable per order on a posted delivery note; the worth of parts adds up to the worth of the whole line."""
    note = await db.one(
        "select number, customer, posted_on, state from delivery_notes where id = {}", note_id
    )
    assert note is not None
    if note["state"] != "posted" or await db.value(
        "select 1 from receivables where source_kind = {} and source_id = {} limit 1", SOURCE, note_id
    ):
        return []
    worth: dict[int, int] = {}
    heads: dict[int, dict[str, Any]] = {}
    for line in await db.rows(_DELIVERED, note_id):
        id_ = line["order"]
        if id_ not in heads:
            heads[id_] = await db.one("select * from sales_orders where id = {}", id_) or {}
        worth[id_] = worth.get(id_, 0) + _worth_of_part(line, heads[id_])
    made = []
    for id_ in sorted(worth):
        if worth[id_]:
            made.append(await _make(heads[id_], note_id, note, worth[id_], by))
        else:
            await orders.close_if_done(id_, by=by)
    return made


def _worth_of_part(line: dict[str, Any], order: dict[str, Any]) -> int:
    """Worth of all delivered so far less worth of all before: parts are rounded so that their sum is exact."""

    def worth(milli: int) -> int:
        return line_amount(
            Quantity(milli, line["base_unit"]), line["price_micro"], line["price_unit"], order["currency"],
            order["tax_included"], line["tax_rate"], Weight(line["weight_micro"], line["weight_pieces"]), line["code"],
        ).gross  # fmt: skip

    return worth(int(line["before_q"]) + line["picked_q"]) - worth(int(line["before_q"]))


async def _make(
    order: dict[str, Any], note_id: int, note: dict[str, Any], amount: int, by: Actor
) -> Receivable:
    row = Receivable(
        number=await next_number("AR"), customer=order["customer"], order=order["id"], source_kind=SOURCE, source_id=note_id,
        currency=order["currency"], amount=amount, amount_cny=in_cny(amount, order["currency"], order["rate_micro"]),
        arose_on=note["posted_on"], due_on=Terms.of(order).due_on(note["posted_on"]),
    )  # fmt: skip
    await row.save()
    await orders.bill(order["id"], amount, by=by)
    arose = events.ReceivableArose(
        subject=("receivable", row.id),
        also=(("sales_order", order["id"]), ("customer", order["customer"]), ("delivery_note", note_id)),
        number=row.number, amount=Money(amount, row.currency).shown(), source=note["number"], due_on=row.due_on.isoformat(),
    )  # fmt: skip
    await record(arose, by=by)
    return row


async def fall(note_id: int, *, by: Actor = HOUSE) -> list[Receivable]:
    """Take back what arose from a delivery note whose posting was reversed: an opposite receivable settles each."""
    note = await db.value("select number from delivery_notes where id = {}", note_id)
    standing = await db.rows(
        "select r.* from receivables r where r.source_kind = {} and r.source_id = {} and r.reverses is null"
        " and not exists (select 1 from receivables b where b.reverses = r.id) order by r.id",
        SOURCE, note_id,
    )  # fmt: skip
    made = []
    for old in standing:
        row = Receivable(
            number=await next_number("AR"), customer=old["customer"], order=old["order"], source_kind=SOURCE, source_id=note_id,
            currency=old["currency"], amount=-old["amount"], amount_cny=-old["amount_cny"], matched=-old["amount"],
            arose_on=clock.today(), due_on=clock.today(), reverses=old["id"],
        )  # fmt: skip
        await row.save()
        await db.rows(
            "update receivables set matched = amount, version = version + 1 where id = {}", old["id"]
        )
        await orders.bill(old["order"], -old["amount"], by=by)
        fell = events.ReceivableFell(
            subject=("receivable", row.id),
            also=(("receivable", old["id"]), ("sales_order", old["order"]), ("customer", old["customer"])),
            number=old["number"], amount=Money(old["amount"], old["currency"]).shown(), source=note or "",
        )  # fmt: skip
        await record(fell, by=by)
        made.append(row)
    return made
