"""Writing a quotation: the form that an order has too, with what the items were offered and sold for at its right."""

from typing import Any

from litestar import Request, Response, get, post

from app.core import db
from app.core.db import Done, commit
from app.core.money import price_shown
from app.core.refusals import NOT_NOW, Refused
from app.core.words import _
from app.inquiries import inquiries
from app.inquiries.reading import lines_of as lines_kept
from app.inquiries.tables import Inquiry
from app.people.actors import Actor
from app.quotations import breaks, offering, permissions, quotations, similar
from app.quotations.entering import quotation_of
from app.quotations.offering import LEAD_DAYS, VALID_DAYS
from app.quotations.states import DRAFT, LOOKS
from app.quotations.tables import Quotation
from app.sales import agreed
from app.sales.agreed import NOBODY
from app.sales.entering import lines_of
from app.sales.items import ordered_items
from app.sales.pages import editing as orders
from app.sales.pages import taken
from app.sales.problems import Problems
from app.sales.states import KINDS
from app.web.entry import Entry
from app.web.input import Input, read_form
from app.web.render import html, render, see

OWN = ("valid_until", "lead_days", "inquiry")
HEAD = (*orders.HEAD, *OWN)
LINE = (*orders.LINE, "breaks")
BLANK = {**orders.BLANK, "breaks": ""}
MOST_COMPARED = 5
"""Items whose earlier prices are shown beside the form."""


@get("/quotations/new")
async def new(request: Request, by: Actor) -> Response:
    """`?customer=HENGLI` fills in whose terms count, `?inquiry=IQ…` what they asked for."""
    by.must(permissions.WRITE)
    asked = await _asked(request.query_params.get("inquiry", ""), by)
    values = dict.fromkeys(HEAD, "") | {"inquiry": asked.number if asked else ""}
    customer = await orders.customer_of(request.query_params.get("customer", ""))
    if asked and asked.customer:
        customer = await db.one("select * from customers where id = {}", asked.customer)
    if customer:
        values |= taken.values_of(customer)
        values |= {"customer": customer["code"], "customer_text": customer["name"]}
    lines = [_of_inquiry(line) for line in await lines_kept(asked.id)] if asked else []
    return await _draw(request, by, Entry(values, lines or [dict(BLANK)]))


async def _asked(number: str, by: Actor) -> Inquiry | None:
    return await inquiries.find(number, by) if number else None


def _of_inquiry(line: dict[str, Any]) -> dict[str, Any]:
    """A line as they asked for it; where they named several quantities, the first."""
    title = f"{line['code']} {line['name']} {line['item_spec']}".strip() if line["code"] else ""
    return {
        **BLANK, "item": line["code"] or "", "item_text": title, "spec": line["spec"][:200], "unit": line["unit"],
        "quantity": line["quantity"].partition("/")[0].strip(),
    }  # fmt: skip


@post("/quotations/new", status_code=200)
async def write(request: Request, by: Actor) -> Response:
    """Write the quotation; or, without JavaScript, draw the form with one more line."""
    by.must(permissions.WRITE)
    form = await read_form(request)
    if form.has("add_line"):
        return await _draw(request, by, _sent(form).longer(BLANK))

    async def answer(done: Done) -> dict[str, Any]:
        return {"number": done.value.number}

    try:
        new_one = quotation_of(form)
        done = await commit(quotations.write, new_one, by=by, key=form.key, body=form.body, answer=answer)
    except Refused as refused:
        return await _draw(request, by, _sent(form).refused(refused, BLANK), "", refused.status)
    number = done.answer["number"]
    return see(f"/quotations/{number}", _("Quotation %(number)s is written as a draft", number=number))


@get("/quotations/{number:str}/edit")
async def edit(request: Request, number: str, by: Actor) -> Response:
    by.must(permissions.WRITE)
    quotation = await quotations.find(number, by)
    if quotation.state != DRAFT:
        raise Refused(NOT_NOW, state=LOOKS[quotation.state].label)
    return await _draw(request, by, await _as_written(quotation), number)


