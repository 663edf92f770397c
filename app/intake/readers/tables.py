"""Finds the order tables of a sheet by content: a heading row, its lines, the 合计 row that ends them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.core.quantities import Unit
from app.intake.readers.across import figures_in
from app.intake.readers.dates import Day, day_first_in
from app.intake.readers.header import header_in
from app.intake.readers.headings import NAMING, Column, heading_at
from app.intake.readers.numbers import is_nothing, number_in
from app.intake.readers.reading import shown
from app.intake.readers.sheet import Sheet
from app.intake.readers.synonyms import SUBTOTAL, TOTAL, key
from app.intake.readers.units import unit_in

ABOVE = 6  # rows
_UNIT_ABOVE = re.compile(r"(?<![\u3400-\u9fff])(?:数量|计量)?单位\s*[:：]\s*([^\s,，;；/]{1,8})")
_NOTHING_BELOW = re.compile("以下空白|以下无|blank below|以下无正文|^[-—/*]+$")
_CLOSING = re.compile(r"^[^\d:：]{1,14}[:：]")


@dataclass
class Table:
    """Rows count from 0. `end` is the first row after the table, its total row included."""

    sheet: Sheet
    head: int
    body: int
    columns: dict[str, Column]
    end: int = 0
    lines: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)  # rows between lines that are none
    total: int | None = None
    days: Mapping[int, Day] = field(default_factory=dict)  # its columns that are days
    day_orders: dict[int, bool | None] = field(default_factory=dict)

    def day_first(self, index: int) -> bool | None:
        """Whether the dates of a column are written day first, as far as one of them shows it."""
        if index not in self.day_orders:
            texts = (self.sheet.text(row, index) for row in self.lines)
            shown_orders = {order for t in texts if len(t) < 40 and (order := day_first_in(t)) is not None}
            self.day_orders[index] = shown_orders.pop() if len(shown_orders) == 1 else None
        return self.day_orders[index]

    @cached_property
    def unit_above(self) -> tuple[Unit, str] | None:
        """The unit that is said once for the whole table above it (单位：千支), and where."""
        for row in range(self.head - 1, max(-1, self.head - 1 - ABOVE), -1):
            for column in self.sheet.filled(row):
                match = _UNIT_ABOVE.search(self.sheet.text(row, column)[:200])
                if match and (unit := unit_in(match[1])):
                    return unit, self.sheet.cell(row, column)
        return None

    @property
    def signature(self) -> str:
        """By its headings, what kind of table this is."""
        return "|".join(key(c.label) for c in sorted(self.columns.values(), key=lambda c: c.index))[:200]

    def goes_on(self, other: "Table") -> bool:
        """Whether the other table holds more lines of this one: below in the same columns, or beside it."""
        places = [{f: c.index for f, c in table.columns.items()} for table in (self, other)]
        return (places[0] == places[1] and bool(self.days) == bool(other.days)) or self.head == other.head


def tables_in(sheet: Sheet) -> list[Table]:
    """Every order table of the sheet, from top to bottom. A heading repeated on each page is one table."""
    found: list[Table] = []
    row = 0
    while row < sheet.height:
        heading = heading_at(sheet, row)
        if heading is None:
            row += 1
            continue
        beside = [heading.columns, heading.beside] if heading.beside else [heading.columns]
        tables = [Table(sheet, row, row + heading.rows, columns, days=heading.days) for columns in beside]
        row = max(_follow(table) for table in tables)
        found.extend(tables)
    return found


def _follow(table: Table) -> int:
    """Walks down from the heading, sorts each row (line, total, remark) and answers where it ended."""
    sheet, pending = table.sheet, []
    table.end = row = named_from = table.body
    while row < sheet.height:
        kind = _kind_of_row(table, row)
        if kind == "heading":
            rows = _repeated(table, row)
            if not rows or "customer_order_number" in header_in(sheet, range(named_from, row)).found:
                return row
            row += rows
            named_from = row
            continue
        if kind == "line":
            table.unread.extend(pending)
            pending = []
            table.lines.append(row)
        if kind == "note":
            pending.append(row)
        elif kind != "blank":
            table.end = named_from = row + 1
        row += 1
        if kind == "total":
            table.unread.extend(at for at in pending if _names_something(table, at))
            table.total = row - 1
            table.unread.extend(_lines_after(table, row))
            return row
    return row


def _names_something(table: Table, row: int) -> bool:
    """Whether a row without a quantity says something where the lines have their name, and is no 以下空白."""
    said = [table.sheet.text(row, table.columns[name].index) for name in NAMING if name in table.columns]
    return any(text.strip() and not _NOTHING_BELOW.search(text) for text in said)


def _repeated(table: Table, row: int) -> int:
    """How many rows the same heading takes here again, 0 for another heading."""
    again = heading_at(table.sheet, row)
    places = {name: column.index for name, column in table.columns.items()}
    alike = [again.columns, again.beside] if again else []
    same = any({name: column.index for name, column in columns.items()} == places for columns in alike)
    return again.rows if again and same and again.days == table.days else 0


def _lines_after(table: Table, row: int) -> list[int]:
    """Rows below the total that look like lines all the same: nobody may lose them."""
    found = []
    for below in range(row, min(row + 300, table.sheet.height)):
        kind = _kind_of_row(table, below)
        if kind == "heading":
            break
        if kind == "line":
            found.append(below)
    return found


def _kind_of_row(table: Table, row: int) -> str:
    sheet = table.sheet
    filled = sheet.filled(row)
    if all(is_nothing(sheet.own(row, column)) for column in filled):
        return "blank"
    words = [key(text) for c in filled[:3] if isinstance(text := sheet.own(row, c), str)][:2]
    naming = [shown(sheet.at(row, table.columns[n].index)) for n in NAMING if n in table.columns]
    named = [text for text in naming if text.strip() and not is_nothing(text)]
    if any(TOTAL.match(w) or SUBTOTAL.match(w) for w in words) and not _is_real_line(table, row):
        return "subtotal" if any(SUBTOTAL.match(w) for w in words) else "total"
    if len(filled) > 1 and heading_at(sheet, row) is not None:
        return "heading"
    if table.days:
        return _kind_beside_days(table, row, bool(named))
    quantity = number_in(sheet.own(row, table.columns["quantity"].index))
    if named and quantity.code != "NOT_A_NUMBER":
        return "line"
    mapped = [c for c in table.columns.values() if not is_nothing(sheet.own(row, c.index))]
    if named and len(mapped) >= 3 and not any(_CLOSING.match(text) for text in named):
        return "line"
    return "note"


def _kind_beside_days(table: Table, row: int, named: bool) -> str:
    """A part of which nothing is wanted on any day is no line."""
    if figures_in(table.sheet, row, {*table.days, table.columns["quantity"].index}):
        return "line" if named else "note"
    return "blank" if named else "note"


def _is_real_line(table: Table, row: int) -> bool:
    """A part may be called 总… : it is a line when a code of its own and a quantity stand beside it."""
    for name in ("customer_item", "item_code"):
        column = table.columns.get(name)
        code = key(shown(table.sheet.own(row, column.index))) if column else ""
        if code and not TOTAL.match(code) and not SUBTOTAL.match(code):
            return number_in(table.sheet.own(row, table.columns["quantity"].index)).value is not None
    return False
