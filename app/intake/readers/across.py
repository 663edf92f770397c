"""Days across: a table whose columns are days, with so much of each part below its day (要货计划, 排交表)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from app.core.quantities import plain
from app.intake.readers.dates import Day, day_in
from app.intake.readers.numbers import Number, either, is_nothing, number_in, settled
from app.intake.readers.reading import Found, Problem, Raw, shown
from app.intake.readers.sheet import Sheet

NEAR = timedelta(days=60)
"""A day without a year is the first one after so long before the file came."""
LONGEST = 30  # characters of a day
_DAY_LIKE = re.compile(r"\d{1,4}[-/.年月 ]?|[A-Za-z]{3}")
Part = dict[str, Found]
"""One delivery: its quantity and due_date, and the unit where its own cell says one."""


@dataclass
class Spread:
    """What a row says of its days: their sum as one quantity, and each of them; nothing where no figure stands."""

    number: Number = field(default_factory=Number)
    total: Found | None = None
    parts: list[Part] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def days_at(sheet: Sheet, row: int) -> Mapping[int, Day]:
    """The columns of a row that say a day, where there are several; a bare figure is a quantity."""
    if row not in sheet.days:
        sheet.days[row] = _days_at(sheet, row)
    return sheet.days[row]


def _days_at(sheet: Sheet, row: int) -> dict[int, Day]:
    near = sheet.received - NEAR if sheet.received else None
    likely = [column for column in sheet.filled(row) if _may_be_day(sheet.own(row, column))]
    if len(likely) < 2:
        return {}
    read = {column: day_in(sheet.own(row, column), near) for column in likely}
    return {column: day for column, day in read.items() if day.value}


def _may_be_day(raw: Raw) -> bool:
    if not isinstance(raw, str):
        return isinstance(raw, date)
    said = raw.strip()
    return (
        len(said) <= LONGEST
        and _DAY_LIKE.match(said) is not None
        and (not said.replace(".", "").isdigit() or len(said) == 8)
    )


def figures_in(sheet: Sheet, row: int, columns: Iterable[int]) -> list[int]:
    """Those of the columns in which something stands in this row."""
    return [column for column in columns if not is_nothing(sheet.own(row, column))]


def spread(sheet: Sheet, row: int, head: int, days: Mapping[int, Day], dot: str) -> Spread:
    """What stands below the days; `head` is the row that says them."""
    found, numbers = Spread(), list[Number]()
    for column in sorted(figures_in(sheet, row, days), key=lambda c: (days[c].value, c)):
        raw, cell = sheet.own(row, column), sheet.cell(row, column)
        number, text = settled(number_in(raw), raw, dot), shown(raw)[:60]
        if number.code:
            facts = either(number) if number.code == "NUMBER_AMBIGUOUS" else {}
            found.problems.append(Problem(number.code, cell, {"text": text, **facts}))
        numbers.append(number)
        said = Found(
            days[column].value, sheet.text(head, column)[:60], sheet.cell(head, column), days[column].sure
        )
        part = {
            "quantity": Found(number.value, text, cell, min(number.sure, 0.3 if number.code else 1.0)),
            "due_date": said,
        }
        if number.unit:
            part["unit"] = Found(number.unit.code, text, cell)
        found.parts.append(part)
    if found.parts:
        _add_up(found, numbers)
    return found


def _add_up(found: Spread, numbers: list[Number]) -> None:
    quantities = [part["quantity"] for part in found.parts]
    units = {number.unit for number in numbers}
    unit = units.pop() if len(units) == 1 else None
    if units:
        named = next(part["unit"] for part in found.parts if "unit" in part)
        facts = {"text": named.text, "unit": str(named.value)}
        found.problems.append(Problem("UNIT_CONTRADICTS", named.cell, facts))
    values = [number.value for number in numbers]
    total = sum((v for v in values if v is not None), Decimal(0)) if None not in values else None
    sure = min(number.sure for number in numbers)
    found.number = Number(total, unit, scaled=any(number.scaled for number in numbers), sure=sure)
    text = " + ".join(quantity.text for quantity in quantities)[:200]
    found.total = Found(total, text, quantities[0].cell, sure)


def differs(found: Spread, sheet: Sheet, row: int, column: int) -> Problem | None:
    """The row's own total (合计), where it says otherwise than its days."""
    written, total = number_in(sheet.own(row, column)).value, found.number.value
    if written is None or total is None or written == total:
        return None
    facts = {"expected": plain(total), "written": plain(written)}
    return Problem("QUANTITY_TOTAL_DIFFERS", sheet.cell(row, column), facts)


def deliveries(parts: list[Part]) -> list[Part]:
    """Those of which something is wanted; a day that says 0 is no delivery."""
    return [part for part in parts if part["quantity"].value != 0]
