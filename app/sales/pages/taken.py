"""Choosing the customer fills the order: what it takes over from the customer's file, and how the credit stands with it."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, post

from app.core import clock, db
from app.core.conditions import Condition
from app.core.money import CURRENCIES, in_cny
from app.core.refusals import Refused
from app.core.text import clean
from app.core.words import _
from app.parties.terms import COUNTED_FROM, Terms
from app.people.actors import Actor
from app.sales import agreed, conditions, drafting, exposure, permissions, rates
from app.sales.entering import order_of
from app.web.input import Input, read_form
from app.web.render import html

SEE_OWED = "billing:receivable:see"
ENTERING = (
    permissions.CREATE.code,
    "quotations:quotation:write",
    "frameworks:order:write",
    "inquiries:inquiry:write",
)
"""Who writes any of these may look up what its form needs."""


def must_enter(by: Actor) -> None:
    if not any(by.may(code) for code in ENTERING):
        by.must(permissions.CREATE)


def values_of(customer: Mapping[str, Any]) -> dict[str, str]:
    """All that an order takes over, as the form writes it."""
    return agreed.shown(customer) | {
        "currency": customer["currency"], "tax_included": "yes" if customer["tax_included"] else "no",
        "trade_term": customer["trade_term"],
    }  # fmt: skip


async def context(customer: dict[str, Any] | None, values: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    """What the form needs to show the customer's file beside what is entered."""
    choices: dict[str, list[str]] = {"contacts": [], "addresses": []}
    if customer:
        choices["contacts"] = await _names("customer_contacts", "name", customer)
        choices["addresses"] = await _names("customer_addresses", "address", customer)
    return {
        "file": values_of(customer) if customer else {}, "customer": customer, **choices,
        "currencies": [(code, code) for code in CURRENCIES], "counted_from": [(code, _(word)) for code, word in COUNTED_FROM],
        "terms": Terms.of(customer).sentence() if customer else "", "credit": await credit_of(customer, 0, by),
    }  # fmt: skip


async def _names(table: str, column: str, customer: Mapping[str, Any]) -> list[str]:
    """The one that counts, then the others."""
    rows = await db.rows(
        f"select {column} as name from {table} where customer = {{}} order by id limit 50", customer["id"]
    )
    return [
        name
        for name in (customer["contact" if column == "name" else "address"], *(r["name"] for r in rows))
        if name
    ]


async def credit_of(customer: dict[str, Any] | None, more: int, by: Actor) -> dict[str, Any] | None:
    """The bar: the limit, what is used, what an order adds in fen; for who may see what customers owe."""
    if customer is None or not by.may(SEE_OWED):
        return None
    stands = await exposure.of(customer["id"])
    return {"stands": stands, "more": more, "over": stands.over(more), "percent": stands.percent(more)}


@post("/orders/taken", status_code=200)
async def taken(request: Request, by: Actor) -> Response:
    """The part of the form that a chosen customer fills."""
    must_enter(by)
    form = await read_form(request)
    customer = await _customer(form)
    values = values_of(customer) if customer else {name: form.raw(name) for name in NAMES}
    values["rate"] = form.raw("rate")
    return html(request, "sales/order/_taken.html", v=values, wrong={}, **await context(customer, values, by))


@post("/orders/credit", status_code=200)
async def credit(request: Request, by: Actor) -> Response:
    """The customer's credit with as much of the order as can be read."""
    must_enter(by)
    form = await read_form(request)
    customer = await _customer(form)
    worth = await _worth(form) if customer else 0
    return html(request, "sales/order/_credit.html", credit=await credit_of(customer, worth, by))


@post("/orders/same-number", status_code=200)
async def same_number(request: Request, by: Actor) -> Response:
    """What the customer ordered under the number that is entered: the same order may have come another way."""
    must_enter(by)
    form = await read_form(request)
    customer, said = await _customer(form), clean(form.raw("customer_order_number"))[:80]
    seen = conditions.visible_to(by) if by.may(permissions.SEE) else (Condition("1 = 0"),)
    orders = await db.rows(
        "select o.number, o.order_date, o.due_date, o.line_count from sales_orders o where o.customer = {} and"
        " o.customer_order_number = {} and o.state <> 'cancelled' and o.number <> {}"
        f" {' '.join(f'and ({each.sql})' for each in seen)} order by o.id desc limit 3",
        (customer or {"id": 0})["id"], said, form.raw("number")[:40], *(arg for each in seen for arg in each.args),
    ) if said else []  # fmt: skip
    return html(request, "sales/order/_same_number.html", orders=orders, said=said)


@post("/orders/days-left", status_code=200)
async def days_left(request: Request, by: Actor) -> Response:
    """How far off the day of a field is that is being entered: red where it is near."""
    must_enter(by)
    form = await read_form(request)
    day = form.day(request.query_params.get("field", "")[:60])
    left, kind = conditions.days_left(day, clock.today()) if day else ("", "")
    return html(request, "sales/order/_days_left.html", left=left, kind=kind)


async def _worth(form: Input) -> int:
    """In fen, at the order's rate or the newest one."""
    try:
        draft, _problems = await drafting.look(order_of(form))
    except Refused:
        return 0
    currency = draft.values["currency"]
    rate = draft.values["rate_micro"] or await rates.newest(currency)
    return in_cny(sum(line.amount.gross for line in draft.lines), currency, rate)


async def _customer(form: Input) -> dict[str, Any] | None:
    return await db.one("select * from customers where code = {}", form.chosen("customer"))


NAMES = (*agreed.LABELS, "currency", "tax_included", "trade_term")
ROUTES = [taken, credit, same_number, days_left]
