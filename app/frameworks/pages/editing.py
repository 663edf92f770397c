"""Writing a framework order: the form that an order has too, with how long it holds and how firm its call-offs are."""

from typing import Any

from litestar import Request, Response, get, post

from app.core import db
from app.core.db import Done, commit
from app.core.refusals import NOT_NOW, Refused
from app.core.words import _
from app.frameworks import figures, frameworks, permissions
from app.frameworks.agreeing import FIRM_DAYS
from app.frameworks.entering import framework_of
from app.frameworks.states import LOOKS, MOVES
from app.frameworks.tables import FrameworkOrder
from app.people.actors import Actor
from app.sales import agreed
from app.sales import permissions as sales
from app.sales.entering import lines_of
from app.sales.pages import editing as orders
from app.sales.pages import taken
from app.sales.states import KINDS
from app.web.entry import Entry
from app.web.input import Input, read_form
from app.web.render import render, see

OWN = ("valid_from", "valid_until", "firm_days", "beyond_percent", "repeats")
HEAD = (*orders.HEAD, *OWN)
LINE, BLANK = orders.LINE, orders.BLANK


@get("/framework-orders/new")
async def new(request: Request, by: Actor) -> Response:
    """`?customer=HENGLI` fills in whose terms count."""
    by.must(permissions.WRITE)
    values = dict.fromkeys(HEAD, "") | {"repeats": "yes"}
    customer = await orders.customer_of(request.query_params.get("customer", ""))
    if customer:
        values |= taken.values_of(customer)
        values |= {"customer": customer["code"], "customer_text": customer["name"]}
    return await _draw(request, by, Entry(values, [dict(BLANK)]))


@post("/framework-orders/new", status_code=200)
async def write(request: Request, by: Actor) -> Response:
    """Write the framework order; or, without JavaScript, draw the form with one more line."""
    by.must(permissions.WRITE)
    form = await read_form(request)
    if form.has("add_line"):
        return await _draw(request, by, _sent(form).longer(BLANK))

    async def answer(done: Done) -> dict[str, Any]:
        return {"number": done.value.number}

    try:
        done = await commit(
            frameworks.write, framework_of(form), by=by, key=form.key, body=form.body, answer=answer
        )
    except Refused as refused:
        return await _draw(request, by, _sent(form).refused(refused, BLANK), "", refused.status)
    number = done.answer["number"]
    return see(
        f"/framework-orders/{number}", _("Framework order %(number)s is written as a draft", number=number)
    )


@get("/framework-orders/{number:str}/edit")
async def edit(request: Request, number: str, by: Actor) -> Response:
    by.must(permissions.WRITE)
    framework = await frameworks.find(number, by)
    if framework.state not in MOVES["edit"][0]:
        raise Refused(NOT_NOW, state=LOOKS[framework.state].label)
    return await _draw(request, by, await _as_written(framework), number)


@post("/framework-orders/{number:str}/edit", status_code=200)
async def rewrite(request: Request, number: str, by: Actor) -> Response:
    by.must(permissions.WRITE)
    form = await read_form(request)
    if form.has("add_line"):
        return await _draw(request, by, _sent(form).longer(BLANK), number)
    try:
        new_one = framework_of(form)
        await commit(
            frameworks.edit, number, new_one, by=by, key=form.key, body=form.body, version=form.version
        )
    except Refused as refused:
        return await _draw(request, by, _sent(form).refused(refused, BLANK), number, refused.status)
    return see(f"/framework-orders/{number}", _("Framework order %(number)s is changed", number=number))


def _sent(form: Input) -> Entry:
    return Entry(
        {name: form.raw(name)[:1000] for name in HEAD},
        [{name: row.raw(name)[:400] for name in LINE} for row in lines_of(form)],
    )


async def _draw(request: Request, by: Actor, form: Entry, number: str = "", status: int = 200) -> Response:
    by.must(sales.PRICE)
    customer = await orders.customer_of(form.values["customer"] or form.values["customer_text"])
    in_force = bool(number) and (await frameworks.find(number, by)).state != "draft"
    return await render(
        request, "frameworks/form.html", status, form=form, number=number, units=orders.UNITS, usual=FIRM_DAYS, in_force=in_force,
        kinds=[(code, _(label)) for code, label in KINDS.items()], **await taken.context(customer, form.values, by),
    )  # fmt: skip


async def _as_written(framework: FrameworkOrder) -> Entry:
    """A framework order as form values."""
    customer = await db.one("select code, name from customers where id = {}", framework.customer)
    assert customer is not None
    foreign = framework.currency != "CNY" and framework.rate_micro
    values = {name: getattr(framework, name, "") for name in HEAD}
    values |= agreed.shown({name: getattr(framework, name) for name in agreed.LABELS}) | {
        "customer": customer["code"], "customer_text": customer["name"], "valid_from": framework.valid_from.isoformat(),
        "valid_until": framework.valid_until.isoformat(), "tax_included": "yes" if framework.tax_included else "no",
        "customer_order_number": framework.customer_number, "repeats": "yes" if framework.repeats else "no",
        "rate": orders.rate_shown(framework.rate_micro) if foreign else "",
    }  # fmt: skip
    lines = await figures.lines_of(framework.id)
    return Entry(values, [orders.line_as_written(_as_ordered(line), framework) for line in lines])


def _as_ordered(line: dict[str, Any]) -> dict[str, Any]:
    """With its price, also that of a list: it was agreed."""
    return {
        **line, "item_code": line["code"], "item_name": line["name"], "requested_date": None, "price_from": "",
    }  # fmt: skip


ROUTES = [new, write, edit, rewrite]
