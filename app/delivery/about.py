"""All that an event of a delivery note is about."""

from app.core import db
from app.delivery.tables import DeliveryNote
from app.events.log import Subject


async def about(note: DeliveryNote) -> tuple[Subject, ...]:
    """Its orders and customer, its items, the lots picked, its posting."""
    orders = await db.rows(
        'select distinct l."order" as id from delivery_note_lines n join sales_order_lines l on l.id = n.order_line where n.note = {}',
        note.id,
    )
    items = await db.rows("select distinct item as id from delivery_note_lines where note = {}", note.id)
    lots = await db.rows(
        "select distinct k.lot as id from delivery_picks k join delivery_note_lines n on n.id = k.line where n.note = {}",
        note.id,
    )
    return (
        *(("sales_order", row["id"]) for row in orders), ("customer", note.customer), *(("item", row["id"]) for row in items),
        *(("lot", row["id"]) for row in lots), *((("posting", note.posting),) if note.posting else ()),
    )  # fmt: skip


async def order_numbers(note_id: int) -> str:
    """The numbers of the orders on a note, as one text."""
    found = await db.rows(
        "select distinct o.number from delivery_note_lines n join sales_order_lines l on l.id = n.order_line"
        ' join sales_orders o on o.id = l."order" where n.note = {} order by o.number',
        note_id,
    )
    return ", ".join(row["number"] for row in found)
