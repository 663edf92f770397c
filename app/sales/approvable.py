"""What approval rules may hold back in sales, and what they may look at."""

from datetime import date
from decimal import Decimal
from typing import Any

from app.approvals.commands import CHOICE, MONEY, NUMBER, Command, Fact
from app.core import clock, db
from app.core.money import CURRENCIES
from app.core.words import N_, Word
from app.sales.stake import of_order
from app.sales.states import KINDS

RECENT = 200


async def recent_orders() -> list[dict[str, Any]]:
    """Facts of the last confirmed orders, as a rule would have seen them."""
    rows = await db.rows(
        "select o.gross_cny, o.currency, o.due_date, o.confirmed_at, c.level, c.code from sales_orders o"
        " join customers c on c.id = o.customer where o.confirmed_at is not null order by o.id desc limit {}",
        RECENT,
    )
    return [
        {"amount_cny": str(Decimal(row["gross_cny"]) / 100), "currency": row["currency"], "customer_level": row["level"],
         "customer": row["code"], "due_in_days": _days(row["due_date"], clock.local(row["confirmed_at"]).date())}
        for row in rows
    ]  # fmt: skip


def _days(due: date, confirmed: date) -> int:
    return (due - confirmed).days


CONFIRM_ORDER = Command(
    name="sales_order.confirm",
    label=N_("Confirming a sales order"),
    facts=(
        Fact("amount_cny", N_("order amount in CNY with tax"), MONEY),
        Fact("due_in_days", N_("days to the due date"), NUMBER),
        Fact("currency", N_("currency"), CHOICE, tuple((code, Word(code)) for code in CURRENCIES)),
        Fact("customer_level", N_("customer's level")),
        Fact("customer", N_("customer's code")),
        Fact("kind", N_("kind of line"), CHOICE, tuple(KINDS.items())),
    ),
    href=lambda arguments: f"/orders/{arguments.get('number', '')}",
    recent=recent_orders,
    stake=of_order,
)
