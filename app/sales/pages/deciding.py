"""What is decided of one order: hand it in, confirm, cancel, close it, or let it through a gate."""

from litestar import Request, Response, post

from app.core.db import commit
from app.core.words import N_, Word, _
from app.people.actors import Actor
from app.sales import gates, orders
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
    form = await read_form(request)
    reason = form.prose("reason", 300)
    form.check()
    await commit(orders.cancel, number, reason, by=by, key=form.key, body=form.body)
    return see(f"/orders/{number}", _say(number, N_("Order %(number)s is cancelled")))


@post("/orders/{number:str}/close", status_code=303)
async def close(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    reason = form.prose("reason", 300)
    form.check()
    await commit(orders.close, number, reason, by=by, key=form.key, body=form.body)
    return see(f"/orders/{number}", _say(number, N_("Order %(number)s is closed")))


@post("/orders/{number:str}/waive", status_code=303)
async def waive(request: Request, number: str, by: Actor) -> Response:
    """Open one of the order's gates."""
    form = await read_form(request)
    gate, reason = form.choice("gate", tuple(gates.NAMES)), form.prose("reason", 300)
    form.check()
    done = await commit(gates.waive, number, gate, reason, by=by, key=form.key, body=form.body)
    if done.deferred:
        return see(f"/orders/{number}", _say(number, N_("Order %(number)s waits for approval")), "chg")
    return see(f"/orders/{number}", _say(number, N_("The gate of order %(number)s is open")))


ROUTES = [submit, confirm, cancel, close, waive]
