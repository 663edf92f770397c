"""Which of several prices counts. Pure."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from app.core.money import TAX
from app.core.quantities import MILLI, Quantity, Weight, convert_from_base, half_up, unit_of
from app.core.refusals import Refused

Row = Mapping[str, Any]


def best(rows: Sequence[Row], quantity: Quantity, weight: Weight) -> Row | None:
    """Of an item's valid prices the customer's own before the general one, and of its breaks the highest that is reached."""
    for own in (True, False):
        reached = [r for r in rows if bool(r["customer"]) is own and _reached(r, quantity, weight)]
        if reached:
            return max(reached, key=lambda r: r["from_q"])
    return None


def _reached(row: Row, quantity: Quantity, weight: Weight) -> bool:
    """Whether so much is ordered; a unit that cannot be converted without a piece weight is not reached."""
    try:
        given = convert_from_base(
            Fraction(quantity.milli, MILLI), quantity.base, unit_of(row["price_unit"]), weight
        )
    except Refused:
        return False
    return given * MILLI >= row["from_q"]


def taxed(micro: int, included: bool, wanted: bool, tax_rate: int) -> int:
    """A price with tax as one without, or the other way round; `tax_rate` at 10⁻⁴."""
    if included is wanted:
        return micro
    with_tax = Fraction(TAX + tax_rate, TAX)
    return half_up(micro * with_tax if wanted else micro / with_tax)


def off_percent(asked: Fraction, listed: Fraction) -> Fraction:
    """How many percent below the list a price is; above it is less than nothing."""
    return (listed - asked) * 100 / listed if listed else Fraction(0)
