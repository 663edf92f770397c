"""A customer's delivery schedule as a file, laid out as the grid of a call-off plan: days across, parts down.

Days across or a row for each day; whatever format it is, by the intake's readers. Nothing is checked here but what the file says.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.core import text
from app.core.quantities import Quantity, Weight, number, plain
from app.core.refusals import Refused
from app.frameworks.entering import COLUMNS, NEAR, ROWS
from app.frameworks.refusals import NO_PLAN_TABLE, PLAN_TOO_LARGE
from app.intake.readers import SOURCES, Grid, Unreadable
from app.intake.readers.dates import day_in
from app.intake.readers.numbers import is_nothing, number_in
from app.intake.readers.orders import orders_in
from app.intake.readers.reading import Raw, shown
from app.intake.readers.sheet import Sheet
from app.intake.readers.sniff import kind_of
from app.intake.readers.synonyms import SUBTOTAL, TOTAL, column_named, key
from app.intake.readers.units import unit_in
from app.intake.refusals import UNREADABLE
from app.sales.echo import in_unit

HEADS_WITHIN = 60
_NAMES = ("customer_item", "item_code")
_UNIT = re.compile(r"(?:单位|unit)\s*[:：]\s*([^\s,，;；)）]{1,12})", re.IGNORECASE)
Lines = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Said:
    """So much of a part for a day, as the file says it; a unit only where it names one."""

    part: str
    day: str
    quantity: str
    unit: str


def rows_of(name: str, data: bytes, lines: Lines, today: date) -> list[list[str]]:
    """The grid of a plan's file: the days, then a row for each part. Refused(…, "file") says why there is none."""
    try:
        sheets = SOURCES[kind_of(data)](data)
        said = _across(sheets, lines, today - NEAR) or _down(name, sheets)
    except Unreadable as unreadable:
        if unreadable.code in ("NO_TABLE", "TWO_TABLES"):
            raise Refused(NO_PLAN_TABLE, "file") from None
        raise Refused(UNREADABLE, "file", why=unreadable.sentence()) from None
    if not said:
        raise Refused(NO_PLAN_TABLE, "file")
    return _laid_out(said, lines)


def _across(sheets: Sequence[Grid], lines: Lines, near: date) -> list[Said]:
    """A table with days across."""
    names = {str(line[name]).lower() for line in lines for name in ("customer_item", "code") if line[name]}
    found = list[Said]()
    for sheet in map(Sheet, sheets):
        for head in range(min(sheet.height, HEADS_WITHIN)):
            days = _days(sheet, head, near)
            if (
                len(days) > 1
                and len(_days(sheet, head + 1, near)) < 2
                and (said := _below(sheet, head, days, names))
            ):
                found += said
                break
    return found


def _days(sheet: Sheet, row: int, near: date) -> dict[int, date]:
    """The columns of a row that say a day; a bare figure is a quantity."""
    found = dict[int, date]()
    for column in sheet.filled(row):
        raw = sheet.own(row, column)
        said = shown(raw).strip()
        figure = isinstance(raw, int | float) or (said.replace(".", "").isdigit() and len(said) != 8)
        if not figure and (day := day_in(raw, near).value):
            found[column] = day
    return found


def _below(sheet: Sheet, head: int, days: Mapping[int, date], names: set[str]) -> list[Said]:
    part = _part_column(sheet, head, days, names)
    heads = {column_named(sheet.text(head, c))[0]: c for c in range(sheet.width(head)) if c not in days}
    everywhere = _unit_above(sheet, head)
    found = list[Said]()
    for row in range(head + 1, sheet.height):
        name = sheet.text(row, part).strip()
        if not name or TOTAL.match(key(name)) or SUBTOTAL.match(key(name)):
            continue
        own = sheet.text(row, heads["unit"]) if "unit" in heads else ""
        for column, day in days.items():
            if not is_nothing(raw := sheet.own(row, column)):
                found.append(_said(name, day.isoformat(), raw, own or everywhere))
    return found


def _part_column(sheet: Sheet, head: int, days: Mapping[int, date], names: set[str]) -> int:
    """The column that says which part: where most of them are known, else by its heading, else the first."""
    below, places = range(head + 1, sheet.height), [c for c in range(max(days)) if c not in days] or [0]
    known = {c: sum(sheet.text(row, c).strip().lower() in names for row in below) for c in places}
    best = max(places, key=lambda c: known[c])
    if known[best]:
        return best
    named = [c for c in places if column_named(sheet.text(head, c))[0] in _NAMES]
    return (named or [c for c in places if any(sheet.text(row, c).strip() for row in below)] or places)[0]


def _unit_above(sheet: Sheet, head: int) -> str:
    for row in range(head + 1):
        for column in sheet.filled(row):
            if (match := _UNIT.search(sheet.text(row, column))) and unit_in(match[1]):
                return match[1]
    return ""


def _said(part: str, day: str, raw: Raw, unit: str) -> Said:
    figure = number_in(raw)
    own = figure.unit or unit_in(unit)
    quantity = plain(figure.value) if figure.value is not None and not figure.code else shown(raw)
    return Said(part, day, quantity, own.code if own else unit)


def _down(name: str, sheets: tuple[Grid, ...]) -> list[Said]:
    """A table with a row for each part and day, read as an order would be."""
    found = list[Said]()
    for order in orders_in(name, sheets):
        for line in order.lines:
            part = next(
                (line.fields[n].text for n in _NAMES if n in line.fields and line.fields[n].text.strip()), ""
            )
            due = line.fields.get("due_date") or order.header.get("due_date")
            quantity, unit = line.fields.get("quantity"), line.fields.get("unit")
            if not part or quantity is None:
                continue
            day = due.value.isoformat() if due and isinstance(due.value, date) else due.text if due else ""
            figure = plain(quantity.value) if isinstance(quantity.value, Decimal) else quantity.text
            found.append(Said(part.strip(), day, figure, str(unit.value or unit.text) if unit else ""))
    return found


def _laid_out(said: Sequence[Said], lines: Lines) -> list[list[str]]:
    days = sorted({each.day for each in said})
    parts = list(dict.fromkeys(each.part for each in said))
    if len(days) >= COLUMNS or len(parts) >= ROWS:
        raise Refused(PLAN_TOO_LARGE, "file", parts=ROWS - 1, days=COLUMNS - 1)
    cells = dict[tuple[str, str], str]()
    for each in said:
        spot, more = (each.part, each.day), _in_unit_of_line(each, lines)
        cells[spot] = _added(cells[spot], more) if spot in cells else more
    return [["", *days], *([part, *(cells.get((part, day), "") for day in days)] for part in parts)]


def _in_unit_of_line(said: Said, lines: Lines) -> str:
    """In the unit of its line, which the grid counts in; where that cannot be said, with the unit beside it."""
    if not said.unit:
        return said.quantity
    name = text.clean(said.part).lower()
    line = next(
        (each for each in lines if name in (each["customer_item"].lower(), each["code"].lower())), None
    )
    if line is None:
        return said.quantity
    try:
        if number(said.quantity) == 0:
            return said.quantity
    except Refused:
        return said.quantity
    try:
        weight = Weight(line["weight_micro"], line["weight_pieces"])
        meant = Quantity.entered(said.quantity, said.unit, line["base_unit"], weight, line["code"])
    except Refused:
        return f"{said.quantity} {said.unit}"
    return in_unit(meant.milli, line)


def _added(one: str, other: str) -> str:
    try:
        return plain(number(one) + number(other))
    except Refused:
        return f"{one} + {other}"
