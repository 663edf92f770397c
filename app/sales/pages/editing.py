"""Writing an order by hand: the form with its lines, what an entered quantity means, and the lookups of its fields."""

from decimal import Decimal
from typing import Any

from litestar import Request, Response, get, post

from app.core import clock, db, search
from app.core.db import Done, commit
from app.core.money import CURRENCIES, MICRO, price_shown
from app.core.quantities import Quantity, plain
from app.core.refusals import NOT_NOW, Refused
from app.core.words import _
from app.custom_fields import defined
from app.people.actors import Actor
from app.pricing.prices import Asked, Found, price_of
from app.sales import agreed, orders, permissions, schedules
from app.sales.agreed import NOBODY
from app.sales.echo import echo
from app.sales.entering import lines_of, order_of, schedules_of
from app.sales.items import Ordered, ordered_items
from app.sales.pages import taken
from app.sales.problems import Problems
from app.sales.states import DRAFT, KINDS, LOOKS, SUBMITTED
from app.sales.tables import SalesOrder
from app.web.custom_inputs import as_written, typed
from app.web.entry import Entry
from app.web.input import Input, read_form
from app.web.render import html, render, see

UNITS = ("件", "千件", "万件", "kg", "吨")
LINE = ("item", "item_text", "customer_item", "quantity", "unit", "unit_price", "price_unit", "kind", "tax_rate",
        "over_percent", "under_percent", "due_date", "drawing_revision", "spec", "remark", "line_no")  # fmt: skip
HEAD = ("customer", "customer_text", "customer_order_number", "due_date", "currency", "tax_included", "trade_term", "rate",
        "channel", "channel_order_number", "remark", "version", *agreed.LABELS)  # fmt: skip
BLANK: dict[str, Any] = dict.fromkeys(LINE, "") | {"kind": "normal", "schedules": ()}


@get("/orders/new")
async def new(request: Request, by: Actor) -> Response:
    by.must(permissions.CREATE)
    values = dict.fromkeys(HEAD, "")
    customer = await customer_of(request.query_params.get("customer", ""))
    if customer:
        values |= taken.values_of(customer) | {
            "customer": customer["code"],
            "customer_text": customer["name"],
        }
    return await _draw(request, by, Entry(values, [dict(BLANK)]))


@post("/orders/new", status_code=200)
async def write(request: Request, by: Actor) -> Response:
    """Write the order; or, without JavaScript, draw the form with one more line."""
    by.must(permissions.CREATE)
    form = await read_form(request)
    if form.has("add_line"):
        return await _draw(request, by, _sent(form).longer(BLANK))

    async def answer(done: Done) -> dict[str, Any]:
        return {"number": done.value.number}

    try:
        done = await commit(orders.create, order_of(form), by=by, key=form.key, body=form.body, answer=answer)
    except Refused as refused:
        return await _draw(request, by, _sent(form).refused(refused, BLANK), "", refused.status)
    number = done.answer["number"]
    return see(f"/orders/{number}", _("Order %(number)s is written as a draft", number=number))


@get("/orders/{number:str}/edit")
async def edit(request: Request, number: str, by: Actor) -> Response:
    by.must(permissions.CREATE)
    order = await orders.find(number, by)
    if order.state not in (DRAFT, SUBMITTED):
        raise Refused(NOT_NOW, state=LOOKS[order.state].label)
    return await _draw(request, by, await _as_written(order), number)


@post("/orders/{number:str}/edit", status_code=200)
async def rewrite(request: Request, number: str, by: Actor) -> Response:
    by.must(permissions.CREATE)
    form = await read_form(request)
    if form.has("add_line"):
        return await _draw(request, by, _sent(form).longer(BLANK), number)
    try:
        await commit(
            orders.edit, number, order_of(form), by=by, key=form.key, body=form.body, version=form.version
        )
    except Refused as refused:
        return await _draw(request, by, _sent(form).refused(refused, BLANK), number, refused.status)
    return see(f"/orders/{number}", _("Order %(number)s is changed", number=number))


