"""Money in minor units, prices at 10⁻⁶ per price unit, rates as integers. Every rounding is half up and happens once."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from app.core.quantities import (
    LARGEST,
    MILLI,
    Quantity,
    Weight,
    convert_from_base,
    half_up,
    number,
    plain,
    unit_of,
)
from app.core.refusals import NEGATIVE, NOT_A_CHOICE, TOO_FINE, TOO_LARGE, Refused

CURRENCIES = {"CNY": 2, "USD": 2, "EUR": 2, "GBP": 2, "HKD": 2, "JPY": 0, "KRW": 0}
SYMBOLS = {"CNY": "¥", "USD": "US$", "EUR": "€", "GBP": "£", "HKD": "HK$", "JPY": "JP¥", "KRW": "₩"}
MICRO = 10**6
TAX = 10**4  # a tax rate of 13 % is stored as 1300


def currency_of(text: str, field: str = "currency") -> str:
    code = (text or "").strip().upper()
    code = {
        "RMB": "CNY",
        "¥": "CNY",
        "￥": "CNY",
        "人民币": "CNY",
        "$": "USD",
        "美元": "USD",
        "欧元": "EUR",
    }.get(code, code)
    if code not in CURRENCIES:
        raise Refused(NOT_A_CHOICE, field, given=text[:20])
    return code


def amount(text: str | Decimal, field: str = "amount") -> Decimal:
    """A sum as typed, which may count in 万 or 亿; of pieces that word is a unit, and is not read here."""
    typed = str(text).strip()
    scale = {"万": 4, "亿": 8}.get(typed.removesuffix("元")[-1:], 0)
    if not scale:
        return number(text, field)
    value = number(typed.removesuffix("元")[:-1], field).scaleb(scale)
    if value.copy_abs() > LARGEST:
        raise Refused(TOO_LARGE, field, given=typed[:40])
    return value


@dataclass(frozen=True)
class Money:
    """An amount in minor units of its currency."""

    minor: int
    currency: str = "CNY"

    @classmethod
    def entered(cls, text: str | Decimal, currency: str = "CNY", field: str = "amount") -> "Money":
        value = amount(text, field)
        digits = CURRENCIES[currency]
        if value != value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):
            raise Refused(TOO_FINE, field, digits=digits)
        return cls(int(value.scaleb(digits)), currency)

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.minor).scaleb(-CURRENCIES[self.currency])

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} + {other.currency}")
        return Money(self.minor + other.minor, self.currency)

    def __str__(self) -> str:
        return f"{self.decimal:f}"

    def shown(self) -> str:
        """For people: ¥186,420.00."""
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{SYMBOLS[self.currency]}{self._grouped()}"

    def figure(self) -> str:
        """Without symbol, for columns whose head carries it: 186,420.00."""
        return f"{'-' if self.minor < 0 else ''}{self._grouped()}"

    def _grouped(self) -> str:
        digits = CURRENCIES[self.currency]
        whole, part = divmod(abs(self.minor), 10**digits)
        return f"{whole:,}.{part:0{digits}d}" if digits else f"{whole:,}"


def price_micro(text: str | Decimal, field: str = "unit_price") -> int:
    """A unit price as typed, at 10⁻⁶; zero is a free line, negative and finer than 6 decimals are refused."""
    value = number(text, field)
    if value < 0:
        raise Refused(NEGATIVE, field)
    if value > 10**9:
        raise Refused(TOO_LARGE, field, given=str(text)[:40])
    if value != value.quantize(Decimal("0.000001"), ROUND_HALF_UP):
        raise Refused(TOO_FINE, field, digits=6)
    return int(value.scaleb(6))


def price_shown(micro: int) -> str:
    """A unit price for people and programs, at least 2 decimals: 268.00, 0.0086."""
    text = plain(Decimal(micro) / MICRO)
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals:0<2}"


def price_figure(micro: int) -> str:
    """A unit price for people only: 1,978.47."""
    whole, _, decimals = price_shown(micro).partition(".")
    return f"{int(whole):,}.{decimals}"


@dataclass(frozen=True)
class LineAmount:
    """Net, tax and gross of one line, in minor units."""

    net: int
    tax: int
    gross: int


def line_amount(
    quantity: Quantity, price: int, price_unit: str, currency: str, tax_included: bool, tax_rate: int,
    weight: Weight | None = None, item: str = "",
) -> LineAmount:  # fmt: skip
    """Line = round(quantity × price) half up; the tax is taken out of or put upon it, per line.

    `price` at 10⁻⁶ per `price_unit`, `tax_rate` at 10⁻⁴.
    """
    in_price_unit = convert_from_base(
        Fraction(quantity.milli, MILLI), quantity.base, unit_of(price_unit, "price_unit"), weight, item
    )
    amount = half_up(in_price_unit * price * 10 ** CURRENCIES[currency] / MICRO)
    if tax_included:
        tax = half_up(Fraction(amount * tax_rate, TAX + tax_rate))
        return LineAmount(amount - tax, tax, amount)
    tax = half_up(Fraction(amount * tax_rate, TAX))
    return LineAmount(amount, tax, amount + tax)


def in_cny(minor: int, currency: str, rate_micro: int) -> int:
    """An amount in fen at the locked rate (`rate_micro` = CNY for one unit of the currency × 10⁶)."""
    if currency == "CNY":
        return minor
    return half_up(Fraction(minor * rate_micro * 100, MICRO * 10 ** CURRENCIES[currency]))
