"""Turns the rows of a table into order lines: typed values, units settled, nothing guessed."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from app.core.quantities import Unit
from app.core.text import clean, prose
from app.intake.readers import across, amounts, numbers
from app.intake.readers.dates import day_in
from app.intake.readers.numbers import Number, is_nothing, number_in
from app.intake.readers.reading import Found, Problem, Raw, ReadLine, shown
from app.intake.readers.synonyms import key
from app.intake.readers.tables import Column, Table
from app.intake.readers.units import said_like, together, unit_in
from app.intake.readers.vocabulary import OWN

NUMERIC = ("quantity", "unit_price", "amount")
CODES = ("customer_item", "item_code", "line_no", "drawing_revision", "customer_order_number")
PROSE = (
    "name", "spec", "kind", "remark", "customer_name", "trade_term", "contact", "delivery_address", "currency",
)  # fmt: skip
LONGEST = 500  # characters of a text that are taken; a longer one is doubtful
_BY_COUNT = {1: "", 100: "百", 1000: "千", 10_000: "万"}


@dataclass(slots=True)
class Lines:
    """The lines of one table with what must be looked at; `currencies` are those the prices name."""

    lines: list[ReadLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    currencies: dict[str, Found] = field(default_factory=dict)


def lines_of(table: Table, near: date | None = None) -> Lines:
    """All lines of a table. `near` is the order's date, for dates without a year."""
    read = Lines()
    dot = _meaning_of_dots(table)
    for row in table.lines:
        read.lines.append(_Row(table, row, dot, near, read).line())
    for row in table.unread[:50]:
        first = table.sheet.filled(row)[0]
        text = " ".join(table.sheet.text(row, c) for c in table.sheet.filled(row))[:80]
        read.problems.append(Problem("ROW_NOT_READ", table.sheet.cell(row, first), {"text": text}))
    return read


def _meaning_of_dots(table: Table) -> str:
    """'decimal' or 'thousands' where some number of the table shows it beyond doubt, otherwise ''."""
    seen = set()
    for name in NUMERIC:
        if column := table.columns.get(name):
            for row in table.lines:
                value = table.sheet.own(row, column.index)
                if isinstance(value, str) and len(value) < 40:
                    text = clean(value)
                    seen |= {"decimal"} if numbers.DOT_IS_DECIMAL.search(text) else set()
                    seen |= {"thousands"} if numbers.DOT_IS_THOUSANDS.search(text) else set()
    return seen.pop() if len(seen) == 1 else ""