def _sent(form: Input) -> Entry:
    return Entry(
        {name: form.raw(name)[:1000] for name in HEAD} | typed(form),
        [
            {name: row.raw(name)[:400] for name in LINE} | typed(row) | {"schedules": deliveries_typed(row)}
            for row in lines_of(form)
        ],
    )


def deliveries_typed(row: Input) -> list[dict[str, str]]:
    return [{name: each.raw(name)[:40] for name in ("due_date", "quantity")} for each in schedules_of(row)]


async def _draw(request: Request, by: Actor, form: Entry, number: str = "", status: int = 200) -> Response:
    customer = await customer_of(form.values["customer"] or form.values["customer_text"])
    return await render(
        request, "sales/order/form.html", status, form=form, number=number, units=UNITS, custom=await defined.fields(),
        kinds=[(code, _(label)) for code, label in KINDS.items()], **await taken.context(customer, form.values, by),
    )  # fmt: skip


async def _as_written(order: SalesOrder) -> Entry:
    """A draft as form values."""
    customer = await db.one("select code, name from customers where id = {}", order.customer)
    assert customer is not None
    values = {name: getattr(order, name, "") for name in HEAD}
    values |= agreed.shown({name: getattr(order, name) for name in agreed.LABELS}) | {
        "customer": customer["code"], "customer_text": customer["name"], "due_date": order.due_date.isoformat(),
        "tax_included": "yes" if order.tax_included else "no",
        "rate": rate_shown(order.rate_micro) if order.currency != "CNY" and order.rate_micro else "",
    }  # fmt: skip
    custom = await defined.fields()
    values |= as_written(custom["sales_order"], order.custom)
    lines = await db.rows(
        "select l.*, i.code as item_code, i.name as item_name, i.spec as item_spec from sales_order_lines l join items i on i.id = l.item"
        ' where l."order" = {} order by l.line_no',
        order.id,
    )
    await schedules.give(lines, order.id)
    own = custom["sales_order_line"]
    return Entry(values, [line_as_written(line, order) | as_written(own, line["custom"]) for line in lines])


def rate_shown(micro: int) -> str:
    return plain(Decimal(micro) / MICRO)


def line_as_written(line: dict[str, Any], order: Any) -> dict[str, Any]:
    """A line's values; what it has from the head (of an order or an offer) or a price list is left empty, to be taken again."""
    wanted, written = line["requested_date"], line["price_micro"] and not line["price_from"]
    parts = [
        {"due_date": s["requested_date"].isoformat(), "quantity": s["entered"]}
        for s in line.get("schedules", ())
    ]
    return {name: line.get(name, "") for name in LINE} | {
        "item": line["item_code"], "item_text": f"{line['item_code']} {line['item_name']} {line['item_spec']}".strip(),
        "quantity": line["entered"], "unit_price": price_shown(line["price_micro"]) if written else "",
        "price_unit": line["price_unit"] if written else "",
        "tax_rate": f"{line['tax_rate'] / 100:g}", "due_date": wanted.isoformat() if wanted and wanted != order.due_date and not parts else "",
        "schedules": parts,
        **{n: line[n] if line[n] != getattr(order, n) else "" for n in ("over_percent", "under_percent")},
    }  # fmt: skip


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


async def customer_of(code: str) -> dict[str, Any] | None:
    return await db.one("select * from customers where code = {}", code[:60].replace("\x00", ""))


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
    )


@get("/orders/lookup/items")
async def items(request: Request, by: Actor, q: str = "") -> Response:
    """Items for a lookup field: their code is the value."""
    taken.must_enter(by)
    return html(
        request, "sales/order/options.html", options=await _options("item", "items", "code, name, spec", q)
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
         "said": f"{r['code']} {r['name']} {r.get('spec', '')}".strip()}
        for r in found
    ]  # fmt: skip


ROUTES = [new, write, edit, rewrite, echoed, customers, items]
