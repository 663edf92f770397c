"""Numbers as order files write them: 1,234.50 · １２０ · 5千支 · 1.2万 · ¥86.50/千支 · 4.000 (4 or 4000?)."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.core.quantities import Unit, plain
from app.core.text import clean
from app.intake.readers.currencies import currency_in
from app.intake.readers.reading import Raw, exact, shown
from app.intake.readers.units import unit_in

LARGEST = Decimal(10) ** 12
_SCALES = {"百": 100, "k": 1000, "千": 1000, "w": 10_000, "万": 10_000, "百万": 10**6, "亿": 10**8}
_FREE = {"免费", "赠送", "免", "赠", "不计价", "foc", "free", "free of charge", "无偿"}
_NOTHING = {"", "-", "--", "/", "\\", "—", "无", "n/a", "na", "待定", "tbd"}
_NUMBER = re.compile(
    r"^(?P<about>大约|约|≈|~)?\s*(?P<before>[^\d\s.+(-]{0,4}|us ?\$|rmb ?¥)\s*"
    r"(?P<sign>[+-]|\()?\s*(?P<digits>\d[\d.,' ]*|\.\d+)(?P<power>e[+-]?\d{1,3}(?![a-z]))?\)?"
    r"\s*(?P<tail>.*)$"
)
_BRACKETS = re.compile(r"\([^()]*\)")
DOT_IS_DECIMAL = re.compile(r"^\D*(?:\d+,)*\d+\.(?:\d{1,2}|\d{4,})\b|^\D*0\.\d+\b|\d,\d{3}\.\d")
DOT_IS_THOUSANDS = re.compile(r"^\D*\d{1,3}(?:\.\d{3}){2,}\b|^\D*\d{1,3}(?:\.\d{3})+,\d|^\D*\d+,\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell says. `value` counts `unit` where the cell names one; a bare 万 is multiplied in.

    `other` is the second reading of an ambiguous number; `code` names the problem ('' is none)."""

    value: Decimal | None = None
    unit: Unit | None = None
    per: Unit | None = None  # ¥86.50/千支: the price is per 千支
    currency: str = ""
    other: Decimal | None = None
    scaled: bool = False
    sure: float = 1.0
    code: str = ""


def is_nothing(raw: Raw) -> bool:
    """An empty cell, or one that says so: -, /, 待定."""
    if raw is None:
        return True
    text = clean(raw).lower() if isinstance(raw, str) else "…"
    return text in _NOTHING or not text.strip("-—–_=")


def number_in(raw: Raw) -> Number:
    """The number in a cell; never guesses between two readings without saying so."""
    if raw is None or isinstance(raw, bool | date):
        return Number(code="NOT_A_NUMBER")
    if isinstance(raw, int | float):
        return _judged(Number(Decimal(raw) if isinstance(raw, int) else exact(raw)))
    text = clean(raw).lower()
    if text in _FREE:
        return Number(Decimal(0), sure=0.9)
    match = _NUMBER.match(text) if len(text) <= 64 else None
    if not match:
        return Number(code="NOT_A_NUMBER")
    currency = currency_in(match["before"])
    if match["before"] and not currency:
        return Number(code="NOT_A_NUMBER")
    value, other = decimals(match["digits"])
    if value is None:
        return Number(code="NOT_A_NUMBER")
    power = Decimal(f"1{match['power']}") if match["power"] else Decimal(1)
    sign = -1 if match["sign"] in ("-", "(") else 1
    number = Number(value * power * sign, currency=currency, other=other and other * sign)
    if match["about"]:
        number = replace(number, sure=0.5)
    return _judged(_with_tail(number, match["tail"].strip()))


