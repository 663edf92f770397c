"""What customers owe: arises when goods are posted out, falls when the posting is taken back.

Charges (tooling, freight) come with the first delivery of their order, or with its confirmation where nothing is delivered;
consigned goods when the customer has used them, see consignment.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.billing import events, finding
from app.billing.tables import Receivable
from app.core import clock, db
from app.core.money import Money, in_cny, line_amount
from app.core.numbering import next_number
from app.core.quantities import Quantity, Weight
from app.events.log import Subject, record
from app.parties.terms import Terms
from app.people.actors import HOUSE, Actor
from app.sales import orders
from app.sales.states import CONFIRMED, CONSIGNMENT, SERVICE

NOTE, ORDER, USE = "delivery_note", "sales_order", "consigned"
"""What a receivable arises from: a delivery, an order of charges alone, a report of what was used."""
PRICED = (
    'ol.id, ol.line_no, ol.kind, ol."order", ol.quantity_q as whole_q, ol.price_micro, ol.price_unit, ol.tax_rate, ol.taken_over_q,'
    " i.base_unit, i.unit_label, i.code, i.weight_micro, i.weight_pieces, cast(ol.taken_over_q + coalesce((select sum(b.quantity_q)"
    " from receivable_lines b join receivables r on r.id = b.receivable where b.order_line = ol.id"
    " and not exists (select 1 from receivables x where x.reverses = r.id)), 0) as bigint) as billed_q"
)
"""Of an order line `ol` and its item `i` what its worth follows from; `billed_q` is billed apart from deliveries, and stands."""
_DELIVERED = (
    f"select {PRICED}, nl.picked_q, ol.taken_over_q + (select coalesce(sum(b.picked_q), 0) from delivery_note_lines b"
    " join delivery_notes bn on bn.id = b.note where b.order_line = ol.id and bn.state = 'posted' and bn.posting < n.posting)"
    " as before_q from delivery_note_lines nl join delivery_notes n on n.id = nl.note"
    " join sales_order_lines ol on ol.id = nl.order_line join items i on i.id = ol.item where nl.note = {} order by nl.id"
)


@dataclass(frozen=True)
class Source:
    """What a receivable arises from, by the number that people know, and the day."""

    kind: str
    id: int
    number: str
    on: date


@dataclass
class Owed:
    """What an order owes for one source; `apart` of it (line, quantity, amount) comes from no delivery."""

    amount: int = 0
    apart: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, line: int, quantity_q: int, amount: int) -> None:
        self.amount += amount
        self.apart.append((line, quantity_q, amount))


async def arise(note_id: int, *, by: Actor = HOUSE) -> list[Receivable]:
    """One receivable per order on a posted delivery note; the worth of parts adds up to the worth of the whole line."""
    note = await db.one("select number, posted_on, state from delivery_notes where id = {}", note_id)
    assert note is not None
    if note["state"] != "posted" or await _arose(NOTE, note_id):
        return []
    owed: dict[int, Owed] = {}
    heads: dict[int, dict[str, Any]] = {}
    for line in await db.rows(_DELIVERED, note_id):
        id_ = line["order"]
        if id_ not in heads:
            heads[id_] = await head_of(id_)
            owed[id_] = await _charges(heads[id_])
        if line["kind"] != CONSIGNMENT:
            before = int(line["before_q"])
            owed[id_].amount += worth_of_part(line, heads[id_], before, before + line["picked_q"])
    made = []
    for id_ in sorted(owed):
        if owed[id_].amount:
            made.append(
                await make(
                    heads[id_], Source(NOTE, note_id, note["number"], note["posted_on"]), owed[id_], by
                )
            )
        else:
            await orders.close_if_done(id_, by=by)
    return made


async def arise_with_order(order_id: int, *, by: Actor = HOUSE) -> Receivable | None:
    """The charges of a confirmed order of which nothing will be delivered."""
    order = await head_of(order_id)
    if order["state"] != CONFIRMED or order["ordered_q"] or await _arose(ORDER, order_id):
        return None
    owed = await _charges(order)
    if owed.amount:
        return await make(order, Source(ORDER, order_id, order["number"], clock.today()), owed, by)
    await orders.close_if_done(order_id, by=by)
    return None


async def _arose(kind: str, id_: int) -> bool:
    found = await db.value(
        "select 1 from receivables where source_kind = {} and source_id = {} limit 1", kind, id_
    )
    return found is not None


async def head_of(order_id: int) -> dict[str, Any]:
    """The order as it stands."""
    return await db.one("select * from sales_orders where id = {}", order_id) or {}


async def _charges(order: dict[str, Any]) -> Owed:
    """The order's charges that stand on no receivable yet."""
    owed = Owed()
    lines = await db.rows(
        f"select {PRICED} from sales_order_lines ol join items i on i.id = ol.item"
        ' where ol."order" = {} and i.kind = {} order by ol.line_no',
        order["id"], SERVICE,
    )  # fmt: skip
    for line in lines:
        left = line["whole_q"] - line["billed_q"]
        if left > 0 and line["price_micro"]:
            owed.add(line["id"], left, worth_of_part(line, order, line["billed_q"], line["whole_q"]))
    return owed


