"""One row of a file of opening data: each column's cell as what it means, every refusal kept at its cell."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from app.core.money import CURRENCIES, Money, price_micro
from app.core.quantities import LARGEST, MILLI, Unit, Weight, convert, half_up
from app.core.refusals import (
    NEGATIVE,
    NOT_A_CHOICE,
    NOT_POSITIVE,
    REQUIRED,
    TOO_LARGE,
    TOO_LONG,
    UNIT_MISSING,
    Refused,
)
from app.core.text import clean
from app.intake.readers.currencies import currency_in
from app.intake.readers.dates import day_in
from app.intake.readers.numbers import Number, either, is_nothing, lost_digits, number_in, settled
from app.intake.readers.reading import Raw, letters, shown
from app.intake.readers.sheet import Sheet
from app.intake.readers.units import unit_in
from app.opening.columns import Place
from app.opening.refusals import READING, UNIT_CONTRADICTS

NUMERIC = frozenset(("quantity", "shipped", "received", "weight", "amount", "unit_price", "rate", "tax_rate"))
"""Numbers count only in the row they are written in; words of a merged cell hold for all its rows."""


class Cells:
    """The cells of a row by the names of their columns. Each reader notes its refusal and goes on."""

    def __init__(
        self, sheet: Sheet, row: int, places: Mapping[str, Place], dot: str = "", prefix: str = ""
    ) -> None:
        self.sheet, self.index, self.places, self.dot, self.prefix = sheet, row, places, dot, prefix
        self.refusals: list[tuple[str, Refused]] = []

    @property
    def row(self) -> int:
        """The row as people count."""
        return self.index + 1

    def cell(self, name: str) -> str:
        """Where a column's cell is: 库存!C7, or C7 when there is one sheet; the row's first cell when it has no such column."""
        place = self.places.get(name)
        column = place.index if place else min(p.index for p in self.places.values())
        return f"{self.prefix}{letters(column)}{self.row}"

    def refuse(self, name: str, refused: Refused) -> None:
        if all(noted != name for noted, _ in self.refusals):
            self.refusals.append((name, refused))

    @property
    def sound(self) -> bool:
        return not self.refusals

    def raw(self, name: str) -> Raw:
        place = self.places.get(name)
        if place is None:
            return None
        value = (self.sheet.own if name in NUMERIC else self.sheet.at)(self.index, place.index)
        if (self.index, place.index) in self.sheet.grid.without_result:
            self.refuse(name, Refused(READING["NO_RESULT"]))
        return None if is_nothing(value) else value

    def text(self, name: str, limit: int = 200, required: bool = False) -> str:
        value = self.raw(name)
        said = clean(shown(value))
        if value is not None and lost_digits(value):
            self.refuse(name, Refused(READING["LONG_NUMBER"], text=said))
        if required and not said:
            self.refuse(name, Refused(REQUIRED))
        if len(said) > limit:
            self.refuse(name, Refused(TOO_LONG, limit=limit, length=len(said)))
        return said[:limit]

    def choice(self, name: str, choices: Mapping[str, str], default: str) -> str:
        """What a word means; `choices` maps words in lower case."""
        said = self.text(name, 40).lower()
        if said and said not in choices:
            self.refuse(name, Refused(NOT_A_CHOICE, given=said))
        return choices.get(said, default) if said else default

    def day(self, name: str, required: bool = False) -> date | None:
        value = self.raw(name)
        if value is None:
            if required:
                self.refuse(name, Refused(REQUIRED))
            return None
        found = day_in(value)
        if found.value is None:
            facts = (
                {"one": found.either[0].isoformat(), "other": found.either[1].isoformat()}
                if found.either
                else {}
            )
            self.refuse(name, Refused(READING[found.code], text=shown(value)[:40], **facts))
        return found.value

    def number(
        self, name: str, required: bool = False, positive: bool = False, signed: bool = False
    ) -> Number | None:
        """A number not below zero unless `signed`, with the unit its cell names; None when there is none."""
        value = self.raw(name)
        if value is None:
            if required:
                self.refuse(name, Refused(REQUIRED))
            return None
        found, said = number_in(value), shown(value)[:40]
        if signed and found.code == "NUMBER_NEGATIVE":
            found = replace(found, code="" if found.other is None else "NUMBER_AMBIGUOUS")
        found = settled(found, value, self.dot)
        if found.code == "NUMBER_NEGATIVE":
            self.refuse(name, Refused(NEGATIVE))
        elif found.code:
            self.refuse(
                name,
                Refused(READING[found.code], text=said, **(either(found) if found.other is not None else {})),
            )
        elif found.value is not None and positive and not found.value:
            self.refuse(name, Refused(NOT_POSITIVE))
        return found if found.value is not None and self._clean(name) else None

    def _clean(self, name: str) -> bool:
        return all(noted != name for noted, _ in self.refusals)

    def unit(self, number: Number, name: str, beside: str = "unit") -> Unit | None:
        """The unit of a number: in its cell, in the column beside it, or in the head; without one it is refused."""
        written = self.text(beside, 20)
        column = unit_in(written) if written else None
        if written and column is None:
            self.refuse(beside, Refused(READING["UNIT_UNKNOWN"], text=written))
            return None
        if number.unit and column and (number.unit.factor, number.unit.base) != (column.factor, column.base):
            self.refuse(name, Refused(UNIT_CONTRADICTS, text=shown(self.raw(name))[:40], unit=column.code))
        found = number.unit or column or (self.places[name].unit if name in self.places else None)
        if found is None:
            self.refuse(beside if beside in self.places else name, Refused(UNIT_MISSING))
        return found

    def quantity(
        self, name: str, unit: Unit, number: Number, base: str, weight: Weight, item: str
    ) -> int | None:
        """A number of a unit at 10⁻³ of the base unit, rounded once."""
        assert number.value is not None
        try:
            milli = half_up(convert(Fraction(number.value) * MILLI, unit, base, weight, item))
        except Refused as refused:
            self.refuse("unit" if "unit" in self.places else name, refused)
            return None
        if milli > LARGEST:
            self.refuse(name, Refused(TOO_LARGE, given=shown(self.raw(name))[:40]))
            return None
        return milli

    def kilograms(self, name: str) -> int:
        """A weight at 10⁻³ kg; 0 when none is written."""
        found = self.number(name)
        if found is None or found.value is None:
            return 0
        place = self.places[name]
        unit = found.unit or place.unit
        if unit is not None and unit.base != "kg":
            self.refuse(name, Refused(UNIT_CONTRADICTS, text=shown(self.raw(name))[:40], unit="kg"))
            return 0
        return half_up(Fraction(found.value) * (unit.factor if unit else 1) * MILLI)

    def currency(self, name: str = "currency", default: str = "CNY", of: str = "amount") -> str:
        """The currency in its column, in the amount's cell or head, else the default; one we do not keep is refused."""
        said = self.text(name, 20)
        place = self.places.get(of)
        number = number_in(self.raw(of)) if self.raw(of) is not None else None
        code = (
            currency_in(said) or said.upper()
            if said
            else (number.currency if number else "") or (place.currency if place else "")
        )
        if code and code not in CURRENCIES:
            self.refuse(name if said else of, Refused(READING["CURRENCY_UNKNOWN"], text=said or code))
            return default
        return code or default

    def money(
        self, name: str, currency: str, required: bool = False, positive: bool = False, signed: bool = False
    ) -> int | None:
        """An amount in minor units, to the cent."""
        found = self.number(name, required, positive, signed)
        if found is None or found.value is None:
            return None
        try:
            return Money.entered(found.value, currency).minor
        except Refused as refused:
            self.refuse(name, refused)
            return None

    def price(self, name: str) -> tuple[Decimal | None, Unit | None]:
        """A unit price and the unit it is for, as far as its cell or head says it."""
        found = self.number(name)
        if found is None or found.value is None:
            return None, None
        try:
            price_micro(found.value)
        except Refused as refused:
            self.refuse(name, refused)
            return None, None
        return found.value, found.per or self.places[name].unit