def _with_tail(number: Number, tail: str) -> Number:
    """What follows the figures: a scale, a unit, a currency, `/unit`."""
    if remark := _BRACKETS.search(tail):
        unit = unit_in(remark[0])
        told = (
            0.6 if unit is None and re.search(r"\d", remark[0]) else 0.85
        )  # 5000（含备品100）is asked about
        number = replace(number, unit=unit, sure=min(number.sure, told))
        tail = _BRACKETS.sub("", tail).strip()
    if not tail:
        return number
    if tail in _SCALES and number.value is not None:
        scale = _SCALES[tail]
        return replace(
            number, value=number.value * scale, other=number.other and number.other * scale, scaled=True
        )
    money, slash, per = tail.partition("/")
    if slash or money.startswith("每"):
        currency = currency_in(money) or number.currency
        unit = unit_in(per or money)
        named = bool(unit) and (not money.strip() or bool(currency))
        return replace(number, per=unit, currency=currency, code="" if named else "UNIT_UNKNOWN")
    if currency := currency_in(tail):
        return replace(number, currency=currency)
    if unit := unit_in(tail):
        return replace(number, unit=unit)
    return replace(number, code="NOT_A_NUMBER" if re.search(r"\d", tail) else "UNIT_UNKNOWN")


def _judged(number: Number) -> Number:
    if number.value is None or number.code == "NOT_A_NUMBER" or not number.value.is_finite():
        return Number(code="NOT_A_NUMBER")
    if abs(number.value) > LARGEST:
        return Number(code="NUMBER_TOO_LARGE")
    if number.value < 0:
        return replace(number, sure=0.3, code="NUMBER_NEGATIVE")
    if number.other is not None:
        return replace(number, sure=0.3, code=number.code or "NUMBER_AMBIGUOUS")
    return number


def decimals(digits: str) -> tuple[Decimal | None, Decimal | None]:
    """The value of figures with separators, and its other possible value: '4.000' → (4, 4000)."""
    figures = re.sub(r"[' ]", "", digits).rstrip(".,")
    if not figures or figures.count(",") + figures.count(".") > 8:
        return None, None
    last = max(figures.rfind(","), figures.rfind("."))
    if last < 0:
        return Decimal(figures), None
    mark, other_mark = figures[last], "," if figures[last] == "." else "."
    groups = figures.split(mark)
    in_threes = all(len(g) == 3 for g in groups[1:]) and 1 <= len(groups[0]) <= 3
    if other_mark in figures:
        whole = figures[:last].split(other_mark)
        good = len(groups) == 2 and all(len(g) == 3 for g in whole[1:]) and len(whole[0]) <= 3
        return (Decimal("".join(whole) + "." + figures[last + 1 :]), None) if good else (None, None)
    if len(groups) > 2:
        return (Decimal("".join(groups)), None) if in_threes else (None, None)
    as_decimal, as_whole = Decimal(figures.replace(",", ".")), Decimal("".join(groups))
    if mark == ",":
        if in_threes and groups[0] != "0":
            return as_whole, None
        return as_decimal, as_whole if groups[0].strip("0") else None
    return (as_decimal, as_whole) if in_threes and groups[0].strip("0") else (as_decimal, None)


def lost_digits(raw: Raw) -> bool:
    """A figure of 16 digits and more in a number cell is rounded already."""
    return isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= 1e15


def either(number: Number) -> dict[str, str]:
    """The two readings of an ambiguous number, for its sentence."""
    one, other = number.value, number.other
    return {"one": plain(one) if one is not None else "", "other": plain(other) if other is not None else ""}


def settled(number: Number, raw: Raw, dot: str) -> Number:
    """The same number once the rest of the sheet has shown what its dots mean: 'decimal' or 'thousands'.

    The other reading stays at hand: an amount that only it fits is the better witness."""
    if number.code != "NUMBER_AMBIGUOUS" or not dot:
        return number
    as_decimal = (dot == "decimal") != ("," in shown(raw))
    value, other = (number.value, number.other) if as_decimal else (number.other, number.value)
    return replace(number, value=value, other=other, sure=0.9, code="")
