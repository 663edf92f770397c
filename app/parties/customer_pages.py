"""The page of one customer: what is agreed, who and where they are, what they call our items."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post

from app.core import clock
from app.core.conditions import Condition
from app.core.db import Done, commit
from app.core.paging import Page
from app.core.refusals import Refused
from app.core.words import N_, Word, _
from app.events.log import timeline
from app.frameworks.lists import FRAMEWORKS
from app.frameworks.lists import dress as dress_frameworks
from app.inquiries import permissions as asking
from app.inquiries.lists import INQUIRIES
from app.inquiries.lists import dress as dress_inquiries
from app.parties import customers, permissions, prospects
from app.parties.lists import LISTS
from app.parties.masters import CUSTOMERS
from app.parties.terms import Terms
from app.people.actors import Actor
from app.pricing.masters import PRICES, valid_now
from app.quotations import conditions as quotations
from app.quotations.lists import QUOTATIONS
from app.quotations.lists import dress as dress_quotations
from app.sales.conditions import visible_to
from app.sales.lists import ORDERS, dress
from app.sales.pages.taken import credit_of
from app.web import masters
from app.web.export import export_route
from app.web.input import read_form
from app.web.lists import ListPage, draw
from app.web.render import render, see

SHOWN_ORDERS, SHOWN_PRICES = 30, 50
TABS: tuple[tuple[str, Word, str], ...] = (
    ("orders", N_("Orders"), "sales:order:see"),
    ("quotations", N_("Inquiries and quotations"), "quotations:quotation:see"),
    ("framework-orders", N_("Framework orders"), "frameworks:order:see"),
    ("prices", N_("Prices"), "pricing:list:see"),
    ("part-numbers", N_("Part numbers"), ""),
    ("reach", N_("Contacts and addresses"), ""),
    ("timeline", N_("Timeline"), ""),
)


@get("/customers/{code:str}")
async def show(request: Request, by: Actor, code: str) -> Response:
    by.must(permissions.SEE_CUSTOMERS)
    row = await masters.row_of(CUSTOMERS, code)
    master = await masters.whole(CUSTOMERS, by)
    tabs = _tabs(request, row, by)
    tab = next(t["key"] for t in tabs if t["current"])
    return await render(
        request, "parties/customer.html", master=master, row=row, may_edit=by.may(permissions.EDIT_CUSTOMERS),
        terms=Terms.of(row).sentence(), deposit=_deposit(row), links=CUSTOMERS.actions(row, by), tabs=tabs, tab=tab,
        events=await timeline("customer", row["id"], by=by) if tab == "timeline" else [],
        orders=await _orders(request, row["id"], by) if tab == "orders" else None, priced=by.may("sales:order:price"),
        quotations=await _quotations(request, row["id"], by) if tab == "quotations" else None,
        inquiries=await _inquiries(row["id"], by) if tab == "quotations" else [],
        frameworks=await _frameworks(row["id"], by) if tab == "framework-orders" else [],
        prices=await _prices(row["id"]) if tab == "prices" else None, credit=await credit_of(row, 0, by),
    )  # fmt: skip


def _tabs(request: Request, row: dict[str, Any], by: Actor) -> list[dict[str, Any]]:
    counts = {
        "part-numbers": len(row["part_numbers"]),
        "reach": 2 + len(row["contacts"]) + len(row["addresses"]),
    }
    shown = [(key, label) for key, label, right in TABS if not right or by.may(right)]
    wanted = request.query_params.get("tab", "")
    current = wanted if wanted in dict(shown) else shown[0][0]
    return [
        {"key": key, "label": _(label), "href": f"/customers/{quote(row['code'], safe='')}?tab={key}",
         "count": counts.get(key), "current": key == current}
        for key, label in shown
    ]  # fmt: skip


async def _orders(request: Request, customer_id: int, by: Actor) -> Page:
    """The customer's orders as far as this person may see them, latest due first."""
    wanted = [Condition("o.customer = {}", (customer_id,)), *visible_to(by)]
    cursor = request.query_params.get("after") or request.query_params.get("before")
    page = await ORDERS.listing.page(wanted, "-due_date", cursor, SHOWN_ORDERS)
    await dress(page.rows)
    return page


async def _quotations(request: Request, customer_id: int, by: Actor) -> Page:
    """What the customer was offered, as far as this person may see it, newest first."""
    wanted = [Condition("o.customer = {}", (customer_id,)), *quotations.visible_to(by)]
    cursor = request.query_params.get("after") or request.query_params.get("before")
    page = await QUOTATIONS.listing.page(wanted, "-number", cursor, SHOWN_ORDERS)
    await dress_quotations(page.rows)
    return page


