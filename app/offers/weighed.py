"""How approval rules weigh an offer: the facts they look at, now and of last month's, and what is at stake for who decides."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.approvals import requests
from app.approvals.commands import CHOICE, MONEY, NUMBER, Fact, PastCase, Stake
from app.core import clock, db
from app.core.money import CURRENCIES, Money, in_cny
from app.core.words import N_, Word, _
from app.offers.kinds import Kind
from app.offers.lines import lines_of
from app.parties.weighed import CUSTOMER_FACTS
from app.people.actors import Actor
from app.sales import rates, standing
from app.sales.rates import Rate
from app.sales.stake import line_offered


def facts_named(amount: Word, own: Fact) -> tuple[Fact, ...]:
    """What rules may say of a kind of offer; `amount` is its word for the sum, `own` what only it has."""
    return (
        Fact("amount_cny", amount, MONEY),
        Fact("discount_percent", N_("percent below the price list"), NUMBER),
        *CUSTOMER_FACTS,
        Fact("currency", N_("currency"), CHOICE, tuple((code, Word(code)) for code in CURRENCIES)),
        own,
    )


async def require(
    kind: Kind, offer: Any, arguments: dict[str, Any], asked: Mapping[str, Any] | None, *, by: Actor
) -> None:
    """Hold back the command by which it goes out, when a rule asks for it; weighed at the rate with which it was `asked`."""
    label = f"{offer.number} · {offer.customer_name}"
    rate = await rates.that_counts(offer.rate_micro, offer.currency, asked)
    known = await facts_of(kind, offer, rate)
    if offer.currency != "CNY" and rate.micro:
        arguments = {**arguments, "rate": rate.told()}
    await requests.require(kind.held, (kind.name, offer.id), label, known, arguments, by=by)


async def facts_of(kind: Kind, offer: Any, rate: Rate) -> dict[str, Any]:
    """What rules look at; an amount whose exchange rate nobody knows is unknown."""
    customer = await db.one("select code, level from customers where id = {}", offer.customer)
    assert customer is not None
    amount = str(Money(in_cny(offer.gross, offer.currency, rate.micro))) if rate.micro else None
    return {
        "amount_cny": amount, "discount_percent": str(await discount(kind, offer)), "currency": offer.currency,
        "customer_level": customer["level"], "customer": customer["code"], kind.own_fact: getattr(offer, kind.own_fact),
    }  # fmt: skip


async def discount(kind: Kind, offer: Any) -> Decimal:
    """How many percent it is below the price list of the day it was written, together."""
    lines = [line for line in await lines_of(kind, offer.id) if line["price_micro"]]
    return standing.below(await standing.beside_the_list(offer, getattr(offer, kind.written_on), lines))


async def recent(kind: Kind, since: date) -> list[PastCase]:
    """Those that went out since then, with the facts a rule would have seen, newest first."""
    began = datetime.combine(since, datetime.min.time(), clock.local(clock.now()).tzinfo)
    rows = await db.report(
        f"select o.number, o.customer_name, o.gross_cny, o.currency, o.{kind.own_fact} as own, c.level, c.code, (select u.id from"
        f" users u where u.person = o.salesperson order by u.id limit 1) as asker from {kind.table} o join customers c"
        f" on c.id = o.customer where o.{kind.out_at} >= {{}} order by o.{kind.out_at} desc, o.id desc",
        began,
    )
    return [
        PastCase(f"{row['number']} · {row['customer_name']}", f"{kind.path}/{row['number']}", {
            "amount_cny": str(Money(row["gross_cny"])), "currency": row["currency"], "customer_level": row["level"],
            "customer": row["code"], kind.own_fact: row["own"],
        }, row["asker"])
        for row in rows
    ]  # fmt: skip


async def stake_of(kind: Kind, offer: Any, amount: str, holds: str, asked: Mapping[str, Any] | None) -> Stake:
    """The offer as it stands: its sum, at which rate, how far below the list it is, until when and how it `holds`, and its lines."""
    off = await discount(kind, offer)
    tax = _("with tax") if offer.tax_included else _("tax added")
    notes = [tax, _("%(n)s lines", n=offer.line_count)]
    rate = await rates.that_counts(offer.rate_micro, offer.currency, asked)
    if offer.currency != "CNY" and rate.micro:
        cny = Money(in_cny(offer.gross, offer.currency, rate.micro), "CNY")
        notes = [cny.shown(), rate.said(), *notes]
    figures = [
        {"label": amount, "value": offer.worth, "note": " · ".join(notes), "kind": ""},
        {"label": _("Below the price list"), "value": f"{off:g} %", "note": "", "kind": "warn" if off > 0 else ""},
        {"label": _("Valid until"), "value": offer.valid_until.isoformat(), "note": holds, "kind": ""},
    ]  # fmt: skip
    return Stake(figures, [line_offered(line, offer.currency) for line in await lines_of(kind, offer.id)])