@post("/quotations/{number:str}/edit", status_code=200)
async def rewrite(request: Request, number: str, by: Actor) -> Response:
    by.must(permissions.WRITE)
    form = await read_form(request)
    if form.has("add_line"):
        return await _draw(request, by, _sent(form).longer(BLANK), number)
    try:
        await commit(
            quotations.edit,
            number,
            quotation_of(form),
            by=by,
            key=form.key,
            body=form.body,
            version=form.version,
        )
    except Refused as refused:
        return await _draw(request, by, _sent(form).refused(refused, BLANK), number, refused.status)
    return see(f"/quotations/{number}", _("Quotation %(number)s is changed", number=number))


def _sent(form: Input) -> Entry:
    return Entry(
        {name: form.raw(name)[:1000] for name in HEAD},
        [
            {name: row.raw(name)[:400] for name in LINE} | {"schedules": orders.deliveries_typed(row)}
            for row in lines_of(form)
        ],
    )


async def _draw(request: Request, by: Actor, form: Entry, number: str = "", status: int = 200) -> Response:
    customer = await orders.customer_of(form.values["customer"] or form.values["customer_text"])
    said = [(line["item"], line["customer_item"]) for line in form.lines]
    asker = await db.value(
        "select asker from inquiries where number = {} and customer is null", form.values["inquiry"][:40]
    )
    return await render(
        request, "quotations/form.html", status, form=form, asker=asker or "", number=number, units=orders.UNITS, usual=(LEAD_DAYS, VALID_DAYS),
        kinds=[(code, _(label)) for code, label in KINDS.items()], similar=await _similar(said, customer, by),
        **await taken.context(customer, form.values, by),
    )  # fmt: skip


async def _as_written(quotation: Quotation) -> Entry:
    """A draft as form values. A later revision says its prices, so that no price list of today changes them."""
    customer = await db.one("select code, name from customers where id = {}", quotation.customer)
    assert customer is not None
    foreign = quotation.currency != "CNY" and quotation.rate_micro
    values = {name: getattr(quotation, name, "") for name in HEAD}
    values["inquiry"] = ""  # what it answers stays as it was written first
    values |= agreed.shown({name: getattr(quotation, name) for name in agreed.LABELS}) | {
        "customer": customer["code"], "customer_text": customer["name"], "valid_until": quotation.valid_until.isoformat(),
        "tax_included": "yes" if quotation.tax_included else "no", "customer_order_number": quotation.customer_reference,
        "rate": orders.rate_shown(quotation.rate_micro) if foreign else "",
    }  # fmt: skip
    return Entry(values, [_line(row, quotation) for row in await offering.lines_of(quotation.id)])


def _line(row: dict[str, Any], quotation: Quotation) -> dict[str, Any]:
    as_ordered = {**row, "item_code": row["code"], "item_name": row["name"], "requested_date": None}
    line = orders.line_as_written(as_ordered, quotation) | {"breaks": breaks.written(row["breaks"])}
    if quotation.revision > 1 and row["price_micro"]:
        line |= {"unit_price": price_shown(row["price_micro"]), "price_unit": row["price_unit"]}
    return line


@post("/quotations/similar", status_code=200)
async def compared(request: Request, by: Actor) -> Response:
    """What the items of the form were offered and sold for."""
    by.must(permissions.WRITE)
    form = await read_form(request)
    customer = await orders.customer_of(form.raw("customer") or form.raw("customer_text"))
    said = [(row.raw("item") or row.raw("item_text"), row.raw("customer_item")) for row in lines_of(form)]
    return html(request, "quotations/_similar.html", similar=await _similar(said, customer, by))


async def _similar(
    said: list[tuple[Any, str]], customer: dict[str, Any] | None, by: Actor
) -> list[dict[str, Any]]:
    """Of the first items of the form that are known: the item, and what it was offered and sold for."""
    whose = (customer or NOBODY)["id"]
    found = {item.id: item for item in await ordered_items(said, whose, Problems()) if item is not None}
    return [
        {"item": item, "rows": await similar.of_item(item.id, whose, by)}
        for item in list(found.values())[:MOST_COMPARED]
    ]


ROUTES = [new, write, edit, rewrite, compared]
