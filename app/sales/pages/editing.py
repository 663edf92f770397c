"""Writing an order by hand: the form with its lines, what an entered quantity means, and the lookups of its fields."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from litestar import Request, Response, get, post

from app.core import db, search
from app.core.db import Done, commit
from app.core.money import CURRENCIES, MICRO, price_shown
from app.core.quantities import plain
from app.core.refusals import NOT_FOUND, NOT_NOW, Refused
from app.core.words import _
from app.people.actors import Actor
from app.sales import orders, permissions
from app.sales.echo import echo
from app.sales.entering import lines_of, order_of
from app.sales.items import ordered_items
from app.sales.problems import Problems
from app.sales.states import DRAFT, KINDS, LOOKS, SUBMITTED
from app.web.input import Input, read_form
from app.web.render import html, render, see

UNITS = ("件", "千件", "万件", "kg", "吨")
LINE = ("item", "item_text", "customer_item", "quantity", "unit", "unit_price", "price_unit", "kind", "tax_rate",
        "over_percent", "under_percent", "due_date", "drawing_revision", "spec", "remark", "line_no")  # fmt: skip
HEAD = ("customer", "customer_text", "customer_order_number", "due_date", "currency", "tax_included", "trade_term", "rate",
        "channel", "channel_order_number", "remark", "version")  # fmt: skip
BLANK = dict.fromkeys(LINE, "") | {"kind": "normal", "over_percent": "3", "under_percent": "3"}


@dataclass
class Form:
    """What the form shows: the head's values, its lines, and what is wrong with which field."""

    values: dict[str, Any]
    lines: list[dict[str, Any]]
    problems: dict[str, str] = field(default_factory=dict)


@get("/orders/new")
async def new(request: Request, by: Actor) -> Response:
    by.must(permissions.CREATE)
    values = dict.fromkeys(HEAD, "") | {"tax_included": "", "currency": ""}
    customer = request.query_params.get("customer", "")
    if customer:
        found = await db.one(
            "select code, name from customers where code = {}", customer[:60].replace("\x00", "")
        )
        values |= {"customer": found["code"], "customer_text": found["name"]} if found else {}
    return await _draw(request, Form(values, [dict(BLANK)]))


@post("/orders/new", status_code=200)
async def write(request: Request, by: Actor) -> Response:
    """Write the order; or, without JavaScript, draw the form with one more line."""
    by.must(permissions.CREATE)
    form = await read_form(request)
    if form.has("add_line"):
        return await _more_lines(request, form)

    async def answer(done: Done) -> dict[str, Any]:
        return {"number": done.value.number}

    try:
        done = await commit(orders.create, order_of(form), by=by, key=form.key, body=form.body, answer=answer)
    except Refused as refused:
        return await _again(request, form, refused)
    number = done.answer["number"]
    return see(f"/orders/{number}", _("Order %(number)s is written as a draft", number=number))


@get("/orders/{number:str}/edit")
async def edit(request: Request, number: str, by: Actor) -> Response:
    by.must(permissions.CREATE)
    order = await orders.find(number, by)
    if order.state not in (DRAFT, SUBMITTED):
        raise Refused(NOT_NOW, state=LOOKS[order.state].label)
    return await _draw(request, await _as_written(order), number)


@post("/orders/{number:str}/edit", status_code=200)
async def rewrite(request: Request, number: str, by: Actor) -> Response:
    by.must(permissions.CREATE)
    form = await read_form(request)
    if form.has("add_line"):
        return await _more_lines(request, form, number)
    try:
        await commit(
            orders.edit, number, order_of(form), by=by, key=form.key, body=form.body, version=form.version
        )
    except Refused as refused:
        if refused.reason is NOT_FOUND:
            raise
        return await _again(request, form, refused, number)
    return see(f"/orders/{number}", _("Order %(number)s is changed", number=number))


def _shown(form: Input) -> Form:
    return Form(
        {name: form.raw(name)[:1000] for name in HEAD},
        [{name: row.raw(name)[:400] for name in LINE} for row in lines_of(form)],
    )


async def _more_lines(request: Request, form: Input, number: str = "") -> Response:
    shown = _shown(form)
    shown.lines.append(dict(BLANK))
    return await _draw(request, shown, number)


