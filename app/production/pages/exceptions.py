"""Exceptions on the floor: the list, one, and what is done about it."""

from litestar import Request, Response, get, post

from app.core.conditions import Condition
from app.core.db import commit
from app.core.refusals import NOT_FOUND, Refused
from app.core.states import possible
from app.events.log import timeline
from app.people.actors import Actor
from app.production import exceptions, permissions, states
from app.production.lists import EXCEPTION_LISTING, EXCEPTIONS, dress_exceptions
from app.web.export import export_route
from app.web.input import read_form
from app.web.lists import draw
from app.web.render import render, see


@get("/production-exceptions")
async def listing(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE_EXCEPTIONS)
    return await draw(request, by, EXCEPTIONS)


export_list = export_route(EXCEPTIONS, permissions.SEE_EXCEPTIONS)


@get("/production-exceptions/{number:str}")
async def show(request: Request, number: str, by: Actor) -> Response:
    by.must(permissions.SEE_EXCEPTIONS)
    return await _page(request, number, by)


async def _page(
    request: Request, number: str, by: Actor, refused: Refused | None = None, note: str = ""
) -> Response:
    found = (
        await EXCEPTION_LISTING.page([Condition("e.number = {}", (number[:40].replace("\x00", ""),))])
    ).rows
    if not found:
        raise Refused(NOT_FOUND)
    await dress_exceptions(found)
    moves = (
        possible(states.EXCEPTION_MOVES, found[0]["state"])
        if by.may(permissions.DECIDE_EXCEPTIONS)
        else set()
    )
    return await render(
        request, "production/exception/show.html", 200 if refused is None else refused.status, exception=found[0], moves=moves,
        note=note, problems=refused.fields() if refused else {}, events=await timeline("production_exception", found[0]["id"]),
    )  # fmt: skip


@post("/production-exceptions/{number:str}/acknowledge", status_code=303)
async def acknowledge(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    await commit(exceptions.acknowledge, number, version=form.version, by=by, key=form.key, body=form.body)
    return see(f"/production-exceptions/{number}")


@post("/production-exceptions/{number:str}/resolve", status_code=303)
async def resolve(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    try:
        note = form.prose("note", 300, required=True)
        form.check()
        await commit(
            exceptions.resolve, number, note, version=form.version, by=by, key=form.key, body=form.body
        )
    except Refused as refused:
        if not refused.fields():
            raise
        return await _page(request, number, by, refused, form.raw("note"))
    return see("/production-exceptions?state=unresolved")


ROUTES = [listing, export_list, show, acknowledge, resolve]
