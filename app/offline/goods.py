"""Of the snapshot: what a scanner works on. Bins, delivery notes to pick, finished goods to put away."""

from typing import Any

from app.core import db
from app.offline.jobs import label, quantity
from app.scanning.codes import make_for_id
from app.stock.balances import FREE, IN_STORE

MOST_BINS, MOST_NOTES, MOST_RECEIPTS = 5_000, 60, 200


async def bins() -> list[dict[str, Any]]:
    rows = await db.rows(
        f"select id, code, coalesce(nullif(name, ''), code) as name from bins where kind = 'store' and active order by code limit {MOST_BINS}"
    )
    return [{"code": row["code"], "name": row["name"], "scan": make_for_id("B", row["id"])} for row in rows]


async def receipts() -> list[dict[str, Any]]:
    """Work orders of which more is reported than lies in stock. `scans` are all codes of their travellers."""
    rows = await db.rows(
        "select w.id, w.number, w.done_q, w.received_q, i.code, i.name, i.spec, i.base_unit, i.unit_label"
        " from work_orders w"
        " join items i on i.id = w.item where w.done_q > w.received_q and w.state in ('released', 'held',"
        " 'done')"
        f" order by w.id desc limit {MOST_RECEIPTS}"
    )
    ids = [row["id"] for row in rows]
    codes: dict[int, list[str]] = {}
    for step in await db.rows(
        f"select id, work_order from work_order_operations where {db.any_of('work_order', ids).template}"
        " order by work_order, seq",
        *ids,
    ):
        codes.setdefault(step["work_order"], []).append(make_for_id("O", step["id"]))
    return [
        {
            "work_order": row["number"],
            "item": row["code"],
            "item_name": f"{row['name']} {row['spec']}".strip(),
            "done": quantity(row["done_q"]),
            "received": quantity(row["received_q"]),
            "unit": label(row),
            "scan": make_for_id("W", row["id"]),
            "scans": codes.get(row["id"], []),
        }
        for row in rows
    ]


async def picks() -> list[dict[str, Any]]:
    """Open delivery notes with their lines, and the lots in store that fit each line, the oldest first."""
    lines = await db.rows(
        "select n.id as note, n.number, c.name as customer, c.short_name, l.line_no, l.item,"
        " l.quantity_q, l.picked_q, i.code, i.name,"
        " i.spec, i.base_unit, i.unit_label from (select id, number, customer, planned_on from delivery_notes"
        f" where state in ('draft', 'picking') order by planned_on, id limit {MOST_NOTES}) n"
        " join customers c on c.id = n.customer join delivery_note_lines l on l.note = n.id join items i"
        " on i.id = l.item"
        " order by n.planned_on, n.id, l.line_no"
    )
    lots = await _lots(sorted({line["item"] for line in lines}))
    notes: dict[int, dict[str, Any]] = {}
    for line in lines:
        note = notes.setdefault(
            line["note"],
            {
                "delivery_note": line["number"],
                "customer": line["short_name"] or line["customer"],
                "scan": make_for_id("D", line["note"]),
                "lines": [],
            },
        )
        note["lines"].append(_line(line, lots.get(line["item"], [])))
    return list(notes.values())


def _line(line: dict[str, Any], lots: list[dict[str, Any]]) -> dict[str, Any]:
    nearest = next((lot["bin"] for lot in lots if lot["available"] != "0"), None)
    return {
        "line": line["line_no"],
        "item": line["code"],
        "item_name": f"{line['name']} {line['spec']}".strip(),
        "quantity": quantity(line["quantity_q"]),
        "picked": quantity(line["picked_q"]),
        "unit": label(line),
        "bin": nearest,
        "lots": lots,
    }


async def _lots(items: list[int]) -> dict[int, list[dict[str, Any]]]:
    """By item, the lots in store, those that are promised in full too: who scans one is told so."""
    rows = await db.rows(
        f"select b.item, l.id, l.number, p.code as bin, {FREE} as free_q from stock_balances b join bins p"
        " on p.id = b.bin"
        f" join lots l on l.id = b.lot where {IN_STORE} and {db.any_of('b.item', items).template} order by"
        " l.made_at, l.id, p.code",
        *items,
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        available = quantity(max(row["free_q"], 0))
        lot = {
            "lot": row["number"],
            "scan": make_for_id("L", row["id"]),
            "bin": row["bin"],
            "available": available,
        }
        found.setdefault(row["item"], []).append(lot)
    return found
