"""`/api/v1/quotations`: the same verbs, for programs."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, post, put

from app.inquiries.inquiries import Lost
from app.people.actors import Actor
from app.quotations import accepting, permissions, quotations, shown
from app.quotations.entering import acceptance_of, quotation_of
from app.quotations.lists import QUOTATIONS
from app.quotations.tables import Quotation
from app.web.api import carry_out, carry_out_on, if_match, limit_of, listed, reply
from app.web.input import read_json

BASE = "/api/v1/quotations"


def _address(quotation: Quotation) -> str:
    return f"{BASE}/{quotation.number}"


@get(BASE)
async def quotations_list(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    page = await QUOTATIONS.page(request, by, limit_of(request))
    return listed([shown.listed(row) for row in page.rows], page.next_cursor)


@get(f"{BASE}/{{number:str}}")
async def quotation(number: str, by: Actor) -> Response:
    return reply(await shown.quotation(await quotations.find(number, by)))


@post(BASE, status_code=201)
async def create(request: Request) -> Response:
    """As a sales order, with `valid_until`, `lead_days` and of each line `breaks` ("50 = 255; 100 = 248")."""
    new = quotation_of(await read_json(request))
    return await carry_out(
        request, quotations.write, new, shown=shown.quotation, address=_address, status=201
    )


@put(f"{BASE}/{{number:str}}")
async def edit(request: Request, number: str, by: Actor) -> Response:
    """Write a draft anew; a line with its `line_no` keeps its number."""
    return await _verb(request, quotations.edit, number, by, quotation_of(await read_json(request)))


@post(f"{BASE}/{{number:str}}/send", status_code=200)
async def send(request: Request, number: str, by: Actor) -> Response:
    """`{"mail": "…"}` mails the PDF; without, somebody hands it over. 202 when somebody must agree first."""
    form = await read_json(request)
    mail = form.text("mail", 120)
    form.check()
    return await _verb(request, quotations.send, number, by, mail)


@post(f"{BASE}/{{number:str}}/accept", status_code=200)
async def accept(request: Request, number: str, by: Actor) -> Response:
    """`{"customer_order_number", "due_date", "lines": [{"line_no", "quantity"}]}`, all optional; names its `sales_order`.

    A prospect becomes a customer by it: `customer_code`, `customer_address` are needed then, `customer_name`, `customer_contact`,
    `customer_phone`, `customer_payment_days` where they are others than known.
    """
    taken = acceptance_of(await read_json(request))

    async def answer(done: tuple[Quotation, str]) -> dict[str, Any]:
        return await shown.quotation(done[0])

    return await _verb(request, accepting.accept, number, by, taken, answer=answer)


@post(f"{BASE}/{{number:str}}/revise", status_code=201)
async def revise(request: Request, number: str) -> Response:
    """The next revision, a draft; the older one is superseded."""
    return await carry_out(
        request, quotations.revise, number, shown=shown.quotation, address=_address, status=201, version=if_match(request)
    )  # fmt: skip


@post(f"{BASE}/{{number:str}}/lose", status_code=200)
async def lose(request: Request, number: str, by: Actor) -> Response:
    """`{"reason": "price", "note": "…"}`."""
    form = await read_json(request)
    lost = Lost(form.text("reason", 40), form.prose("note", 300))
    form.check()
    return await _verb(request, quotations.lose, number, by, lost)


async def _verb(
    request: Request, verb: Callable[..., Awaitable[Any]], number: str, by: Actor, *more: Any,
    answer: Callable[[Any], Awaitable[dict[str, Any]]] = shown.quotation,
) -> Response:  # fmt: skip
    async def current() -> dict[str, Any]:
        return await shown.quotation(await quotations.find(number, by))

    return await carry_out_on(request, verb, number, *more, shown=answer, current=current)


ROUTES = [quotations_list, quotation, create, edit, send, accept, revise, lose]