async def _inquiries(customer_id: int, by: Actor) -> list[dict[str, Any]]:
    """What the customer asks for and is not decided yet, newest first."""
    if not by.may(asking.SEE):
        return []
    wanted = [
        Condition("o.customer = {} and o.state in ('new', 'answered')", (customer_id,)),
        *INQUIRIES.visible(by),
    ]
    page = await INQUIRIES.listing.page(wanted, limit=SHOWN_ORDERS)
    await dress_inquiries(page.rows)
    return page.rows


async def _frameworks(customer_id: int, by: Actor) -> list[dict[str, Any]]:
    """What is agreed with the customer in frames, newest first."""
    wanted = [Condition("o.customer = {}", (customer_id,)), *FRAMEWORKS.visible(by)]
    page = await FRAMEWORKS.listing.page(wanted, "-number", None, SHOWN_ORDERS)
    await dress_frameworks(page.rows)
    return page.rows


async def _prices(customer_id: int) -> list[dict[str, Any]]:
    """What is valid today: the customer's own prices first, then those for all."""
    valid = valid_now(clock.today())
    rows = []
    for whose in (Condition("l.customer = {}", (customer_id,)), Condition("l.customer is null")):
        page = await PRICES.listing.page([valid, whose], "item", limit=SHOWN_PRICES)
        rows += page.rows
    assert PRICES.dress is not None
    await PRICES.dress(rows)
    return rows


def _deposit(row: dict[str, Any]) -> str:
    """30 %, nothing is made before it came; nothing leaves before the balance came."""
    percent = f"{row['deposit_percent'] / 100:g} %" if row["deposit_percent"] else ""
    gates = [
        _("nothing is made before it came") if row["deposit_gate"] else "",
        _("nothing leaves before the balance came") if row["balance_gate"] else "",
    ]
    return _("; ").join(part for part in (percent, *gates) if part)


@post("/customers/{code:str}/prefer", status_code=303)
async def prefer(request: Request, by: Actor, code: str) -> Response:
    """Another contact or address becomes the one that counts."""
    form = await read_form(request)
    kind, name = form.choice("kind", ("contact", "address")), form.text("name", 60, required=True)
    form.check()
    verb = customers.prefer_contact if kind == "contact" else customers.prefer_address
    await commit(verb, code, name, by=by, key=form.key, body=form.body)
    return see(f"/customers/{quote(code, safe='')}?tab=reach", _("%(what)s counts from now on", what=name))


def _list_page(page: ListPage) -> list[Any]:
    @get(page.path, name=f"{page.name}:list")
    async def listed(request: Request, by: Actor) -> Response:
        by.must(permissions.SEE_CUSTOMERS)
        return await draw(request, by, page)

    return [listed, export_route(page, permissions.SEE_CUSTOMERS)]


@get("/customers/{code:str}/win")
async def winning(request: Request, by: Actor, code: str) -> Response:
    """What is asked of a prospect that becomes a customer."""
    by.must(permissions.EDIT_CUSTOMERS)
    return await _winning(request, code, {}, {})


async def _winning(
    request: Request, code: str, typed: dict[str, str], problems: dict[str, str], status: int = 200
) -> Response:
    row = await masters.row_of(CUSTOMERS, code)
    return await render(request, "parties/win.html", status, row=row, typed=typed, problems=problems)


@post("/customers/{code:str}/win", status_code=303)
async def win(request: Request, by: Actor, code: str) -> Response:
    form = await read_form(request)
    given = {name: form.raw(f"customer_{name}")[:400] for name in prospects.ASKED}

    async def answer(done: Done) -> dict[str, Any]:
        return {"code": done.value.code}

    try:
        done = await commit(prospects.win, code, given, by=by, key=form.key, body=form.body, answer=answer)
    except Refused as refused:
        if not refused.fields():
            raise
        problems = {f"customer_{name}": said for name, said in refused.fields().items()}
        typed = {f"customer_{name}": value for name, value in given.items()}
        return await _winning(request, code, typed, problems, refused.status)
    return see(
        f"/customers/{quote(done.answer['code'], safe='')}",
        _("%(what)s is a customer now", what=done.answer["code"]),
    )


ROUTES = [show, prefer, winning, win, *(route for page in LISTS for route in _list_page(page))]
