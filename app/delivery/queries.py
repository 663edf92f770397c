"""Reads of delivery notes shared by page, program and paper."""

from collections.abc import Sequence
from typing import Any

from app.core import db
from app.core.rows import in_order, only


async def note_called(number: str) -> dict[str, Any]:
    """A note with its customer and posting; Refused(NOT_FOUND)."""
    return only(await notes_called([number[:40]]))


async def notes_called(numbers: Sequence[str]) -> list[dict[str, Any]]:
    """The same for many, in the order of their numbers."""
    found = await db.rows(
        "select n.*, c.code as customer_code, c.name as customer_name, p.number as posting_number,"
        " h.name as posted_by from delivery_notes n join customers c on c.id = n.customer"
        " left join stock_postings p on p.id = n.posting left join people h on h.id = p.person"
        " where {}",
        db.any_of("n.number", numbers),
    )
    return in_order(found, "number", numbers)


async def lines_of(notes: Sequence[int]) -> list[dict[str, Any]]:
    """The lines with their order line and item, in order of the note."""
    return await db.rows(
        "select n.id, n.note, n.line_no, n.quantity_q, n.picked_q, n.order_line, o.number as order_number, l.line_no as order_line_no,"
        " l.kind, l.customer_item, l.quantity_q as ordered_q, l.delivered_q, i.id as item_id, i.code as item, i.name, i.spec,"
        " trim(i.name || ' ' || i.spec) as item_text, i.base_unit, i.unit_label, i.weight_micro, i.weight_pieces, i.per_box,"
        " i.boxes_per_carton, o.customer_order_number from delivery_note_lines n"
        ' join sales_order_lines l on l.id = n.order_line join sales_orders o on o.id = l."order" join items i on i.id = n.item'
        " where {} order by n.note, n.line_no",
        db.any_of("n.note", notes),
    )


async def picks_of(notes: Sequence[int]) -> list[dict[str, Any]]:
    """What was picked, in order of the lines: lot, bin, quantity, by whom."""
    return await db.rows(
        "select k.id, k.line, n.line_no, k.quantity_q, k.picked_at, t.number as lot, t.id as lot_id, t.weight_micro,"
        " t.weight_pieces, b.code as bin, h.name as person from delivery_picks k join delivery_note_lines n on n.id = k.line"
        " join lots t on t.id = k.lot join bins b on b.id = k.bin left join people h on h.id = k.person"
        " where {} order by n.note, n.line_no, k.id",
        db.any_of("n.note", notes),
    )


async def items_of_order(order_number: str) -> list[dict[str, Any]]:
    """What an order's lines are in: line_no, and of the item code, base_unit, weight_micro, weight_pieces."""
    return await db.rows(
        "select l.line_no, i.code, i.base_unit, i.weight_micro, i.weight_pieces from sales_orders o"
        ' join sales_order_lines l on l."order" = o.id join items i on i.id = l.item where o.number = {}',
        order_number,
    )
