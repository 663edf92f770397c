"""What a change of an order's lines tells: line by line, what it was and what it is, deliveries and custom fields too."""

from collections.abc import Mapping
from typing import Any

from app.core import db
from app.core.money import SYMBOLS, price_shown
from app.core.words import N_
from app.custom_fields import values as custom
from app.custom_fields.defined import Fields
from app.sales import schedules
from app.sales.states import KINDS
from app.sales.tables import SalesOrder

MOST = 60
"""Points that are told of one change; of more only how many."""
NEW, GONE, MORE = N_("New line"), N_("Line left out"), N_("More changes of lines")
_LABELS = {
    "item": N_("Item"), "customer_item": N_("Customer's part number"), "kind": N_("Kind"), "quantity": N_("Quantity"),
    "price": N_("Unit price"), "tax_rate": N_("Tax rate %"), "over_percent": N_("Over-delivery up to percent"),
    "under_percent": N_("Short delivery up to percent"), "due": N_("Due date"), "deliveries": N_("Several deliveries"),
    "drawing_revision": N_("Drawing revision"), "spec": N_("Specification"), "remark": N_("Remark"),
}  # fmt: skip
Told = Mapping[int, Mapping[str, Any]]


async def of_order(order: SalesOrder, fields: Fields) -> dict[int, dict[str, Any]]:
    """The lines by their numbers, each in the words of its fields."""
    rows = await db.rows(
        'select l.*, i.code from sales_order_lines l join items i on i.id = l.item where l."order" = {} order by l.line_no',
        order.id,
    )
    await schedules.give(rows, order.id)
    return {row["line_no"]: _line(row, str(order.currency), fields) for row in rows}


def _line(row: Mapping[str, Any], currency: str, fields: Fields) -> dict[str, Any]:
    said = {name: row.get(name, "") for name in _LABELS} | {
        "item": row["code"], "kind": str(KINDS.get(row["kind"], row["kind"])), "quantity": f"{row['entered']} {row['unit']}",
        "price": f"{SYMBOLS[currency]}{price_shown(row['price_micro'])} / {row['price_unit']}" if row["price_micro"] else "",
        "tax_rate": f"{row['tax_rate'] / 100:g}", "due": "" if row["schedules"] else row["requested_date"].isoformat(),
        "deliveries": "; ".join(f"{each['requested_date'].isoformat()}: {each['entered']}" for each in row["schedules"]),
    }  # fmt: skip
    return {str(label): said[name] for name, label in _LABELS.items()} | custom.logged(fields, row["custom"])


def changes(before: Told, after: Told) -> dict[str, list[Any]]:
    """{"#2 · Quantity": [before, after]}; a line that came or went in one breath."""
    found: dict[str, list[Any]] = {}
    for no in sorted({*before, *after}):
        old, new = before.get(no), after.get(no)
        if old is None or new is None:
            found[f"#{no} · {NEW if old is None else GONE}"] = [
                _whole(old) if old else "",
                _whole(new) if new else None,
            ]
        else:
            found |= {
                f"#{no} · {name}": [old.get(name, ""), new[name]]
                for name in new
                if new[name] != old.get(name, "")
            }
    few = dict(list(found.items())[:MOST])
    return few if len(few) == len(found) else few | {str(MORE): ["", len(found) - len(few)]}


def _whole(line: Mapping[str, Any]) -> str:
    return " · ".join(filter(None, (line[str(_LABELS[name])] for name in ("item", "quantity", "price"))))
