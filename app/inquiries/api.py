"""`/api/v1/inquiries`: the same verbs, for programs."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, post, put

from app.inquiries import inquiries, permissions, shown
from app.inquiries.entering import inquiry_of
from app.inquiries.inquiries import Lost
from app.inquiries.lists import inquiries_for
from app.inquiries.tables import Inquiry
from app.insight import first_reply
from app.people.actors import Actor
from app.web.api import carry_out, carry_out_on, limit_of, listed, reply
from app.web.input import read_json

BASE = "/api/v1/inquiries"


async def _shown(inquiry: Inquiry) -> dict[str, Any]:
    [wait] = await first_reply.waits([inquiry.to_dict()])
    return await shown.inquiry(inquiry, wait)


@get(BASE)
async def inquiries_list(request: Request, by: Actor) -> Response:
    """`?late=1`: those without a reply beyond the limit."""
    by.must(permissions.SEE)
    page = await (await inquiries_for(by)).page(request, by, limit_of(request))
    return listed([shown.listed(row) for row in page.rows], page.next_cursor)


@get(f"{BASE}/{{number:str}}")
async def inquiry(number: str, by: Actor) -> Response:
    return reply(await _shown(await inquiries.find(number, by)))


@post(BASE, status_code=201)
async def create(request: Request) -> Response:
    """`{customer | asker, contact, channel, received_at, said, lines: [{item | spec, quantity, unit, target_price, price_unit}]}`."""
    new = inquiry_of(await read_json(request))
    return await carry_out(
        request, inquiries.write, new, shown=_shown, address=lambda made: f"{BASE}/{made.number}", status=201
    )


@put(f"{BASE}/{{number:str}}")
async def edit(request: Request, number: str, by: Actor) -> Response:
    """Write an open inquiry anew."""
    return await _verb(request, inquiries.edit, number, by, inquiry_of(await read_json(request)))


@post(f"{BASE}/{{number:str}}/answer", status_code=200)
async def answer(request: Request, number: str, by: Actor) -> Response:
    """`{"how": "…"}`: our first reply by any way but a quotation."""
    form = await read_json(request)
    how = form.prose("how", 300)
    form.check()
    return await _verb(request, inquiries.answer, number, by, how)


@post(f"{BASE}/{{number:str}}/lose", status_code=200)
async def lose(request: Request, number: str, by: Actor) -> Response:
    """`{"reason": "price", "note": "…"}`."""
    form = await read_json(request)
    lost = Lost(form.text("reason", 40), form.prose("note", 300))
    form.check()
    return await _verb(request, inquiries.lose, number, by, lost)


@post(f"{BASE}/{{number:str}}/reopen", status_code=200)
async def reopen(request: Request, number: str, by: Actor) -> Response:
    """They asked again."""
    return await _verb(request, inquiries.reopen, number, by)


async def _verb(
    request: Request, verb: Callable[..., Awaitable[Any]], number: str, by: Actor, *more: Any
) -> Response:
    async def current() -> dict[str, Any]:
        return await _shown(await inquiries.find(number, by))

    return await carry_out_on(request, verb, number, *more, shown=_shown, current=current)


ROUTES = [inquiries_list, inquiry, create, edit, answer, lose, reopen]
