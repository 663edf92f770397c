"""Writing a quotation: the form that an order has too, with what the items were offered and sold for at its right."""

from typing import Any

from litestar import Request, Response, post

from app.core import db
from app.core.money import price_shown
from app.core.refusals import NOT_NOW, Refused
from app.core.words import N_
from app.inquiries import inquiries
from app.inquiries.reading import lines_of as lines_kept
from app.inquiries.tables import Inquiry
from app.people.actors import Actor
from app.quotations import breaks, offering, permissions, quotations, similar
from app.quotations.entering import quotation_of
from app.quotations.offering import LEAD_DAYS, VALID_DAYS
from app.quotations.states import DRAFT, LOOKS
from app.sales.agreed import NOBODY
from app.sales.entering import lines_of
from app.sales.items import ordered_items
from app.sales.pages import order_form
from app.sales.pages.order_form import customer_of
from app.sales.problems import Problems
from app.web.entry import Entry
from app.web.entry_pages import EntryPages
from app.web.input import Input, read_form
from app.web.render import html, render

HEAD = (*order_form.HEAD, "valid_until", "lead_days", "inquiry")
LINE = (*order_form.LINE, "breaks")
BLANK = {**order_form.BLANK, "breaks": ""}
MOST_COMPARED = 5
"""Items whose earlier prices are shown beside the form."""


async def _new(request: Request, by: Actor) -> Entry:
    """`?customer=HENGLI` fills in whose terms count, `?inquiry=IQ…` what they asked for."""
    asked = await _asked(request.query_params.get("inquiry", ""), by)
    customer = await customer_of(request.query_params.get("customer", ""))
    if asked and asked.customer:
        customer = await db.one("select * from customers where id = {}", asked.customer)
    values = dict.fromkeys(HEAD, "") | {"inquiry": asked.number if asked else ""}
    lines = [_of_inquiry(line) for line in await lines_kept(asked.id)] if asked else []
    return Entry(values | order_form.taken_from(customer), lines or [dict(BLANK)])


async def _asked(number: str, by: Actor) -> Inquiry | None:
    return await inquiries.find(number, by) if number else None


def _of_inquiry(line: dict[str, Any]) -> dict[str, Any]:
    """A line as they asked for it; where they named several quantities, the first."""
    title = f"{line['code']} {line['name']} {line['item_spec']}".strip() if line["code"] else ""
    return {
        **BLANK, "item": line["code"] or "", "item_text": title, "spec": line["spec"][:200], "unit": line["unit"],
        "quantity": line["quantity"].partition("/")[0].strip(),
    }  # fmt: skip


async def _written(number: str, by: Actor) -> Entry:
    """A draft as form values; what it answers stays as it was written first."""
    quotation = await quotations.find(number, by)
    if quotation.state != DRAFT:
        raise Refused(NOT_NOW, state=LOOKS[quotation.state].label)
    values = await order_form.head_written(quotation, HEAD)
    rows = await offering.lines_of(quotation.id)
    lines = await order_form.lines_written(rows, quotation)
    for line, row in zip(lines, rows, strict=True):
        line["breaks"] = breaks.written(row["breaks"])
        if quotation.revision > 1 and row["price_micro"]:  # that no price list of today changes it
            line |= {"unit_price": price_shown(row["price_micro"]), "price_unit": row["price_unit"]}
    return Entry(values | {"inquiry": "", "customer_order_number": quotation.customer_reference}, lines)


def _sent(form: Input) -> Entry:
    return order_form.sent(form, HEAD, LINE)


async def _draw(request: Request, by: Actor, form: Entry, number: str, status: int) -> Response:
    said = [(line["item"], line["customer_item"]) for line in form.lines]
    asker = await db.value(
        "select asker from inquiries where number = {} and customer is null", form.values["inquiry"][:40]
    )
    shown = await order_form.context(form, number, by)
    return await render(
        request, "quotations/form.html", status, asker=asker or "", usual=(LEAD_DAYS, VALID_DAYS),
        similar=await _similar(said, shown["customer"], by), **shown,
    )  # fmt: skip


@post("/quotations/similar", status_code=200)
async def compared(request: Request, by: Actor) -> Response:
    """What the items of the form were offered and sold for."""
    by.must(permissions.WRITE)
    form = await read_form(request)
    customer = await customer_of(form.chosen("customer"))
    said = [(row.chosen("item"), row.raw("customer_item")) for row in lines_of(form)]
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


PAGES = EntryPages(
    path="/quotations", right=permissions.WRITE, blank=BLANK, new=_new, written=_written, sent=_sent, draw=_draw,
    entered=quotation_of, write=quotations.write, edit=quotations.edit,
    done=N_("Quotation %(number)s is written as a draft"), changed=N_("Quotation %(number)s is changed"),
)  # fmt: skip
ROUTES = [*PAGES.routes(), compared]
