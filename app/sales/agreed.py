"""What an order takes over from its customer's file: it keeps its own copy, so that a later change of the file leaves it be."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.core import text
from app.core.quantities import half_up, number, plain
from app.core.refusals import NOT_A_CHOICE, TOO_HIGH, Refused
from app.core.words import N_, Word
from app.parties.terms import CLOSING, COUNTED_FROM
from app.sales.problems import Problems
from app.sales.refusals import PERCENT_WRONG

MOST_DAYS, LAST_DAY = 730, 31
TEXTS = {"contact": 60, "phone": 40, "address": 300, "label_demand": 500, "marks": 500, "packing_demand": 500}
GATES = ("deposit_gate", "balance_gate")
"""Taken as the file says; afterwards only `orders.waive` opens one."""
COLUMNS = (
    *TEXTS, "payment_days", "terms_from", "closing_day", "deposit_percent", "over_percent", "under_percent", *GATES,
)  # fmt: skip
LABELS: dict[str, Word] = {
    "contact": N_("Contact"), "phone": N_("Phone"), "address": N_("Delivery address"), "payment_days": N_("Days of the terms"),
    "terms_from": N_("Days count from"), "closing_day": N_("Closing day"), "deposit_percent": N_("Deposit %"),
    "over_percent": N_("Over-delivery up to percent"), "under_percent": N_("Short delivery up to percent"),
    "label_demand": N_("Label"), "marks": N_("Shipping marks"), "packing_demand": N_("Packing"),
}  # fmt: skip

NOBODY: dict[str, Any] = {
    "id": 0, "code": "", "name": "", "short_name": "", "currency": "CNY", "tax_included": True, "trade_term": "", "tax_rate": 1300,
    **dict.fromkeys(TEXTS, ""), "payment_days": 0, "terms_from": CLOSING, "closing_day": 0, "deposit_percent": 0,
    "over_percent": 3, "under_percent": 3, **dict.fromkeys(GATES, False),
}  # fmt: skip
"""The file of a customer who is not known."""


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """As entered with an order; what is left empty is as the customer's file says."""

    contact: str = ""
    phone: str = ""
    address: str = ""
    payment_days: str | Decimal = ""
    terms_from: str = ""
    closing_day: str | Decimal = ""
    deposit_percent: str | Decimal = ""
    over_percent: str | Decimal = ""
    under_percent: str | Decimal = ""
    label_demand: str = ""
    marks: str = ""
    packing_demand: str = ""


def take(agreed: Agreed, customer: Mapping[str, Any], problems: Problems) -> dict[str, Any]:
    """The order's columns: what is entered, else what the customer's file says; problems at their fields."""
    taken = {column: customer[column] for column in COLUMNS}
    for name, limit in TEXTS.items():
        entered = text.clean_lines(getattr(agreed, name))
        if entered:
            problems.fit(name, entered, limit)
            taken[name] = entered[:limit]
    for name, most in (("payment_days", MOST_DAYS), ("closing_day", LAST_DAY)):
        taken[name] = whole(name, getattr(agreed, name), most, taken[name], problems)
    for name in ("over_percent", "under_percent"):
        taken[name] = percent(name, getattr(agreed, name), taken[name], problems)
    taken["deposit_percent"] = hundredths(
        "deposit_percent", agreed.deposit_percent, taken["deposit_percent"], problems
    )
    if agreed.terms_from:
        if agreed.terms_from not in dict(COUNTED_FROM):
            problems.note("terms_from", Refused(NOT_A_CHOICE, given=agreed.terms_from[:40]))
        taken["terms_from"] = agreed.terms_from[:20]
    return taken


def shown(row: Mapping[str, Any]) -> dict[str, str]:
    """The columns of an order or a customer's file as a form writes them."""
    written = {name: str(row[name] if row[name] is not None else "") for name in LABELS}
    return written | {"deposit_percent": plain(Decimal(row["deposit_percent"]) / 100)}


def again(row: Any) -> Agreed:
    """What a quotation or a framework order agreed, to be entered with the order that it becomes."""
    return Agreed(**shown({name: getattr(row, name) for name in LABELS}))


def differences(order: Mapping[str, Any], customer: Mapping[str, Any]) -> set[str]:
    """In which columns the order does not say what the customer's file says now."""
    return {name for name in LABELS if order[name] != customer[name]}


def whole(at: str, given: str | Decimal, most: int, usual: int, problems: Problems) -> int:
    """A whole number, as days are given."""
    value = _number(at, given, problems)
    if value is None:
        return usual
    if value != int(value) or value < 0 or value > most:
        problems.note(at, Refused(TOO_HIGH, most=most))
        return usual
    return int(value)


def percent(at: str, given: str | Decimal, usual: int, problems: Problems) -> int:
    """Whole percent, as tolerances are given."""
    value = _number(at, given, problems)
    if value is None:
        return usual
    if value != int(value) or not 0 <= value <= 100:
        problems.note(at, Refused(PERCENT_WRONG))
        return usual
    return int(value)


def hundredths(at: str, given: str | Decimal, usual: int, problems: Problems) -> int:
    """Percent at 10⁻⁴; below 1 it is a fraction: 0.13 is 13 %."""
    value = _number(at, given, problems)
    if value is None:
        return usual
    scaled = half_up(Fraction(value) * (10_000 if 0 < value < 1 else 100))
    if not 0 <= scaled <= 10_000:
        problems.note(at, Refused(PERCENT_WRONG))
        return usual
    return scaled


def _number(at: str, given: str | Decimal, problems: Problems) -> Decimal | None:
    if str(given).strip() == "":
        return None
    try:
        return number(given)
    except Refused as refused:
        problems.note(at, refused)
        return None
