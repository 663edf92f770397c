"""How an order stands to what is agreed: beyond the credit limit, with overdue debts, below the price list."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from app.core import db
from app.core.money import Money, line_amount
from app.core.quantities import Quantity, Weight, half_up
from app.pricing.prices import Asked, prices_of
from app.pricing.rules import off_percent
from app.sales import exposure
from app.sales.tables import SalesOrder


class AsOrdered(Protocol):
    """An order, or a quotation: whose, in which currency, and whether its prices are with tax."""

    customer: Any
    currency: Any
    tax_included: Any


async def facts(order: SalesOrder) -> dict[str, str]:
    """For approval rules, of an order that is not confirmed yet: CNY over the limit with it, CNY overdue, % off the list."""
    stands = await exposure.of(order.customer)
    return {
        "credit_over": str(Money(stands.over(order.gross_cny))), "overdue": str(Money(stands.overdue)),
        "discount_percent": str(await discount(order)),
    }  # fmt: skip


async def discount(order: SalesOrder) -> Decimal:
    """How many percent its priced lines are below the customer's price list, together; 0 where no list prices them."""
    lines = await db.rows(
        f'select {PRICED} from sales_order_lines l join items i on i.id = l.item where l."order" = {{}} and l.price_micro > 0',
        order.id,
    )
    return below(await beside_the_list(order, order.order_date, lines))


PRICED = "l.item, l.quantity_q, l.tax_rate, l.gross, i.base_unit, i.code, i.weight_micro, i.weight_pieces"
"""What beside_the_list() needs of a line `l` and its item `i`."""


async def beside_the_list(
    order: AsOrdered, on: date, lines: Sequence[Mapping[str, Any]]
) -> list[tuple[int, int]]:
    """Of each line what it costs and what it would by the customer's price list on that day; (0, 0) where no list says."""
    asked = [_asked(line) for line in lines]
    listed = await prices_of(
        order.customer, asked, on, currency=order.currency, tax_included=bool(order.tax_included)
    )
    return [
        (line["gross"], _worth(order, line, one, price.price, price.price_unit)) if price else (0, 0)
        for line, one, price in zip(lines, asked, listed, strict=True)
    ]


def below(pairs: Sequence[tuple[int, int]]) -> Decimal:
    """By how many percent, to the hundredth, what is asked is less than what the list says, together."""
    given, whole = (Fraction(sum(each)) for each in zip(*pairs, strict=True)) if pairs else (Fraction(0),) * 2
    return Decimal(half_up(off_percent(given, whole) * 100)) / 100


def _asked(line: Mapping[str, Any]) -> Asked:
    weight = Weight(line["weight_micro"], line["weight_pieces"])
    return Asked(line["item"], Quantity(line["quantity_q"], line["base_unit"]), weight, line["tax_rate"])


def _worth(order: AsOrdered, line: Mapping[str, Any], asked: Asked, price: int, unit: str) -> int:
    return line_amount(
        asked.quantity, price, unit, order.currency, bool(order.tax_included), line["tax_rate"], asked.weight, line["code"]
    ).gross  # fmt: skip
