"""What was read, as it is kept: plain JSON with the source cell beside every field."""

from datetime import date
from decimal import Decimal
from typing import Any

from app.core.quantities import plain
from app.core.text import digits
from app.core.words import _
from app.intake.gathering import gathered
from app.intake.readers import Found, Grid, Problem, Reading, ReadLine, ReadOrder, Unreadable
from app.intake.readers.across import deliveries
from app.intake.readers.problems import SENTENCES, readable
from app.intake.readers.reading import letters, shown

ROWS, COLUMNS = 400, 40
SHORT, TOP = 60, 6
"""A sheet of several orders that is longer is kept with its first rows and those of the order alone."""
NARROW = 12
"""Latin letters that a column has room for at least."""
Record = dict[str, Any]


def value_text(value: Any) -> str:
    """A read value as a form field holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _fact(found: Found) -> Record:
    return {
        "value": value_text(found.value),
        "text": found.text,
        "cell": found.cell,
        "doubtful": found.doubtful,
        "label": found.label,
    }


def _sheet(grid: Grid, wanted: set[int] | None = None) -> Record:
    """What is kept of a sheet to be looked at: all of a short one, of a long one the `wanted` rows and its beginning."""
    few = wanted is None or grid.height <= SHORT
    numbers = range(grid.height) if few else sorted({*range(TOP), *(wanted or ())} & set(range(grid.height)))
    kept = list(numbers)[:ROWS]
    return {
        "name": grid.name,
        "numbers": [n + 1 for n in kept],
        "rows": [[shown(value) for value in grid.values[n][:COLUMNS]] for n in kept],
        "more": grid.height - len(kept),
    }


def _problem(problem: Problem) -> Record:
    return {"code": problem.code, "cell": problem.cell, "facts": problem.facts}


def record_of(reading: Reading, order: ReadOrder) -> Record:
    """One order of a reading with the sheet it stands on, ready for JSON."""
    places = [(f.cell.rpartition("!")[0], row_of(f.cell)) for f in order.header.values()]
    places += [(line.cell.rpartition("!")[0], line.row) for line in order.lines]
    places += [(p.cell.rpartition("!")[0], row_of(p.cell)) for p in order.problems]
    named = {sheet for sheet, _row in places}
    sheets = [s for s in reading.sheets if s.name in named] or list(reading.sheets[:1])
    rows = {row for _sheet_name, row in places} if len(reading.orders) > 1 else None
    return {
        "sheets": [_sheet(s, rows) for s in sheets],
        "header": {name: _fact(found) for name, found in order.header.items()},
        "lines": gathered([_line(line) for line in order.lines if deliveries(line.parts) or not line.parts]),
        "problems": [_problem(p) for p in order.problems],
        "columns": [{"label": c.label, "cell": c.cell, "field": c.field} for c in order.columns],
    }


def _line(line: ReadLine) -> Record:
    """A line, with its several deliveries where the table has days across."""
    kept = {"cell": line.cell, "fields": {name: _fact(found) for name, found in line.fields.items()}}
    parts = deliveries(line.parts)
    if parts:
        kept["fields"]["due_date"] = _fact(parts[0]["due_date"])
    if len(parts) > 1:
        kept["schedules"] = [{name: _fact(part[name]) for name in ("due_date", "quantity")} for part in parts]
    return kept


def laid_out(record: Record) -> list[Record]:
    """The sheets as they are drawn: each row its cells (address, text, columns it reaches over), as a spreadsheet lets a long
    text run over the empty cells beside it. A cell that something was read from, or is asked about, keeps its place."""
    kept = {f["cell"] for f in record["header"].values()} | {p["cell"] for p in record["problems"]}
    kept |= {f["cell"] for line in record["lines"] for f in line["fields"].values()}
    sheets = []
    for sheet in record["sheets"]:
        wide = max((len(row) for row in sheet["rows"]), default=0)
        rows = [
            (y, _row(sheet["name"], y, row + [""] * (wide - len(row)), kept))
            for y, row in zip(
                sheet.get("numbers") or range(1, len(sheet["rows"]) + 1), sheet["rows"], strict=True
            )
        ]
        sheets.append(
            {
                "name": sheet["name"],
                "more": sheet["more"],
                "letters": [letters(x) for x in range(wide)],
                "rows": rows,
            }
        )
    return sheets


def _row(sheet: str, y: int, texts: list[str], kept: set[str]) -> list[Record]:
    at = [f"{sheet}!{letters(x)}{y}" for x in range(len(texts))]
    cells, x = [], 0
    while x < len(texts):
        columns, wanted = 1, -(-sum(2 if ord(c) > 255 else 1 for c in texts[x]) // NARROW)
        while (
            columns < wanted
            and x + columns < len(texts)
            and not texts[x + columns]
            and at[x + columns] not in kept
        ):
            columns += 1
        cells.append({"at": at[x], "text": texts[x], "columns": columns})
        x += columns
    return cells


def row_of(cell: str) -> int:
    """`订单!E9` → 8; -1 for what stands in no cell."""
    return (digits(cell.rpartition("!")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) or 0) - 1


def record_unread(unreadable: Unreadable) -> Record:
    """A file that gave no order but can be looked at: its sheets, and why it was not read."""
    return {
        "sheets": [_sheet(s) for s in unreadable.sheets[:5]],
        "header": {},
        "lines": [],
        "problems": [],
        "columns": [],
        "trouble": {"code": unreadable.code, "facts": unreadable.facts, "tables": list(unreadable.tables)},
    }


def trouble_said(record: Record) -> str:
    """Why the file gave no order, in words; '' when it did."""
    trouble = record.get("trouble")
    return Unreadable(trouble["code"], **trouble["facts"]).sentence() if trouble else ""


def record_of_values(header: Record, lines: list[Record]) -> Record:
    """An order that a program sent as JSON, in the same shape; it has no sheet and no cells. `schedules` of a line
    are its deliveries."""

    def facts(values: Record) -> Record:
        return {
            n: {"value": value_text(v), "text": value_text(v), "cell": "", "doubtful": False, "label": ""}
            for n, v in values.items()
            if v not in (None, "")
        }

    def line(values: Record) -> Record:
        parts = values.get("schedules") or []
        own = {n: v for n, v in values.items() if n != "schedules"}
        if parts and not own.get("due_date"):
            own["due_date"] = parts[0].get("due_date")
        kept = {"cell": "", "fields": facts(own)}
        return kept | ({"schedules": [facts(part) for part in parts]} if parts else {})

    return {
        "sheets": [],
        "header": facts(header),
        "lines": [line(each) for each in lines],
        "problems": [],
        "columns": [],
    }


def problems_said(record: Record) -> list[Record]:
    """The record's problems in words, with their cells."""
    return [
        {"code": p["code"], "cell": p["cell"], "text": _(SENTENCES[p["code"]], **readable(p["facts"]))}
        for p in record["problems"]
        if p["code"] in SENTENCES
    ]
