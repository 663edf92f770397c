"""A customer's delivery schedule as a file, laid out as the grid of a call-off plan: days across, parts down.

Days across or a row for each day; whatever format it is, by the intake's readers. Nothing is checked here but what the file says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.core import text
from app.core.quantities import Quantity, Weight, number, plain
from app.core.refusals import Refused
from app.frameworks.entering import COLUMNS, ROWS
from app.frameworks.refusals import NO_PLAN_TABLE, PLAN_TOO_LARGE
from app.intake.readers import SOURCES, ReadLine, ReadOrder, Unreadable, Vocabulary
from app.intake.readers.orders import orders_in
from app.intake.readers.problems import sentence
from app.intake.readers.sniff import kind_of
from app.intake.refusals import UNREADABLE
from app.sales.echo import in_unit

_NAMES = ("customer_item", "item_code")
Lines = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class PlanFile:
    """The grid of a plan's file: the days, then a row for each part. `left`: in words, rows that were taken for none."""

    rows: list[list[str]]
    left: list[str]


@dataclass(frozen=True)
class Said:
    """So much of a part for a day, as the file says it; a unit only where it names one."""

    part: str
    day: str
    quantity: str
    unit: str


def read(name: str, data: bytes, lines: Lines, today: date) -> PlanFile:
    """What the file says. Refused(…, "file") says why it says nothing."""
    parts = frozenset(str(line[n]).lower() for line in lines for n in ("customer_item", "code") if line[n])
    try:
        orders = orders_in(name, SOURCES[kind_of(data)](data), Vocabulary(parts=parts), today)
    except Unreadable as unreadable:
        if unreadable.code in ("NO_TABLE", "TWO_TABLES"):
            raise Refused(NO_PLAN_TABLE, "file") from None
        raise Refused(UNREADABLE, "file", why=unreadable.sentence()) from None
    said = [each for order in orders for line in order.lines for each in _said(line, order)]
    if not said:
        raise Refused(NO_PLAN_TABLE, "file")
    left = [
        f"{problem.cell} {sentence(problem)}"
        for order in orders for problem in order.problems if problem.code == "ROW_NOT_READ"
    ]  # fmt: skip
    return PlanFile(_laid_out(said, lines), left)


def _said(line: ReadLine, order: ReadOrder) -> list[Said]:
    """What a line says of its part: of each day across, or of its own day."""
    fields = line.fields
    part = next((fields[n].text.strip() for n in _NAMES if n in fields and fields[n].text.strip()), "")
    unit = fields.get("unit") or fields.get("unit_word")
    found = list[Said]()
    for each in line.parts or [{"due_date": order.header.get("due_date"), **fields}]:
        due, quantity, own = each.get("due_date"), each.get("quantity"), each.get("unit") or unit
        if not part or quantity is None:
            continue
        day = due.value.isoformat() if due and isinstance(due.value, date) else due.text if due else ""
        value = None if quantity.doubtful else quantity.value
        figure = plain(value) if isinstance(value, Decimal) else quantity.text
        found.append(Said(part, day, figure, str(own.value or own.text) if own else ""))
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
