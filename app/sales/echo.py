"""What an entered quantity and price mean, said back before it is written: 5 千支 = 5,000 支 ≈ 201 kg = ¥1,340.00."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from app.core import money
from app.core.money import Money, line_amount, price_micro
from app.core.quantities import (
    KILOGRAM,
    MILLI,
    PIECE,
    Quantity,
    Weight,
    convert,
    convert_from_base,
    half_up,
    labelled,
    plain,
    shown,
    unit_of,
)
from app.core.refusals import Refused
from app.core.words import _
from app.pricing.prices import Found
from app.sales.items import Ordered

UNUSUAL = 3
"""A price this many times above or below the usual one is asked about."""


@dataclass(frozen=True)
class Echo:
    """The sentence, and a warning where the price is far from the usual one."""

    text: str
    warning: str = ""


@lru_cache(2000)
def weighed(quantity: Quantity, weight: Weight) -> str:
    """The kilograms of a quantity of pieces, '' where the piece weight is not known."""
    if quantity.base != PIECE or not weight:
        return ""
    kilograms = convert_from_base(Fraction(quantity.milli, MILLI), PIECE, unit_of(KILOGRAM), weight)
    digits = 0 if kilograms >= 100 else 1 if kilograms >= 1 else 3
    rounded = Decimal(half_up(kilograms * 10**digits)).scaleb(-digits)
    return f"{rounded:,f}".rstrip("0").rstrip(".") + " kg" if digits else f"{rounded:,f} kg"


def in_unit(milli: int, line: Mapping[str, Any]) -> str:
    """So much of a line in its own unit, as it is entered: 5 (千支)."""
    if not milli:
        return "0"
    weight = Weight(line["weight_micro"], line["weight_pieces"])
    return plain(Quantity(milli, line["base_unit"]).in_unit(line["unit"], weight))


def in_base(quantity: Quantity, label: str, weight: Weight) -> str:
    """5,000 支 ≈ 201 kg."""
    kilograms = weighed(quantity, weight)
    return f"{shown(quantity.milli)} {label}" + (f" ≈ {kilograms}" if kilograms else "")


def echo(
    item: Ordered,
    quantity: str,
    unit: str,
    price: str,
    price_unit: str,
    currency: str,
    listed: Found | None = None,
) -> Echo:
    """Refused for what cannot be read; a missing price is that of the price list, or is simply not echoed."""
    meant = Quantity.entered(quantity, unit, item.base_unit, item.weight, item.code)
    entered = f"{quantity.strip()} {labelled(unit_of(unit).code, item.unit_label)}"
    text = f"{entered} = {in_base(meant, item.unit_label, item.weight)}"
    by_list = ""
    if not price.strip() and listed is not None:
        price, price_unit = money.price_shown(listed.price), listed.price_unit
        per = labelled(listed.price_unit, item.unit_label)
        by_list = " · " + _(
            "%(price)s per %(unit)s by price list %(list)s", price=price, unit=per, list=listed.list
        )
    if not price.strip() or not price_unit.strip():
        return Echo(text)
    micro = price_micro(price)
    amount = line_amount(meant, micro, price_unit, currency, True, 0, item.weight, item.code).gross
    warning = unusual(item, micro, price_unit, currency, listed)
    return Echo(f"{text} = {Money(amount, currency).shown()}{by_list}", warning)


def unusual(item: Ordered, price: int, price_unit: str, currency: str, listed: Found | None = None) -> str:
    """A warning when a price (10⁻⁶) is more than three times off the price list's or, in CNY, the item's usual one."""
    usual, per = item.usual_price_micro if currency == "CNY" else 0, item.usual_price_unit
    if listed is not None:
        usual, per = listed.price, listed.price_unit
    if not price or not usual or not per:
        return ""
    try:
        given, expected = price / _base_units(item, price_unit), usual / _base_units(item, per)
    except Refused:
        return ""
    if expected / UNUSUAL <= given <= expected * UNUSUAL:
        return ""
    shown_price, unit = (
        f"{money.SYMBOLS[currency]}{money.price_figure(usual)}",
        labelled(per, item.unit_label),
    )
    if listed is not None:
        return _(
            "The price list says %(price)s per %(unit)s: more than three times off",
            price=shown_price,
            unit=unit,
        )
    return _(
        "The usual price is %(price)s per %(unit)s: more than three times off", price=shown_price, unit=unit
    )


def _base_units(item: Ordered, unit: str) -> Fraction:
    return convert(Fraction(1), unit_of(unit), item.base_unit, item.weight, item.code)


@lru_cache(5000)
def short(entered: str, unit: str, label: str) -> str:
    """A quantity as the customer wrote it: 5 千支."""
    return f"{grouped(entered)} {labelled(_code(unit), label)}"


def grouped(entered: str) -> str:
    try:
        value = Decimal(entered.replace(",", ""))
    except ArithmeticError:
        return entered
    return f"{value:,f}" if value == value.to_integral_value() and "." not in entered else plain(value)


def _code(unit: str) -> str:
    try:
        return unit_of(unit).code
    except Refused:
        return unit
