"""Quantities: integers at 10⁻³ of the item's base unit (件 or kg), converted and rounded once, at entry.

Conversions are ratios of two integers: a piece weight of 40.20 kg per 1,000 件 would vanish as kg per piece.
"""

import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

from app.core.refusals import (
    NOT_A_NUMBER,
    NOT_POSITIVE,
    TOO_FINE,
    TOO_LARGE,
    UNIT_MISMATCH,
    UNIT_MISSING,
    UNKNOWN_UNIT,
    Refused,
)

PIECE, KILOGRAM = "件", "kg"
MILLI = 1000
FINEST = 30  # decimals that are read; 0.1 + 0.2 of a spreadsheet has 17
LARGEST = 10**15  # 10¹² pieces: whatever is above is a typing error


@dataclass(frozen=True)
class Unit:
    """A unit people enter: how many base units (件 or kg) one of it is."""

    code: str
    base: str
    factor: Fraction


UNITS = {
    u.code: u
    for u in (
        Unit("件", PIECE, Fraction(1)),
        Unit("百件", PIECE, Fraction(100)),
        Unit("千件", PIECE, Fraction(1000)),
        Unit("万件", PIECE, Fraction(10_000)),
        Unit("kg", KILOGRAM, Fraction(1)),
        Unit("g", KILOGRAM, Fraction(1, 1000)),
        Unit("吨", KILOGRAM, Fraction(1000)),
    )
}
PIECE_WORDS = ("件", "支", "只", "套", "个", "粒", "颗", "枚", "根", "片")
_SYNONYMS = {
    "pcs": "件", "pc": "件", "piece": "件", "pieces": "件", "ea": "件", "each": "件", "set": "件", "sets": "件",
    "kpcs": "千件", "mpcs": "千件", "1000pcs": "千件", "k": "千件", "c": "百件",
    "公斤": "kg", "千克": "kg", "kgs": "kg", "克": "g", "t": "吨", "公吨": "吨", "ton": "吨", "tons": "吨",
}  # fmt: skip


def unit_of(text: str, field: str | None = None) -> Unit:
    """The unit a person or file means: 千支, 千只, KPCS and 千件 are one. Refuses what is missing or unknown."""
    word = unicodedata.normalize("NFKC", text or "").strip().lower().replace(" ", "").rstrip(".")
    if not word:
        raise Refused(UNIT_MISSING, field)
    if word in UNITS:
        return UNITS[word]
    if word in _SYNONYMS:
        return UNITS[_SYNONYMS[word]]
    head, tail = (word[0], word[1:]) if word[0] in "百千万" else ("", word)
    if tail in PIECE_WORDS:
        return UNITS[head + PIECE]
    raise Refused(UNKNOWN_UNIT, field, unit=text.strip()[:20])


def labelled(unit: str, label: str) -> str:
    """The unit in the word of the item: 千件 of screws that are counted in 支 is 千支."""
    return unit.replace(PIECE, label) if label and label != KILOGRAM else unit


def number(text: str | int | Decimal, field: str | None = None) -> Decimal:
    """A finite decimal as typed: full-width digits and thousands commas are read, NaN and 10³⁰ are refused."""
    if isinstance(text, int | Decimal):
        value = Decimal(text)
    else:
        shown = text.strip()[:40]
        try:
            value = Decimal(unicodedata.normalize("NFKC", text).strip().replace(",", "").replace("_", "?"))
        except (InvalidOperation, ValueError):
            raise Refused(NOT_A_NUMBER, field, given=shown) from None
    if not value.is_finite():
        raise Refused(NOT_A_NUMBER, field, given=str(text).strip()[:40])
    if value.copy_abs() > LARGEST:
        raise Refused(TOO_LARGE, field, given=str(text).strip()[:40])
    if not value:
        return Decimal(0)
    if -int(value.as_tuple().exponent) > FINEST:  # as a fraction, 1e-999999999 would fill the memory
        raise Refused(TOO_FINE, field, digits=FINEST)
    return value


def half_up(value: Fraction | Decimal) -> int:
    """To the nearest integer, halves away from zero."""
    if isinstance(value, Decimal):
        return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    sign = -1 if value < 0 else 1
    return sign * int((abs(value) * 2 + 1) // 2)


@dataclass(frozen=True)
class Weight:
    """A piece weight as a ratio: `micro` millionths of a kg for `pieces` pieces (40.20 kg / 1,000 件)."""

    micro: int
    pieces: int = 1000

    def __bool__(self) -> bool:
        return self.micro > 0 and self.pieces > 0

    @property
    def kg_per_piece(self) -> Fraction:
        return Fraction(self.micro, 10**6 * self.pieces)


@dataclass(frozen=True, order=True)
class Quantity:
    """An amount in a base unit: `milli` thousandths of 件 or kg."""

    milli: int
    base: str = PIECE

    @classmethod
    def entered(
        cls,
        value: str | Decimal,
        unit: str,
        base: str,
        weight: Weight | None = None,
        item: str = "",
        field: str = "quantity",
    ) -> "Quantity":
        """What somebody entered with its unit, in the item's base unit. Must be more than 0 after rounding."""
        amount, entered_in = number(value, field), unit_of(unit, "unit" if field == "quantity" else field)
        milli = half_up(convert(Fraction(amount) * MILLI, entered_in, base, weight, item, field))
        if milli <= 0:
            raise Refused(NOT_POSITIVE, field)
        if milli > LARGEST:
            raise Refused(TOO_LARGE, field, given=str(value).strip()[:40])
        return cls(milli, base)

    def in_unit(self, unit: str, weight: Weight | None = None) -> Decimal:
        """The same amount in another unit, at most 6 decimals."""
        target = unit_of(unit)
        raw = convert_from_base(Fraction(self.milli, MILLI), self.base, target, weight)
        return (
            (Decimal(raw.numerator) / Decimal(raw.denominator))
            .quantize(Decimal("0.000001"), ROUND_HALF_UP)
            .normalize()
        )

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.milli) / MILLI

    def __str__(self) -> str:
        return plain(self.decimal)


def convert(
    amount: Fraction, unit: Unit, base: str, weight: Weight | None, item: str = "", field: str | None = None
) -> Fraction:
    """`amount` of `unit` in the base unit; between pieces and kg through the piece weight."""
    in_own_base = amount * unit.factor
    if unit.base == base:
        return in_own_base
    if not weight:
        raise Refused(UNIT_MISMATCH, field, unit=unit.code, item=item or "?")
    return in_own_base / weight.kg_per_piece if base == PIECE else in_own_base * weight.kg_per_piece


def convert_from_base(
    amount: Fraction, base: str, unit: Unit, weight: Weight | None, item: str = ""
) -> Fraction:
    if unit.base == base:
        return amount / unit.factor
    if not weight:
        raise Refused(UNIT_MISMATCH, None, unit=unit.code, item=item or "?")
    other = amount * weight.kg_per_piece if base == PIECE else amount / weight.kg_per_piece
    return other / unit.factor


def plain(value: Decimal) -> str:
    """Without exponent and without trailing zeros: 4000, 0.5, 7.498."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(milli: int) -> str:
    """A stored quantity for people: 5,000 or 303.6."""
    return f"{Decimal(milli) / MILLI:,f}".rstrip("0").rstrip(".") if milli % MILLI else f"{milli // MILLI:,}"