class _Row:
    """One row on its way to a line."""

    def __init__(self, table: Table, row: int, dot: str, near: date | None, read: Lines) -> None:
        self.table, self.row, self.dot, self.read = table, row, dot, read
        self.near = near or table.sheet.received
        self.sheet, self.columns, self.words = table.sheet, table.columns, table.sheet.words
        self.fields: dict[str, Found] = {}
        self.parts: list[across.Part] = []

    def line(self) -> ReadLine:
        for name in (*CODES, *PROSE, *(own for own in self.columns if own.startswith(OWN))):
            self._words(name)
        for name in ("due_date", "order_date"):
            self._date(name)
        quantity, price, amount = (self._number(name) for name in NUMERIC)
        unit = self._unit(quantity)
        self._price_unit(price, unit)
        self._resolve(quantity, price, amount)
        first = min((c.index for c in self.columns.values()), default=0)
        return ReadLine(self.row, self.sheet.cell(self.row, first), self.fields, self.parts)

    def _place(self, name: str) -> tuple[Column, Raw, str] | None:
        """Column, value and cell of a field; a quantity and an amount count only in the row they are written in."""
        column = self.columns.get(name)
        if column is None:
            return None
        value = (self.sheet.own if name in ("quantity", "amount") else self.sheet.at)(self.row, column.index)
        cell = self.sheet.cell(self.row, column.index)
        if (self.row, column.index) in self.sheet.grid.without_result:
            self._problem("NO_RESULT", cell)
        return None if is_nothing(value) else (column, value, cell)

    def _problem(self, code: str, cell: str, **facts: str) -> None:
        self.read.problems.append(Problem(code, cell, facts))

    def _words(self, name: str) -> None:
        if not (place := self._place(name)):
            return
        column, value, cell = place
        text = shown(value)
        if name in CODES and numbers.lost_digits(value):
            self._problem("LONG_NUMBER", cell, text=text)
            self.fields[name] = Found(None, text, cell, 0.0, column.label)
            return
        said = clean(text) if name not in ("remark", "customer_name") else prose(text)
        if said:
            sure = column.sure if len(said) <= LONGEST else 0.5
            self.fields[name] = Found(said[:LONGEST], text[:LONGEST], cell, sure, column.label)

    def _date(self, name: str) -> None:
        if not (place := self._place(name)):
            return
        column, value, cell = place
        order_date = self.fields.get("order_date")
        near = order_date.value if order_date and isinstance(order_date.value, date) else self.near
        day = day_in(value, near, self.table.day_first(column.index))
        text = shown(value)[:60]
        if day.code:
            either = (
                {"one": day.either[0].isoformat(), "other": day.either[1].isoformat()} if day.either else {}
            )
            self._problem(day.code, cell, text=text, **either)
        sure = min(day.sure, column.sure, self._alone(column, cell, text)) if day.value else 0.0
        self.fields[name] = Found(day.value, text, cell, sure, column.label)

    def _alone(self, column: Column, cell: str, text: str) -> float:
        """How sure it is that this column is meant: 0.3 where another one, named alike, says something else."""
        other = self.sheet.text(self.row, column.rival)[:60] if column.rival is not None else ""
        if is_nothing(other) or other == text:
            return 1.0
        self._problem("COLUMN_TWICE", cell, one=text, other=other)
        return 0.3

    def _number(self, name: str) -> Number | None:
        column = self.columns.get(name)
        if name == "quantity" and self.table.days and (counted := self._over_days(self.columns[name])):
            return counted
        place = self._place(name)
        if column is None or place is None:
            if name == "quantity" and column is not None:
                cell = self.sheet.cell(self.row, column.index)
                self._problem("QUANTITY_MISSING", cell)
                self.fields[name] = Found(None, "", cell, 0.0, column.label)
            return None
        _, value, cell = place
        number = numbers.settled(number_in(value), value, self.dot)
        text = shown(value)[:60]
        if number.code and number.code != "NUMBER_AMBIGUOUS":
            self._problem(number.code, cell, text=text)
        sure = min(number.sure, column.sure, self._alone(column, cell, text))
        self.fields[name] = Found(number.value, text, cell, sure, column.label)
        if number.currency:
            self.read.currencies.setdefault(
                number.currency, Found(number.currency, text, cell, 0.95, column.label)
            )
        return number

    def _over_days(self, column: Column) -> Number | None:
        """The sum of what stands below the days, each of them a delivery; None where nothing does."""
        found = across.spread(self.sheet, self.row, self.table.body - 1, self.table.days, self.dot)
        if found.total is None:
            return None
        self.read.problems.extend(found.problems)
        if column.index not in self.table.days and (
            wrong := across.differs(found, self.sheet, self.row, column.index)
        ):
            self.read.problems.append(wrong)
        self.parts = found.parts
        self.fields |= {
            "quantity": replace(found.total, label=column.label), "due_date": found.parts[0]["due_date"],
        }  # fmt: skip
        return found.number

    def _unit(self, quantity: Number | None) -> Unit | None:
        """The unit of the quantity: in its cell, in a unit column, or in the heading; all must agree."""
        found = self.fields.get("quantity")
        if quantity is None or found is None:
            return None
        column, place = self.columns["quantity"], self._place("unit")
        written = self.words.unit(key(shown(place[1])), shown(place[1])) if place else None
        if place and written is None:
            self._problem("UNIT_UNKNOWN", place[2], text=shown(place[1])[:30])
            self.fields["unit_word"] = Found(None, shown(place[1])[:30], place[2], 0.0, column.label)
        elsewhere, sure = together(column.unit, written)
        if quantity.unit:
            unit, cell, text = quantity.unit, found.cell, found.text
            contradicts = elsewhere is not None and elsewhere.factor != unit.factor
        elif elsewhere:
            unit, contradicts = elsewhere, quantity.scaled and elsewhere.factor != 1
            cell, text = (place[2], shown(place[1])) if place and written else (
                self.sheet.cell(column.row, column.index), column.label)  # fmt: skip
        elif (
            not place
            and (taught := self.words.quantities.get(key(column.label)))
            and (unit := unit_in(taught))
        ):
            cell, text, contradicts = found.cell, found.text, quantity.scaled and unit.factor != 1
        elif not place and self.table.unit_above:
            (unit, cell), text = self.table.unit_above, self.table.unit_above[0].code
            contradicts = quantity.scaled and unit.factor != 1
        else:
            if not place and quantity.value is not None and quantity.code != "UNIT_UNKNOWN":
                self._problem("UNIT_MISSING", found.cell, text=found.text)
            return None
        if contradicts or sure < 0.5:
            named = elsewhere.code if elsewhere else ""
            self._problem("UNIT_CONTRADICTS", found.cell, text=found.text, unit=named)
            sure = 0.3
        self.fields["unit"] = Found(unit.code, text, cell, min(sure, 0.97), column.label)
        return unit

    def _price_unit(self, price: Number | None, unit: Unit | None) -> None:
        """The unit the price is for: as cell, column or heading say, otherwise that of the quantity."""
        found = self.fields.get("unit_price")
        if price is None or found is None:
            return
        column = self.columns["unit_price"]
        in_cell = price.per or price.unit
        place = self._place("price_unit")
        in_column = _counted(place[1], unit) if place else None
        taught = unit_in(self.words.prices.get(key(column.label), ""))
        stated = in_cell or in_column or taught or column.unit
        if stated is None:
            if unit:
                self.fields["price_unit"] = Found(unit.code, "", self.fields["unit"].cell, 0.85)
            return
        cell, text = found.cell, found.text
        if not in_cell and not (taught and not in_column):
            cell, text = (place[2], shown(place[1])) if in_column and place else (
                self.sheet.cell(column.row, column.index), column.label)  # fmt: skip
        sure = 0.95
        if in_cell and column.unit and column.unit.factor != in_cell.factor:
            self._problem("PRICE_UNIT_CONTRADICTS", found.cell, text=found.text, unit=column.unit.code)
            sure = 0.3
        self.fields["price_unit"] = Found(said_like(stated, unit).code, text, cell, sure, column.label)

    def _resolve(self, *given: Number | None) -> None:
        """Quantity × price = amount decides between two readings of a number, and what the price is for."""
        readings = [
            [n.value, n.other] if n and n.other is not None else [n.value if n else None] for n in given
        ]
        fits = [
            (q, p, a)
            for q in readings[0]
            for p in readings[1]
            for a in readings[2]
            if q is not None and p is not None and a is not None and a != 0 and self._fits(q, p, a)
        ]
        if not fits and all(number and number.value is not None for number in given):
            self._price_per_count(*(n.value for n in given if n and n.value is not None))
        for at, (name, number) in enumerate(zip(NUMERIC, given, strict=True)):
            found = self.fields.get(name)
            if number is None or found is None:
                continue
            values = {fit[at] for fit in fits}
            if len(values) == 1 and number.code in ("", "NUMBER_AMBIGUOUS"):
                sure = max(number.sure, 0.95) if found.confidence >= number.sure else found.confidence
                self.fields[name] = Found(values.pop(), found.text, found.cell, sure, found.label)
            elif number.code == "NUMBER_AMBIGUOUS":
                self._problem("NUMBER_AMBIGUOUS", found.cell, text=found.text, **numbers.either(number))

    def _fits(self, quantity: Decimal, price: Decimal, amount: Decimal) -> bool:
        expected = amounts.amount_of(self.fields, quantity, price)
        return expected is not None and amounts.agree(expected, amount)

    def _price_per_count(self, quantity: Decimal, price: Decimal, amount: Decimal) -> None:
        """A price without a unit of its own may be per thousand; the amount proves it."""
        units, per = amounts.units_of(self.fields), self.fields.get("price_unit")
        if units is None or per is None or per.text or units[0].factor != 1:
            return
        for count in (1000, 100, 10_000):
            named = unit_in(_BY_COUNT[count] + units[0].code)
            if named and amounts.agree(quantity * price / count, amount):
                self.fields["price_unit"] = Found(named.code, "", self.fields["amount"].cell, 0.85)
                return


def _counted(value: Raw, unit: Unit | None) -> Unit | None:
    """A price unit column: a unit, or only how many pieces the price is for (1000)."""
    named = unit_in(shown(value))
    if named or unit is None or unit.factor != 1:
        return named
    number = number_in(value).value
    prefix = _BY_COUNT.get(int(number)) if number is not None and number == int(number) else None
    return unit_in(prefix + unit.code) if prefix is not None else None
