"""Finds the order tables of a sheet by content: a heading row, its lines, the 合计 row that ends them."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.core.quantities import Unit
from app.intake.readers.currencies import currencies_inside, currency_in
from app.intake.readers.dates import day_first_in
from app.intake.readers.header import header_in
from app.intake.readers.numbers import is_nothing, number_in
from app.intake.readers.reading import shown
from app.intake.readers.sheet import Sheet
from app.intake.readers.synonyms import IGNORED, SUBTOTAL, TAXED, TOTAL, UNTAXED, WEIGHT, column_named, key
from app.intake.readers.units import unit_in
from app.intake.readers.vocabulary import Vocabulary

NAMING = ("customer_item", "item_code", "name", "spec")
_CLOSING = re.compile(r"^[^\d:：]{1,14}[:：]")
_NUMBER_LIKE = re.compile(r"^[-+¥$€]?\s*[\d０-９]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was understood: its field, its place, what its heading says about unit and money."""

    field: str
    index: int
    label: str
    row: int
    sure: float = 1.0
    unit: Unit | None = None
    currency: str = ""
    taxed: bool | None = None
    learned: bool = False


Heading = tuple[dict[str, Column], int]  # the columns by field, and the number of rows


@dataclass(slots=True)
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
    day_orders: dict[int, bool | None] = field(default_factory=dict)

    def day_first(self, index: int) -> bool | None:
        """Whether the dates of a column are written day first, as far as one of them shows it."""
        if index not in self.day_orders:
            texts = (self.sheet.text(row, index) for row in self.lines)
            shown_orders = {order for t in texts if len(t) < 40 and (order := day_first_in(t)) is not None}
            self.day_orders[index] = shown_orders.pop() if len(shown_orders) == 1 else None
        return self.day_orders[index]

    @property
    def signature(self) -> str:
        """By its headings, what kind of table this is."""
        return "|".join(key(c.label) for c in sorted(self.columns.values(), key=lambda c: c.index))[:200]

    def same_columns(self, other: "Table") -> bool:
        return {f: c.index for f, c in self.columns.items()} == {f: c.index for f, c in other.columns.items()}


def tables_in(sheet: Sheet) -> list[Table]:
    """Every order table of the sheet, from top to bottom. A heading repeated on each page is one table."""
    found: list[Table] = []
    row = 0
    while row < sheet.height:
        heading = heading_at(sheet, row)
        if heading is None:
            row += 1
            continue
        table = Table(sheet, row, row + heading[1], heading[0])
        row = _follow(table)
        found.append(table)
    return found


def heading_at(sheet: Sheet, row: int) -> Heading | None:
    """The columns named by this row and, where a heading has two rows, by the next; its number of rows."""
    if row not in sheet.headings:
        sheet.headings[row] = _heading_at(sheet, row)
    return sheet.headings[row]


def _heading_at(sheet: Sheet, row: int) -> Heading | None:
    one = _columns(sheet, row, None)
    if not any(c.field in ("quantity", WEIGHT) for c in one):
        return None
    columns, double = _best(one), False
    if _is_second_heading(sheet, row + 1):
        two = _best(_columns(sheet, row, row + 1))
        double = len(two) + (not _contradict(sheet, row)) > len(columns)
        columns = two if double else columns
    if "quantity" not in columns or not any(name in columns for name in NAMING):
        return None
    if len(columns) < 3 and len(columns) < len(sheet.filled(row)):
        return None
    return columns, 2 if double else 1


def _contradict(sheet: Sheet, row: int) -> bool:
    """Whether this row and the next name different fields in one column: that is no second heading."""
    for index in sheet.filled(row + 1):
        top, bottom = (column_named(sheet.text(r, index), sheet.words) for r in (row, row + 1))
        if top[1] == bottom[1] == 1.0 and top[0] != bottom[0] and sheet.span_of(row, index) == 1:
            return True
    return False


def _is_second_heading(sheet: Sheet, row: int) -> bool:
    """Words only, at least one of which names a column or a unit."""
    filled = sheet.filled(row)
    texts = [sheet.own(row, column) for column in filled]
    if not texts or any(not isinstance(t, str) or _NUMBER_LIKE.match(t) or len(t) > 30 for t in texts):
        return False
    known = sum(
        1
        for t in texts
        if isinstance(t, str) and (column_named(t, sheet.words)[0] or unit_in(t.strip("()（）")))
    )
    return known * 2 >= len(texts)


