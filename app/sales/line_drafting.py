"""A line of what somebody wants to order: as entered, and as it may be written once item, quantity, units and price are checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.core import text
from app.core.money import LineAmount, line_amount, price_micro
from app.core.quantities import PIECE, Quantity, Weight, unit_of
from app.core.refusals import NOT_A_CHOICE, REQUIRED, TOO_LARGE, UNIT_MISSING, Refused
from app.custom_fields import values as custom
from app.custom_fields.defined import Fields
from app.pricing.prices import Asked, Found, prices_of
from app.sales import schedules
from app.sales.agreed import hundredths, percent
from app.sales.items import Ordered
from app.sales.problems import Problems
from app.sales.refusals import FREE_COSTS_NOTHING
from app.sales.schedules import NewSchedule, Schedule
from app.sales.states import GIVEN_AWAY, KINDS, NORMAL, SAMPLE, SERVICE

LARGEST_AMOUNT = 10**15  # minor units: what is above is a typing error, and sums stay within 64 bits
_TEXTS = (("customer_item", 80), ("drawing_revision", 20), ("spec", 200), ("remark", 300))
Standing = Mapping[int, str]
"""The custom fields that an order has so far, under 0, and its lines, under their numbers."""


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """A line as entered. `item` is our id or code, `customer_item` the customer's part number; one is needed.

    Without a `unit_price` the customer's price list gives it; without tolerances those of the order hold.
    `quantity` with `unit`, `unit_price` per `price_unit`, `tax_rate` and tolerances in percent (a tax rate below 1
    is a fraction: 0.13). `line_no` names an existing line when a draft is edited. `schedules`: several deliveries.
    """

    quantity: str | Decimal
    unit: str
    item: int | str = ""
    customer_item: str = ""
    unit_price: str | Decimal = ""
    price_unit: str = ""
    kind: str = NORMAL
    tax_rate: str | Decimal = ""
    over_percent: str | Decimal = ""
    under_percent: str | Decimal = ""
    due_date: date | None = None
    schedules: Sequence[NewSchedule] = ()
    drawing_revision: str = ""
    spec: str = ""
    remark: str = ""
    line_no: int = 0
    custom: Any = None
    kept: str | None = None


@dataclass(frozen=True)
class DraftLine:
    """A line that may be written: all in base units and scaled integers."""

    line_no: int
    kind: str
    item: Ordered
    customer_item: str
    drawing_revision: str
    spec: str
    entered: str
    unit: str
    quantity: Quantity
    price: int
    price_unit: str
    price_from: str
    tax_rate: int
    amount: LineAmount
    over_percent: int
    under_percent: int
    schedules: Sequence[Schedule]
    remark: str
    custom: str

    @property
    def in_stock(self) -> bool:
        return self.item.kind != SERVICE


async def listed(
    lines: Sequence[NewLine], items: Sequence[Ordered | None], head: dict[str, Any], customer: dict[str, Any]
) -> list[Found | None]:
    """For lines without a price what the customer's price list says."""
    asked = {
        i: a
        for i, pair in enumerate(zip(lines, items, strict=True))
        if (a := _asked(*pair, customer["tax_rate"]))
    }
    found = await prices_of(
        customer["id"], list(asked.values()), head["order_date"], currency=head["currency"],
        tax_included=head["tax_included"],
    )  # fmt: skip
    prices = dict(zip(asked, found, strict=True))
    return [prices.get(i) for i in range(len(lines))]


def _asked(line: NewLine, item: Ordered | None, tax_rate: int) -> Asked | None:
    if item is None or str(line.unit_price).strip() or line.kind in (*GIVEN_AWAY, SAMPLE):
        return None
    try:
        quantity = Quantity.entered(line.quantity, line.unit, item.base_unit, item.weight, item.code)
    except Refused:
        return None
    return Asked(item.id, quantity, item.weight, tax_rate)