async def _again(request: Request, form: Input, refused: Refused, number: str = "") -> Response:
    """The form as it was sent, with what is wrong at each field."""
    shown = _shown(form)
    shown.problems = refused.fields() or {"": refused.sentence()}
    shown.lines = shown.lines or [dict(BLANK)]
    return await _draw(request, shown, number, 422 if refused.status == 422 else refused.status)


async def _draw(request: Request, form: Form, number: str = "", status: int = 200) -> Response:
    return await render(
        request, "sales/order/form.html", status, form=form, number=number, units=UNITS, currencies=[(code, code) for code in CURRENCIES],
        kinds=[(code, _(label)) for code, label in KINDS.items()],
    )  # fmt: skip


async def _as_written(order: Any) -> Form:
    """A draft as form values."""
    customer = await db.one("select code, name from customers where id = {}", order.customer)
    assert customer is not None
    values = {name: getattr(order, name, "") for name in HEAD} | {
        "customer": customer["code"], "customer_text": customer["name"], "due_date": order.due_date.isoformat(),
        "tax_included": "yes" if order.tax_included else "no",
        "rate": _rate(order.rate_micro) if order.currency != "CNY" and order.rate_micro else "",
    }  # fmt: skip
    lines = await db.rows(
        "select l.*, i.code as item_code, i.name as item_name, i.spec as item_spec, s.requested_date from sales_order_lines l"
        " join items i on i.id = l.item left join delivery_schedules s on s.line = l.id and s.seq = 1"
        ' where l."order" = {} order by l.line_no',
        order.id,
    )
    return Form(values, [_line_as_written(line, order.due_date) for line in lines])


def _rate(micro: int) -> str:
    return plain(Decimal(micro) / MICRO)


def _line_as_written(line: dict[str, Any], due: Any) -> dict[str, Any]:
    wanted = line["requested_date"]
    return {name: line.get(name, "") for name in LINE} | {
        "item": line["item_code"], "item_text": f"{line['item_code']} {line['item_name']} {line['item_spec']}".strip(),
        "quantity": line["entered"], "unit_price": price_shown(line["price_micro"]) if line["price_micro"] else "",
        "price_unit": line["price_unit"] if line["price_micro"] else "",
        "tax_rate": f"{line['tax_rate'] / 100:g}", "due_date": wanted.isoformat() if wanted and wanted != due else "",
    }  # fmt: skip


@get("/orders/echo")
async def echoed(request: Request, by: Actor) -> Response:
    """What a quantity (and price) of an item means; 422 with the sentence to show where it cannot be read."""
    by.must(permissions.CREATE)
    asked = {name: request.query_params.get(name, "")[:60] for name in
             ("item", "customer_item", "customer", "quantity", "unit", "unit_price", "price_unit", "currency")}  # fmt: skip
    if not asked["quantity"].strip() or not asked["unit"].strip():
        return html(request, "sales/order/echo.html", text="", warning="")
    problems = Problems()
    customer = await db.value(
        "select id from customers where code = {}", asked["customer"].replace("\x00", "")
    )
    [item] = await ordered_items([(asked["item"], asked["customer_item"])], int(customer or 0), problems)
    if item is None:
        return html(request, "sales/order/echo.html", text="", warning="")
    currency = asked["currency"] if asked["currency"] in CURRENCIES else "CNY"
    try:
        said = echo(
            item, asked["quantity"], asked["unit"], asked["unit_price"], asked["price_unit"], currency
        )
    except Refused as refused:
        return html(request, "sales/order/echo.html", 422, text="", warning=refused.sentence())
    return html(request, "sales/order/echo.html", text=said.text, warning=said.warning)


@get("/orders/lookup/customers")
async def customers(request: Request, by: Actor, q: str = "") -> Response:
    """Customers for a lookup field: their code is the value."""
    by.must(permissions.CREATE)
    return html(
        request,
        "sales/order/options.html",
        options=await _options("customer", "customers", "code, name, short_name", q),
    )


@get("/orders/lookup/items")
async def items(request: Request, by: Actor, q: str = "") -> Response:
    """Items for a lookup field: their code is the value."""
    by.must(permissions.CREATE)
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
