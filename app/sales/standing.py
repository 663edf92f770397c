"""How an order stands to what is agreed: beyond the credit limit, with overdue debts, below the price list."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.core import db
from app.core.money import Money, line_amount
from app.core.quantities import Quantity, Weight, half_up
from app.pricing.prices import Asked, prices_of
from app.pricing.rules import off_percent
from app.sales import exposure
from app.sales.tables import SalesOrder


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
        "select l.item, l.quantity_q, l.tax_rate, l.gross, i.base_unit, i.code, i.weight_micro, i.weight_pieces"
        ' from sales_order_lines l join items i on i.id = l.item where l."order" = {} and l.price_micro > 0',
        order.id,
    )
    asked = [_asked(line) for line in lines]
    listed = await prices_of(
        order.customer,
        asked,
        order.order_date,
        currency=order.currency,
        tax_included=bool(order.tax_included),
    )
    given = whole = 0
    for line, one, price in zip(lines, asked, listed, strict=True):
        if price is not None:
            given += line["gross"]
            whole += _worth(order, line, one, price.price, price.price_unit)
    return Decimal(half_up(off_percent(Fraction(given), Fraction(whole)) * 100)) / 100


def _asked(line: dict[str, Any]) -> Asked:
    weight = Weight(line["weight_micro"], line["weight_pieces"])
    return Asked(line["item"], Quantity(line["quantity_q"], line["base_unit"]), weight, line["tax_rate"])


def _worth(order: SalesOrder, line: dict[str, Any], asked: Asked, price: int, unit: str) -> int:
    return line_amount(
        asked.quantity, price, unit, order.currency, bool(order.tax_included), line["tax_rate"], asked.weight, line["code"]
    ).gross  # fmt: skip
