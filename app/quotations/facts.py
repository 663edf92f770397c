"""The facts of a quotation that approval rules look at, now and of last month's quotations."""

from datetime import date, datetime
from typing import Any

from app.approvals.commands import PastCase
from app.core import clock, db
from app.core.money import Money, in_cny
from app.quotations import offering
from app.quotations.tables import Quotation
from app.sales import rates, standing

SEND = "quotation.send"


async def facts_of(quotation: Quotation) -> dict[str, Any]:
    """What rules look at; an amount whose exchange rate nobody knows is unknown."""
    customer = await db.one("select code, level from customers where id = {}", quotation.customer)
    assert customer is not None
    rate = quotation.rate_micro or await rates.newest(quotation.currency)
    amount = str(Money(in_cny(quotation.gross, quotation.currency, rate))) if rate else None
    return {
        "amount_cny": amount, "discount_percent": str(await discount(quotation)), "currency": quotation.currency,
        "customer_level": customer["level"], "customer": customer["code"], "lead_days": quotation.lead_days,
    }  # fmt: skip


async def discount(quotation: Quotation) -> Any:
    """How many percent it is below the price list of the day it was written, together."""
    lines = [line for line in await offering.lines_of(quotation.id) if line["price_micro"]]
    return standing.below(await standing.beside_the_list(quotation, quotation.quoted_on, lines))


async def recent(since: date) -> list[PastCase]:
    """The quotations sent since then, with the facts a rule would have seen, newest first."""
    began = datetime.combine(since, datetime.min.time(), clock.local(clock.now()).tzinfo)
    rows = await db.report(
        "select o.number, o.customer_name, o.gross_cny, o.currency, o.lead_days, c.level, c.code, (select u.id from users u"
        " where u.person = o.salesperson order by u.id limit 1) as asker from quotations o join customers c on c.id = o.customer"
        " where o.sent_at >= {} order by o.sent_at desc, o.id desc",
        began,
    )
    return [
        PastCase(f"{row['number']} · {row['customer_name']}", f"/quotations/{row['number']}", {
            "amount_cny": str(Money(row["gross_cny"])), "currency": row["currency"], "customer_level": row["level"],
            "customer": row["code"], "lead_days": row["lead_days"],
        }, row["asker"])
        for row in rows
    ]  # fmt: skip
