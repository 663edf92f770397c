"""What an item costs a customer: `price_of` for one, `prices_of` for the lines of a whole order in one read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core import db
from app.core.quantities import Quantity, Weight
from app.pricing import rules

_AT_ONCE = 400


@dataclass(frozen=True)
class Asked:
    """So much of an item, with what converts it; `tax_rate` at 10⁻⁴ turns a price with tax into one without."""

    item: int
    quantity: Quantity
    weight: Weight
    tax_rate: int = 1300


@dataclass(frozen=True)
class Found:
    """A price at 10⁻⁶ per unit, in the currency and tax that were asked for, and the list it comes from."""

    price: int
    price_unit: str
    list: str
    list_name: str
    own: bool
    from_q: int


async def price_of(
    customer: int, asked: Asked, on: date, *, currency: str = "CNY", tax_included: bool = True
) -> Found | None:
    """What this much of an item costs the customer on a day; None where no list says."""
    [found] = await prices_of(customer, [asked], on, currency=currency, tax_included=tax_included)
    return found


async def prices_of(
    customer: int, asked: Sequence[Asked], on: date, *, currency: str = "CNY", tax_included: bool = True
) -> list[Found | None]:
    """The price of each, None where no list says."""
    valid = await _valid(customer, sorted({a.item for a in asked}), on, currency)
    return [_found(a, valid.get(a.item, []), tax_included) for a in asked]


def _found(asked: Asked, rows: list[dict[str, Any]], tax_included: bool) -> Found | None:
    row = rules.best(rows, asked.quantity, asked.weight)
    if row is None:
        return None
    price = rules.taxed(row["price_micro"], bool(row["tax_included"]), tax_included, asked.tax_rate)
    return Found(price, row["price_unit"], row["code"], row["name"], bool(row["customer"]), row["from_q"])


async def _valid(customer: int, items: list[int], on: date, currency: str) -> dict[int, list[dict[str, Any]]]:
    """All prices of these items that are valid for the customer on the day."""
    valid: dict[int, list[dict[str, Any]]] = {}
    for start in range(0, len(items), _AT_ONCE):
        rows = await db.rows(
            "select p.item, p.from_q, p.price_micro, p.price_unit, l.code, l.name, l.customer, l.tax_included"
            " from prices p join price_lists l on l.id = p.price_list"
            " where {} and l.active and l.currency = {} and l.valid_from <= {} and (l.valid_to is null or l.valid_to >= {})"
            " and (l.customer = {} or l.customer is null)",
            db.any_of("p.item", items[start : start + _AT_ONCE]), currency, on, on, customer,
        )  # fmt: skip
        for row in rows:
            valid.setdefault(row["item"], []).append(row)
    return valid