def _columns(sheet: Sheet, row: int, below: int | None) -> list[Column]:
    found = []
    for index in range(max(sheet.width(row - 1), sheet.width(row), sheet.width(row + 1))):
        if below is None and sheet.origin(row, index)[1] != index:
            continue
        top = sheet.text(row, index)
        bottom = sheet.text(below, index) if below is not None else ""
        if below is not None and sheet.origin(below, index) == sheet.origin(row, index):
            bottom = ""
        if len(top) + len(bottom) <= 60 and (column := _column(top, bottom, sheet.words)):
            found.append(replace(column, row=row, index=index))
    return found


@lru_cache(maxsize=4096)
def _column(top: str, bottom: str, words: Vocabulary) -> Column | None:
    """What a heading says, wherever it stands."""
    texts = (bottom + top, bottom, f"{top} {bottom}", top) if bottom else (top,)
    readings = [column_named(text, words) for text in texts]
    learned = next((i for i, text in enumerate(texts) if key(text) in words.columns), None)
    name, sure, hints = (
        max(readings, key=lambda reading: reading[1]) if learned is None else readings[learned]
    )
    if not name:
        return None
    said = key(f"{top} {bottom}")
    all_hints = (
        {h for reading in readings if reading[0] == name for h in reading[2]} | {key(bottom)} | set(hints)
    )
    taxed = False if UNTAXED.search(said) else True if TAXED.search(said) else None
    unit = next((u for h in sorted(all_hints) if (u := _unit_hint(h))), None)
    currency = next((c for h in sorted(all_hints) if (c := _currency_hint(h))), "")
    label = " ".join(part for part in (top, bottom) if part).replace("\n", " ")
    return Column(name, 0, label, 0, sure, unit, currency, taxed, learned is not None)


def _unit_hint(hint: str) -> Unit | None:
    """千支 · 元/千支 · /k · 单位:千支"""
    hint = hint.rpartition(":")[2]
    money, slash, per = hint.partition("/")
    if slash and (not money or currency_in(money)):
        return unit_in(per)
    return unit_in(hint) or (unit_in("/" + hint.partition("每")[2]) if "每" in hint else None)


def _currency_hint(hint: str) -> str:
    named = currencies_inside(hint) or ({c} if (c := currency_in(hint.partition("/")[0])) else set())
    return named.pop() if len(named) == 1 else ""


def _best(columns: list[Column]) -> dict[str, Column]:
    """One column for each field: what was taught first, then prices with tax, the surest, the leftmost."""
    best: dict[str, Column] = {}
    for column in columns:
        other = best.get(column.field)
        if other is None or _rank(column) > _rank(other):
            best[column.field] = column
    best.pop(IGNORED, None)
    weight = best.pop(WEIGHT, None)
    if weight and "quantity" not in best:
        best["quantity"] = replace(weight, field="quantity", sure=0.85)
    for column in columns:
        if key(column.label) == "item" and "line_no" not in best and best.get("name") is not column:
            best["line_no"] = replace(column, field="line_no", sure=0.9)
    return best


def _rank(column: Column) -> tuple[bool, bool, float]:
    return column.learned, column.taxed is True, column.sure


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
            table.total = row - 1
            table.unread.extend(_lines_after(table, row))
            return row
    return row


def _repeated(table: Table, row: int) -> int:
    """How many rows the same heading takes here again, 0 for another heading."""
    again = heading_at(table.sheet, row)
    places = {name: column.index for name, column in table.columns.items()}
    same = again is not None and {name: column.index for name, column in again[0].items()} == places
    return again[1] if again and same else 0


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
    if not filled:
        return "blank"
    words = [key(text) for c in filled[:3] if isinstance(text := sheet.own(row, c), str)][:2]
    naming = [shown(sheet.at(row, table.columns[n].index)) for n in NAMING if n in table.columns]
    named = [text for text in naming if text.strip() and not is_nothing(text)]
    if any(TOTAL.match(w) or SUBTOTAL.match(w) for w in words) and not _is_real_line(table, row):
        return "subtotal" if any(SUBTOTAL.match(w) for w in words) else "total"
    if len(filled) > 1 and heading_at(sheet, row) is not None:
        return "heading"
    quantity = number_in(sheet.own(row, table.columns["quantity"].index))
    if named and quantity.code != "NOT_A_NUMBER":
        return "line"
    mapped = [c for c in table.columns.values() if not is_nothing(sheet.own(row, c.index))]
    if named and len(mapped) >= 3 and not any(_CLOSING.match(text) for text in named):
        return "line"
    return "note"


def _is_real_line(table: Table, row: int) -> bool:
    """A part may be called 总… : it is a line when a code of its own and a quantity stand beside it."""
    for name in ("customer_item", "item_code"):
        column = table.columns.get(name)
        code = key(shown(table.sheet.own(row, column.index))) if column else ""
        if code and not TOTAL.match(code) and not SUBTOTAL.match(code):
            return number_in(table.sheet.own(row, table.columns["quantity"].index)).value is not None
    return False