def worth_of_part(line: dict[str, Any], order: dict[str, Any], before: int, after: int) -> int:
    """Worth of all so far less worth of all before: parts are rounded so that their sum is exact."""

    def worth(milli: int) -> int:
        return line_amount(
            Quantity(milli, line["base_unit"]), line["price_micro"], line["price_unit"], order["currency"],
            order["tax_included"], line["tax_rate"], Weight(line["weight_micro"], line["weight_pieces"]), line["code"],
        ).gross  # fmt: skip

    return worth(after) - worth(before)


async def make(order: dict[str, Any], source: Source, owed: Owed, by: Actor) -> Receivable:
    """Write it, and tell the order what is billed."""
    row = Receivable(
        number=await next_number("AR"), customer=order["customer"], order=order["id"], source_kind=source.kind, source_id=source.id,
        currency=order["currency"], amount=owed.amount, amount_cny=in_cny(owed.amount, order["currency"], order["rate_micro"]),
        arose_on=source.on, due_on=Terms.of(order).due_on(source.on),
    )  # fmt: skip
    await row.save()
    await finding.index([row.id])
    await db.write_many(
        "receivable_lines",
        ("receivable", "order_line", "quantity_q", "amount"),
        [(row.id, *each) for each in owed.apart],
    )
    await orders.bill(order["id"], owed.amount, by=by)
    about: Sequence[Subject] = (("sales_order", order["id"]), ("customer", order["customer"]))
    arose = events.ReceivableArose(
        subject=("receivable", row.id), also=(*about, (NOTE, source.id)) if source.kind == NOTE else tuple(about),
        number=row.number, amount=Money(owed.amount, row.currency).shown(), source=source.number, due_on=row.due_on.isoformat(),
    )  # fmt: skip
    await record(arose, by=by)
    return row


async def fall(note_id: int, *, by: Actor = HOUSE) -> list[Receivable]:
    """Take back what arose from a delivery note whose posting was reversed: an opposite receivable settles each."""
    note = await db.value("select number from delivery_notes where id = {}", note_id)
    return [await take_back(old, note or "", by) for old in await _standing(NOTE, note_id)]


async def fall_with_order(order_id: int, *, by: Actor = HOUSE) -> list[Receivable]:
    """Take back the charges of an order of charges alone that was cancelled."""
    order = await head_of(order_id)
    return [await take_back(old, order["number"], by) for old in await _standing(ORDER, order_id)]


async def _standing(kind: str, id_: int) -> list[dict[str, Any]]:
    return await db.rows(
        "select r.* from receivables r where r.source_kind = {} and r.source_id = {} and r.reverses is null"
        " and not exists (select 1 from receivables b where b.reverses = r.id) order by r.id",
        kind, id_,
    )  # fmt: skip


async def take_back(old: dict[str, Any], source: str, by: Actor) -> Receivable:
    """The opposite receivable: both are settled by each other, and the order is no longer billed."""
    row = Receivable(
        number=await next_number("AR"), customer=old["customer"], order=old["order"], source_kind=old["source_kind"],
        source_id=old["source_id"], currency=old["currency"], amount=-old["amount"], amount_cny=-old["amount_cny"],
        matched=-old["amount"], arose_on=clock.today(), due_on=clock.today(), reverses=old["id"],
    )  # fmt: skip
    await row.save()
    await finding.index([row.id])
    await db.rows("update receivables set matched = amount, version = version + 1 where id = {}", old["id"])
    await orders.bill(old["order"], -old["amount"], by=by)
    fell = events.ReceivableFell(
        subject=("receivable", row.id),
        also=(("receivable", old["id"]), ("sales_order", old["order"]), ("customer", old["customer"])),
        number=old["number"], amount=Money(old["amount"], old["currency"]).shown(), source=source,
    )  # fmt: skip
    await record(fell, by=by)
    return row
