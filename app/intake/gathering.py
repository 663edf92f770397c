"""One line of the customer's order in several rows, each with its day: they are one line in several deliveries (分批交货)."""

from decimal import Decimal, InvalidOperation
from typing import Any

from app.core.quantities import plain

SAME = (
    "customer_item", "item_code", "name", "spec", "unit", "unit_price", "price_unit", "drawing_revision", "kind",
)  # fmt: skip
"""What rows of one line say alike, or leave out after the first."""
Line = dict[str, Any]


def gathered(lines: list[Line]) -> list[Line]:
    """The lines; those with the same line number, item and price, but days of their own, as one with its `schedules`."""
    found: dict[str, list[Line]] = {}
    kept: list[list[Line]] = []
    for line in lines:
        rows = found.get(_said(line, "line_no"), [])
        if rows and _belongs(line, rows):
            rows.append(line)
        else:
            kept.append([line])
            found[_said(line, "line_no")] = kept[-1]
    return [_one(rows) if len(rows) > 1 else rows[0] for rows in kept]


def _said(line: Line, name: str) -> str:
    return str(line["fields"].get(name, {}).get("value") or "")


def _belongs(line: Line, rows: list[Line]) -> bool:
    if any("schedules" in each for each in (*rows, line)):
        return False
    if not _said(line, "line_no") or not all(
        _said(each, "due_date") and _quantity(each) for each in (*rows, line)
    ):
        return False
    alike = all(_said(line, name) in ("", _said(rows[0], name)) for name in SAME)
    return alike and _said(line, "due_date") not in {_said(each, "due_date") for each in rows}


def _quantity(line: Line, name: str = "quantity") -> Decimal | None:
    try:
        value = Decimal(_said(line, name))
    except InvalidOperation:
        return None
    return value if value.is_finite() and value > 0 else None


def _one(rows: list[Line]) -> Line:
    """The first row with the sum of all, due with the earliest; each row one of its deliveries."""
    parts = sorted(rows, key=lambda row: _said(row, "due_date"))
    fields = {
        **rows[0]["fields"],
        "due_date": parts[0]["fields"]["due_date"],
        "quantity": _sum(rows, "quantity"),
    }
    if "amount" in fields:
        amounts = all(_quantity(row, "amount") for row in rows)
        fields |= {"amount": _sum(rows, "amount")} if amounts else {}
    schedules = [{name: row["fields"][name] for name in ("due_date", "quantity")} for row in parts]
    return {**rows[0], "fields": fields, "schedules": schedules}


def _sum(rows: list[Line], name: str) -> dict[str, Any]:
    facts = [row["fields"][name] for row in rows]
    total = sum((_quantity(row, name) or Decimal(0) for row in rows), Decimal(0))
    return {
        **facts[0], "value": plain(total), "text": " + ".join(fact["text"] for fact in facts),
        "doubtful": any(fact["doubtful"] for fact in facts),
    }  # fmt: skip
