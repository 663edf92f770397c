"""What a reader hands over: the source as tables to look at, the orders found, each fact with its cell."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from app.core.quantities import plain

Value = Decimal | date | bool | str | None
Raw = str | int | float | bool | date | None  # a cell as the file stores it; dates are plain dates
DOUBTFUL_BELOW = 0.8


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range; rows and columns count from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet from its cell A1 on: `values` as stored, `rows` the same as a person sees them."""

    name: str
    values: tuple[tuple[Raw, ...], ...]
    merged: tuple[Span, ...] = ()
    without_result: frozenset[tuple[int, int]] = frozenset()  # formulas the file has no result for

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(shown(value) for value in row) for row in self.values)

    @property
    def height(self) -> int:
        return len(self.values)

    def value(self, row: int, column: int) -> Raw:
        if not 0 <= row < len(self.values):
            return None
        cells = self.values[row]
        return cells[column] if 0 <= column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        return shown(self.value(row, column))

    def cell(self, row: int, column: int) -> str:
        """The address people know: `采购订单!E9`."""
        return f"{self.name}!{letters(column)}{row + 1}"


@dataclass(frozen=True, slots=True)
class Found:
    """One fact and where it stands. `value` is None when what stands there could not be read for sure."""

    value: Value
    text: str  # as written
    cell: str  # '' when it does not stand in a cell, as an order number in the file's name
    confidence: float = 1.0  # 0 … 1
    label: str = ""  # the words in the file that named the field

    @property
    def doubtful(self) -> bool:
        return self.value is None or self.confidence < DOUBTFUL_BELOW


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person must look at, in words by `problems.SENTENCES[code] % facts`."""

    code: str
    cell: str
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ReadLine:
    """One line of the order: line_no, customer_item, item_code, name, spec, drawing_revision, quantity, unit,
    unit_price, price_unit (the unit that price is for), amount, due_date, remark. What the file does not
    say is not there. `parts`: of a table with days across each day's quantity and due_date, in their order."""

    row: int  # from 0
    cell: str
    fields: dict[str, Found] = field(default_factory=dict)
    parts: list[dict[str, Found]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column of the order's table: its heading, where that stands, and the field it was taken for ('' for none)."""

    label: str
    cell: str
    field: str = ""


@dataclass(slots=True)
class ReadOrder:
    """One order. `header`: customer_name, customer_order_number, order_date, due_date, currency,
    tax_included, tax_rate, trade_term, payment_terms, contact, phone, delivery_address, supplier_name,
    remark, total_amount, total_in_words. `totals`: what the 合计 row says of quantity and amount."""

    header: dict[str, Found] = field(default_factory=dict)
    lines: list[ReadLine] = field(default_factory=list)
    totals: dict[str, Found] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    columns: list[ReadColumn] = field(default_factory=list)

    def doubtful(self) -> list[Found]:
        """Every fact a person has to look at, in reading order."""
        facts = [*self.header.values(), *(f for line in self.lines for f in line.fields.values())]
        return [fact for fact in facts if fact.doubtful]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read."""

    name: str
    kind: str  # xlsx, xls, html, xml, text, pdf
    sheets: tuple[Grid, ...]
    orders: tuple[ReadOrder, ...]


def letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    name = ""
    column += 1
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def exact(value: float) -> Decimal:
    """A stored float as the number a person typed: 0.1 + 0.2 is 0.3. Not a number stays what it is."""
    return Decimal(format(value, ".12g"))


def shown(value: Raw) -> str:
    """A cell as a person sees it: 150 and not 150.0, dates as 2026-12-18."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        number = exact(value) if value == value and abs(value) < 1e15 else None
        return plain(number) if number is not None else str(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value
