"""Finds a table's heading by its words: one row or two, and what each column of it holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.core.quantities import Unit
from app.intake.readers.across import days_at
from app.intake.readers.currencies import currencies_inside, currency_in
from app.intake.readers.dates import Day
from app.intake.readers.sheet import Sheet
from app.intake.readers.synonyms import IGNORED, SUBTOTAL, TAXED, TOTAL, UNTAXED, WEIGHT, column_named, key
from app.intake.readers.units import unit_in
from app.intake.readers.vocabulary import Vocabulary

RIVALS = ("quantity", "unit_price", "due_date")
ALIKE = 0.06
"""Of two columns that are named as surely, to this much, one alone is meant; what they say otherwise is asked about."""
NAMING = ("customer_item", "item_code", "name", "spec")
_COUNT = re.compile("100|1000|10000")
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
    rival: int | None = None  # another column that says it is the same field


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns by field and the number of rows; `beside` are those of a second table to the right, headed alike.

    `days`: the columns that are days, where the quantity stands below its day."""

    columns: dict[str, Column]
    rows: int
    beside: dict[str, Column]
    days: Mapping[int, Day] = field(default_factory=dict)


def heading_at(sheet: Sheet, row: int) -> Heading | None:
    """The columns named by this row and, where a heading has two rows, by the next; its number of rows."""
    if row not in sheet.headings:
        sheet.headings[row] = _heading_at(sheet, row)
    return sheet.headings[row]


def _heading_at(sheet: Sheet, row: int) -> Heading | None:
    if across := _across(sheet, row):
        return across
    one = _columns(sheet, row, None)
    counted = any(c.field in ("quantity", WEIGHT) for c in one)
    if not counted and not _groups(sheet, row):
        return None
    found, rows = one, 1
    if _is_second_heading(sheet, row + 1):
        two, alone = _columns(sheet, row, row + 1), [] if counted else _columns(sheet, row + 1, None)
        double = len(_best(two)) + (counted and not _contradict(sheet, row)) > len(
            _best(one if counted else alone)
        )
        found, rows = (two, 2) if double else (one, 1)
    left, right = _apart(found)
    columns = _best(left)
    if "quantity" not in columns or not any(name in columns for name in NAMING):
        return None
    if len(columns) < 3 and len(columns) < len(sheet.filled(row)):
        return None
    return Heading(columns, rows, _best(right))


def _across(sheet: Sheet, row: int) -> Heading | None:
    """A heading with days across, in its only row or in its second."""
    rows = next((n for n in (1, 2) if len(days_at(sheet, row + n - 1)) > 1), 0)
    if not rows or len(days_at(sheet, row + rows)) > 1 or (rows == 2 and not _days_below(sheet, row)):
        return None
    days = days_at(sheet, row + rows - 1)
    named = _columns(sheet, row, row + 1 if rows == 2 else None)
    columns = _best([_counting(column) for column in named if column.index not in days])
    if not any(name in columns for name in ("customer_item", "item_code")):
        part = _part_column(sheet, row + rows, min(days))
        if part is not None:
            columns["customer_item"] = Column("customer_item", part, sheet.text(row, part), row)
    if not any(name in columns for name in NAMING):
        return None
    unit = next((column.unit for column in named if column.index in days and column.unit), None)
    columns.setdefault("quantity", Column("quantity", min(days), "数量", row, unit=unit))
    return Heading(columns, rows, {}, days)


def _days_below(sheet: Sheet, row: int) -> bool:
    """Whether the next row is the second one of a heading: days and names of columns, and no heading by itself."""
    days = days_at(sheet, row + 1)
    above = {column_named(sheet.text(row, index), sheet.words)[0] for index in days}
    if "due_date" in above or "order_date" in above:
        return False
    others = [i for i in sheet.filled(row + 1) if i not in days]
    names = [column_named(sheet.text(row + 1, index), sheet.words)[0] for index in others]
    return all(names) and not any(name in NAMING for name in names)


def _counting(column: Column) -> Column:
    """Beside days, 合计 counts pieces and no money."""
    said = key(column.label)
    total = TOTAL.match(said) or SUBTOTAL.match(said)
    if column.field == "amount" and total and not re.search("额|价|amount|price|value", said):
        return replace(column, field="quantity")
    return column


def _part_column(sheet: Sheet, body: int, days: int) -> int | None:
    """Where no heading says it, the column before the days that holds parts we were told of, else the first with words."""
    if not sheet.words.parts:
        return None
    texts = {
        column: [
            said for row in range(body, sheet.height) if (said := sheet.text(row, column).strip().lower())
        ]
        for column in range(days)
    }
    known = {column: sum(said in sheet.words.parts for said in found) for column, found in texts.items()}
    best = max(known, key=lambda column: known[column], default=None)
    if best is not None and known[best]:
        return best
    return next((column for column, found in texts.items() if found), None)


def _groups(sheet: Sheet, row: int) -> bool:
    """Whether a row only names groups of the columns below it: words without values, one of them over several."""
    filled = sheet.filled(row)
    texts = [sheet.own(row, index) for index in filled]
    words = all(isinstance(t, str) and len(t) <= 20 and not re.search("[:：]", t) for t in texts)
    return words and len(filled) > 1 and any(sheet.span_of(row, index) > 1 for index in filled)


def _apart(columns: list[Column]) -> tuple[list[Column], list[Column]]:
    """The columns of a table and those of a second one beside it: where the headings begin once more."""
    labels = [key(column.label) for column in columns]
    for at in range(2, len(labels)):
        again = labels[at:]
        if (
            len(again) > 1
            and again == labels[: len(again)]
            and any(c.field == "quantity" for c in columns[at:])
        ):
            return columns[:at], columns[at:]
    return columns, []


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
    unit = next((u for h in sorted(all_hints) if (u := _unit_hint(h, name))), None)
    currency = next((c for h in sorted(all_hints) if (c := _currency_hint(h))), "")
    label = " ".join(part for part in (top, bottom) if part).replace("\n", " ")
    return Column(name, 0, label, 0, sure, unit, currency, taxed, learned is not None)


def _unit_hint(hint: str, field: str) -> Unit | None:
    """千支 · 元/千支 · /k · 单位:千支; of a price also per 1000."""
    hint = hint.rpartition(":")[2]
    money, slash, per = hint.partition("/")
    if slash and (not money or currency_in(money)):
        return unit_in(per)
    if field == "unit_price" and _COUNT.fullmatch(hint):
        return unit_in(hint + "件")
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
    best |= {name: _with_rival(best[name], columns) for name in RIVALS if name in best}
    best.pop(IGNORED, None)
    weight = best.pop(WEIGHT, None)
    if weight and "quantity" not in best:
        best["quantity"] = replace(weight, field="quantity", sure=0.85)
    for column in columns:
        if key(column.label) == "item" and "line_no" not in best and best.get("name") is not column:
            best["line_no"] = replace(column, field="line_no", sure=0.9)
    return best


def _with_rival(column: Column, columns: list[Column]) -> Column:
    others = [c for c in columns if c.field == column.field and c.index != column.index]
    near = [c for c in others if _rank(c)[:2] == _rank(column)[:2] and column.sure - c.sure <= ALIKE]
    return replace(column, rival=near[0].index) if near else column


def _rank(column: Column) -> tuple[bool, bool, float]:
    return column.learned, column.taxed is True, column.sure
