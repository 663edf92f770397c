"""Change requests: what a customer wants otherwise, point by point, beside what stands."""

from typing import Any

from litestar import Request, Response, get, post

from app.amendments import amend_pages, amending, change_requests, permissions, states
from app.amendments.lists import CHANGE_REQUESTS
from app.core.db import commit
from app.core.refusals import Refused
from app.core.states import possible
from app.core.words import Word, _
from app.events.log import timeline
from app.intake.comparing import WHATS
from app.people.actors import Actor
from app.sales.permissions import PRICE
from app.sales.states import KINDS
from app.web.export import export_route
from app.web.input import read_form
from app.web.lists import draw
from app.web.render import render, see

HIDDEN = "＊"


def shown_to(point: dict[str, Any], by: Actor) -> dict[str, Any]:
    """A point in words; prices only for those who may see them."""
    stands, asks = point["stands"], point["asks"]
    if point["what"] == "unit_price" and not by.may(PRICE):
        stands = asks = HIDDEN
    if point["what"] == "kind":
        stands, asks = (_(KINDS.get(each, Word(each))) for each in (stands, asks))
    return {
        **point,
        "label": _(WHATS.get(point["what"], Word(point["what"]))),
        "stands": stands,
        "asks": asks,
    }


@get("/change-requests")
async def index(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    return await draw(request, by, CHANGE_REQUESTS)


export_page = export_route(CHANGE_REQUESTS, permissions.SEE)


@get("/change-requests/{number:str}")
async def show(request: Request, by: Actor, number: str) -> Response:
    return await _show(request, by, number, {})


async def _show(request: Request, by: Actor, number: str, problems: dict[str, str], note: str = "",
                status: int = 200) -> Response:  # fmt: skip
    found = await change_requests.find(number, by)
    return await render(
        request, "amendments/show.html", status, row=found, points=[shown_to(p, by) for p in found["lines"]],
        look=states.LOOKS[found["state"]], problems=problems, note=note, events=await timeline("change_request", found["id"]),
        verbs=possible(states.MOVES, found["state"]) if by.may(permissions.CLOSE) else set(), cause=states.CAUSES.get(found["cause"]),
        amends=found["state"] == states.OPEN and found["order_state"] in amending.STANDING and by.may(permissions.AMEND),
    )  # fmt: skip


@post("/change-requests/{number:str}/close", status_code=303)
async def close(request: Request, by: Actor, number: str) -> Response:
    form = await read_form(request)
    note = form.text("note", 300, lines=True)
    try:
        form.check()
        await commit(
            change_requests.close, number, note, by=by, version=form.version, key=form.key, body=form.body
        )
    except Refused as refused:
        return await _show(request, by, number, refused.on_form(), form.raw("note"), refused.status)
    return see(f"/change-requests/{number}", _("Dealt with"))


@post("/change-requests/{number:str}/reopen", status_code=303)
async def reopen(request: Request, by: Actor, number: str) -> Response:
    form = await read_form(request)
    await commit(change_requests.reopen, number, by=by, version=form.version, key=form.key, body=form.body)
    return see(f"/change-requests/{number}", _("To be decided again"))


ROUTES = [index, export_page, show, close, reopen, *amend_pages.ROUTES]
