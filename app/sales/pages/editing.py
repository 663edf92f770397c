"""Writing an order by hand: the form with its lines, what an entered quantity means, and the lookups of its fields."""

from typing import Any

from litestar import Request, Response, get

from app.catalog.masters import ITEMS
from app.core import clock, db, search
from app.core.money import CURRENCIES
from app.core.quantities import PIECE, Quantity, labelled
from app.core.refusals import NOT_NOW, Refused
from app.core.words import N_
from app.parties.masters import CUSTOMERS
from app.people.actors import Actor
from app.pricing.prices import Asked, Found, price_of
from app.sales import orders, permissions, schedules
from app.sales.agreed import NOBODY
from app.sales.echo import echo
from app.sales.entering import order_of
from app.sales.items import Ordered, ordered_items
from app.sales.pages import order_form, taken
from app.sales.pages.order_form import BLANK, HEAD, customer_of
from app.sales.problems import Problems
from app.sales.states import DRAFT, LOOKS, SUBMITTED
from app.web.entry import Entry
from app.web.entry_pages import EntryPages
from app.web.render import html, render


async def _new(request: Request, by: Actor) -> Entry:
    """`?customer=HENGLI` fills in whose terms count."""
    customer = await customer_of(request.query_params.get("customer", ""))
    return Entry(dict.fromkeys(HEAD, "") | order_form.taken_from(customer), [dict(BLANK)])


async def _written(number: str, by: Actor) -> Entry:
    order = await orders.find(number, by)
    if order.state not in (DRAFT, SUBMITTED):
        raise Refused(NOT_NOW, state=LOOKS[order.state].label)
    lines = await db.rows(
        "select l.*, i.code, i.name, i.spec as item_spec from sales_order_lines l join items i on i.id = l.item"
        ' where l."order" = {} order by l.line_no',
        order.id,
    )
    await schedules.give(lines, order.id)
    return Entry(await order_form.head_written(order), await order_form.lines_written(lines, order))


async def _draw(request: Request, by: Actor, form: Entry, number: str, status: int) -> Response:
    return await render(
        request, "sales/order/form.html", status, **await order_form.context(form, number, by)
    )


PAGES = EntryPages(
    path="/orders", right=permissions.CREATE, blank=BLANK, new=_new, written=_written, sent=order_form.sent, draw=_draw,
    entered=order_of, write=orders.create, edit=orders.edit, done=N_("Order %(number)s is written as a draft"),
    changed=N_("Order %(number)s is changed"),
)  # fmt: skip


@get("/orders/echo")
async def echoed(request: Request, by: Actor) -> Response:
    """What a quantity (and price) of an item means; 422 with the sentence to show where it cannot be read."""
    taken.must_enter(by)
    asked = {name: request.query_params.get(name, "")[:60] for name in
             ("item", "customer_item", "customer", "quantity", "unit", "unit_price", "price_unit", "currency", "tax_included")}  # fmt: skip
    if not asked["quantity"].strip() or not asked["unit"].strip():
        return html(request, "sales/order/echo.html", text="", warning="")
    customer = await customer_of(asked["customer"]) or NOBODY
    [item] = await ordered_items([(asked["item"], asked["customer_item"])], customer["id"], Problems())
    if item is None:
        return html(request, "sales/order/echo.html", text="", warning="")
    currency = asked["currency"] if asked["currency"] in CURRENCIES else customer["currency"] or "CNY"
    try:
        listed = await _listed(item, asked, customer, currency) if by.may(permissions.PRICE) else None
        said = echo(
            item, asked["quantity"], asked["unit"], asked["unit_price"], asked["price_unit"], currency, listed
        )
    except Refused as refused:
        return html(request, "sales/order/echo.html", 422, text="", warning=refused.sentence())
    return html(request, "sales/order/echo.html", text=said.text, warning=said.warning)


async def _listed(
    item: Ordered, asked: dict[str, str], customer: dict[str, Any], currency: str
) -> Found | None:
    """What the customer's price list says for this much."""
    quantity = Quantity.entered(asked["quantity"], asked["unit"], item.base_unit, item.weight, item.code)
    included = {"yes": True, "no": False}.get(asked["tax_included"], bool(customer["tax_included"]))
    wanted = Asked(item.id, quantity, item.weight, customer["tax_rate"])
    return await price_of(customer["id"], wanted, clock.today(), currency=currency, tax_included=included)


@get("/orders/lookup/customers")
async def customers(request: Request, by: Actor, q: str = "") -> Response:
    """Customers for a lookup field: their code is the value."""
    taken.must_enter(by)
    return html(
        request,
        "sales/order/options.html",
        options=await _options("customer", "customers", "code, name, short_name", q),
        beginning=CUSTOMERS.list.beginning(by),
    )


@get("/orders/lookup/items")
async def items(request: Request, by: Actor, q: str = "") -> Response:
    """Items for a lookup field: their code is the value."""
    taken.must_enter(by)
    return html(
        request,
        "sales/order/options.html",
        options=await _options("item", "items", "code, name, spec, unit_label", q),
        beginning=ITEMS.list.beginning(by),
    )


async def _options(kind: str, table: str, columns: str, query: str) -> list[dict[str, str]]:
    if query.strip():
        ids = (await search.find(query, [kind], 12))[kind]
        where = f"active and id in ({', '.join(map(str, ids))})" if ids else "1 = 0"
    else:
        where = "active"
    found = await db.rows(f"select {columns} from {table} where {where} order by id desc limit 12")
    return [
        {"value": r["code"], "label": f"{r['code']} {r['name']}", "note": r.get("spec") or r.get("short_name") or "",
         "said": f"{r['code']} {r['name']} {r.get('spec', '')}".strip(), "word": labelled(PIECE, r.get("unit_label") or "")}
        for r in found
    ]  # fmt: skip


ROUTES = [*PAGES.routes(), echoed, customers, items]
