"""What is decided of one order: hand it in, confirm, cancel, close it, or let it through a gate."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, post

from app.core.db import commit
from app.core.refusals import Refused
from app.core.words import N_, Word, _
from app.people.actors import Actor
from app.sales import gates, orders
from app.sales.pages.showing import page
from app.web.input import read_form
from app.web.render import see


def _say(number: str, verb: Word) -> str:
    return _(verb, number=number)


@post("/orders/{number:str}/submit", status_code=303)
async def submit(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    await commit(orders.submit, number, by=by, key=form.key, body=form.body)
    return see(f"/orders/{number}", _say(number, N_("Order %(number)s is handed in")))


@post("/orders/{number:str}/confirm", status_code=303)
async def confirm(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    done = await commit(orders.confirm, number, by=by, key=form.key, body=form.body, version=form.version)
    if done.deferred:
        return see(f"/orders/{number}", _say(number, N_("Order %(number)s waits for approval")), "chg")
    return see(f"/orders/{number}", _say(number, N_("Order %(number)s is confirmed")))


@post("/orders/{number:str}/cancel", status_code=303)
async def cancel(request: Request, number: str, by: Actor) -> Response:
    return await _with_reason(
        request, number, by, orders.cancel, "cancel-order", N_("Order %(number)s is cancelled")
    )


@post("/orders/{number:str}/close", status_code=303)
async def close(request: Request, number: str, by: Actor) -> Response:
    return await _with_reason(
        request, number, by, orders.close, "close-order", N_("Order %(number)s is closed")
    )


@post("/orders/{number:str}/waive", status_code=303)
async def waive(request: Request, number: str, by: Actor) -> Response:
    """Open one of the order's gates."""
    gate = (await read_form(request)).raw("gate")[:20]
    said = N_("The gate of order %(number)s is open")
    return await _with_reason(request, number, by, gates.waive, f"waive-{gate}", said, gate)


async def _with_reason(
    request: Request, number: str, by: Actor, verb: Callable[..., Awaitable[Any]], dialog: str, said: Word, *what: str
) -> Response:  # fmt: skip
    """Do what needs a reason; without a good one its dialog stays open."""
    form = await read_form(request)
    reason = form.prose("reason", 300)
    try:
        form.check()
        done = await commit(verb, number, *what, reason, by=by, key=form.key, body=form.body)
    except Refused as refused:
        return await page(request, number, by, dialog, form.values, refused.in_dialog("reason"))
    if done.deferred:
        return see(f"/orders/{number}", _say(number, N_("Order %(number)s waits for approval")), "chg")
    return see(f"/orders/{number}", _say(number, said))


ROUTES = [submit, confirm, cancel, close, waive]