def read(
    at: str,
    new: NewLine,
    item: Ordered | None,
    found: Found | None,
    head: dict[str, Any],
    customer: dict[str, Any],
    fields: Fields,
    standing: Standing,
    problems: Problems,
) -> DraftLine | None:
    """The line as it would be written; None where anything is wrong with it, which is noted under `at`."""
    before = len(problems.found)
    kind = text.clean(new.kind) or NORMAL
    if kind not in KINDS:
        problems.note(f"{at}-kind", Refused(NOT_A_CHOICE, given=kind[:40]))
    quantity = _quantity(at, new, item, problems)
    price, price_unit = (found.price, found.price_unit) if found else _price(at, new, kind, problems)
    tax_rate = hundredths(f"{at}-tax_rate", new.tax_rate, customer["tax_rate"], problems)
    over = percent(f"{at}-over_percent", new.over_percent, head["over_percent"], problems)
    under = percent(f"{at}-under_percent", new.under_percent, head["under_percent"], problems)
    texts = {name: problems.fit(f"{at}-{name}", getattr(new, name), limit) for name, limit in _TEXTS}
    due = schedules.read(at, new, quantity, head["due_date"], item, problems) if item and quantity else []
    kept = custom.read(fields, new.custom, standing.get(new.line_no or -1, new.kept), problems.under(at))
    if item is None or quantity is None or len(problems.found) > before:
        return None
    amount = _amount(at, new, item, quantity, price, price_unit, tax_rate, head, problems)
    if amount is None:
        return None
    return DraftLine(
        line_no=new.line_no, kind=kind, item=item,
        entered=text.clean(str(new.quantity))[:40], unit=text.clean(new.unit)[:10], quantity=quantity,
        price=price, price_unit=price_unit, price_from=found.list if found else "", tax_rate=tax_rate, amount=amount,
        over_percent=over, under_percent=under, schedules=due, custom=kept,
        **{**texts, "drawing_revision": texts["drawing_revision"] or item.drawing_revision},
    )  # fmt: skip


def _amount(
    at: str, new: NewLine, item: Ordered, quantity: Quantity, price: int, price_unit: str, tax_rate: int, head: dict[str, Any],
    problems: Problems,
) -> LineAmount | None:  # fmt: skip
    """What the line comes to, in the order's currency."""
    currency, included = str(head["currency"]), bool(head["tax_included"])
    try:
        amount = line_amount(
            quantity, price, price_unit, currency, included, tax_rate, item.weight, item.code
        )
    except Refused as refused:
        problems.note(f"{at}-price_unit", refused)
        return None
    if amount.gross > LARGEST_AMOUNT:
        problems.note(f"{at}-unit_price", Refused(TOO_LARGE, given=str(new.unit_price)[:40]))
    return amount


def _quantity(at: str, new: NewLine, item: Ordered | None, problems: Problems) -> Quantity | None:
    """What is ordered. Figure and unit are looked at apart, and without an item too, so that all that is wrong is told at once."""
    if str(new.quantity).strip() == "":
        problems.note(f"{at}-quantity", Refused(REQUIRED))
        return None
    unit = None
    try:
        unit = unit_of(new.unit)
    except Refused as refused:
        problems.note(f"{at}-unit", refused)
    base = item.base_unit if item else unit.base if unit else PIECE
    weight, code = (item.weight, item.code) if item else (Weight(0), "")
    try:
        quantity = Quantity.entered(new.quantity, unit.code if unit else base, base, weight, code)
    except Refused as refused:
        at_unit = refused.reason.code == "unit_mismatch"
        problems.note(f"{at}-unit" if at_unit else f"{at}-quantity", refused)
        return None
    return quantity if unit else None


def _price(at: str, new: NewLine, kind: str, problems: Problems) -> tuple[int, str]:
    """The price at 10⁻⁶ and its unit; a priced line must say per what."""
    try:
        price = price_micro(new.unit_price) if str(new.unit_price).strip() else 0
        if price and kind in GIVEN_AWAY:
            problems.note(f"{at}-unit_price", Refused(FREE_COSTS_NOTHING, kind=KINDS[kind]))
        if price and not new.price_unit.strip():
            problems.note(f"{at}-price_unit", Refused(UNIT_MISSING))
            return price, ""
        return price, unit_of(new.price_unit or new.unit or PIECE).code
    except Refused as refused:
        at_unit = refused.reason.code == "unknown_unit"
        problems.note(f"{at}-price_unit" if at_unit else f"{at}-unit_price", refused)
        return 0, ""
