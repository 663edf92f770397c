"""Writing a framework order: the form that an order has too, with how long it holds and how firm its call-offs are."""

from litestar import Request, Response

from app.core.refusals import NOT_NOW, Refused
from app.core.words import N_
from app.frameworks import figures, frameworks, permissions
from app.frameworks.agreeing import FIRM_DAYS
from app.frameworks.entering import framework_of
from app.frameworks.states import DRAFT, LOOKS, MOVES
from app.people.actors import Actor
from app.sales import permissions as sales
from app.sales.pages import order_form
from app.sales.pages.order_form import BLANK, customer_of
from app.web.entry import Entry
from app.web.entry_pages import EntryPages
from app.web.input import Input
from app.web.render import render

HEAD = (*order_form.HEAD, "valid_from", "valid_until", "firm_days", "beyond_percent", "repeats")


async def _new(request: Request, by: Actor) -> Entry:
    """`?customer=HENGLI` fills in whose terms count."""
    customer = await customer_of(request.query_params.get("customer", ""))
    values = dict.fromkeys(HEAD, "") | {"repeats": "yes"}
    return Entry(values | order_form.taken_from(customer), [dict(BLANK)])


async def _written(number: str, by: Actor) -> Entry:
    """Each line with its price, also that of a list: it was agreed."""
    framework = await frameworks.find(number, by)
    if framework.state not in MOVES["edit"][0]:
        raise Refused(NOT_NOW, state=LOOKS[framework.state].label)
    values = await order_form.head_written(framework, HEAD)
    lines = [{**line, "price_from": ""} for line in await figures.lines_of(framework.id)]
    return Entry(
        values | {"customer_order_number": framework.customer_number},
        await order_form.lines_written(lines, framework),
    )


def _sent(form: Input) -> Entry:
    return order_form.sent(form, HEAD)


async def _draw(request: Request, by: Actor, form: Entry, number: str, status: int) -> Response:
    by.must(sales.PRICE)
    in_force = bool(number) and (await frameworks.find(number, by)).state != DRAFT
    return await render(
        request, "frameworks/form.html", status, usual=FIRM_DAYS, in_force=in_force, **await order_form.context(form, number, by)
    )  # fmt: skip


PAGES = EntryPages(
    path="/framework-orders", right=permissions.WRITE, blank=BLANK, new=_new, written=_written, sent=_sent, draw=_draw,
    entered=framework_of, write=frameworks.write, edit=frameworks.edit,
    done=N_("Framework order %(number)s is written as a draft"), changed=N_("Framework order %(number)s is changed"),
)  # fmt: skip
ROUTES = PAGES.routes()
