"""The facts of a framework order that approval rules look at, now and of last month's."""

from datetime import date, datetime
from typing import Any

from app.approvals.commands import PastCase
from app.core import clock, db
from app.core.money import Money, in_cny
from app.frameworks import figures
from app.frameworks.tables import FrameworkOrder
from app.sales import rates, standing

ACTIVATE = "framework_order.activate"


async def facts_of(framework: FrameworkOrder) -> dict[str, Any]:
    """What rules look at; an amount whose exchange rate nobody knows is unknown."""
    customer = await db.one("select code, level from customers where id = {}", framework.customer)
    assert customer is not None
    rate = framework.rate_micro or await rates.newest(framework.currency)
    amount = str(Money(in_cny(framework.gross, framework.currency, rate))) if rate else None
    return {
        "amount_cny": amount, "discount_percent": str(await discount(framework)), "currency": framework.currency,
        "customer_level": customer["level"], "customer": customer["code"], "beyond_percent": framework.beyond_percent,
    }  # fmt: skip


async def discount(framework: FrameworkOrder) -> Any:
    """How many percent it is below the price list of the day it was written, together."""
    lines = [line for line in await figures.lines_of(framework.id) if line["price_micro"]]
    return standing.below(await standing.beside_the_list(framework, framework.agreed_on, lines))


async def recent(since: date) -> list[PastCase]:
    """The framework orders put in force since then, with the facts a rule would have seen, newest first."""
    began = datetime.combine(since, datetime.min.time(), clock.local(clock.now()).tzinfo)
    rows = await db.report(
        "select o.number, o.customer_name, o.gross_cny, o.currency, o.beyond_percent, c.level, c.code, (select u.id from users u"
        " where u.person = o.salesperson order by u.id limit 1) as asker from framework_orders o join customers c on c.id = o.customer"
        " where o.activated_at >= {} order by o.activated_at desc, o.id desc",
        began,
    )
    return [
        PastCase(f"{row['number']} · {row['customer_name']}", f"/framework-orders/{row['number']}", {
            "amount_cny": str(Money(row["gross_cny"])), "currency": row["currency"], "customer_level": row["level"],
            "customer": row["code"], "beyond_percent": row["beyond_percent"],
        }, row["asker"])
        for row in rows
    ]  # fmt: skip
