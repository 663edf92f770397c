"""Being away: who decides for one on which days."""

from typing import Any

from litestar import Request, Response, get, post

from app.approvals import delegations, queries
from app.approvals.delegations import NewDelegation
from app.approvals.lists import DELEGATIONS, LOOKS, OVER, state_of
from app.approvals.permissions import DELEGATE, EDIT_RULES
from app.core import clock
from app.core.conditions import Condition
from app.core.db import commit
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import _
from app.events.log import timeline
from app.people.actors import Actor
from app.web.export import export_route
from app.web.input import read_form
from app.web.lists import draw
from app.web.render import render, see


@get("/delegations")
async def listed(request: Request, by: Actor) -> Response:
    by.must(DELEGATE)
    return await draw(request, by, DELEGATIONS)


exported = export_route(DELEGATIONS, DELEGATE)


@get("/delegations/new")
async def new(request: Request, by: Actor) -> Response:
    by.must(DELEGATE)
    return await _form(request, by, {"begins": clock.today().isoformat()})


@post("/delegations/new", status_code=303)
async def make(request: Request, by: Actor) -> Response:
    by.must(DELEGATE)
    form = await read_form(request)
    try:
        wanted = NewDelegation(
            giver=form.text("giver", 60), taker=form.text("taker", 60), begins=form.day("begins"), ends=form.day("ends"),
            note=form.prose("note", 200),
        )  # fmt: skip
        form.check()
        await commit(delegations.make, wanted, by=by, key=form.key, body=form.body)
    except Refused as refused:
        if not refused.fields():
            raise
        names = ("giver", "taker", "begins", "ends", "note")
        return await _form(request, by, {name: form.raw(name) for name in names}, refused.fields(), 422)
    return see("/delegations", _("Kept: from that day on, somebody decides instead"))


@get("/delegations/{id:int}")
async def show(request: Request, id: int, by: Actor) -> Response:
    by.must(DELEGATE)
    found = await delegation_of(id, by)
    label, kind = LOOKS[state_of(found)]
    events = await timeline("approval_delegation", id, 20)
    return await render(
        request,
        "approvals/delegation.html",
        found=found,
        look=(_(label), kind),
        over=state_of(found) == OVER,
        events=events,
    )


@post("/delegations/{id:int}/revoke", status_code=303)
async def revoke(request: Request, id: int, by: Actor) -> Response:
    by.must(DELEGATE)
    form = await read_form(request)
    await delegation_of(id, by)
    await commit(delegations.revoke, id, by=by, key=form.key, body=form.body)
    return see("/delegations", _("Ended: nobody decides instead any more"))


async def delegation_of(id_: int, by: Actor) -> dict[str, Any]:
    page = await DELEGATIONS.listing.page([Condition("d.id = {}", (id_,)), *DELEGATIONS.visible(by)], limit=1)
    if not page.rows:
        raise Refused(NOT_FOUND)
    return page.rows[0]


async def _form(
    request: Request,
    by: Actor,
    values: dict[str, str],
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    able = await queries.people_that_can_agree()
    return await render(
        request, "approvals/delegation_form.html", status, values=values, problems=problems or {}, able=able,
        for_others=by.may(EDIT_RULES),
    )  # fmt: skip


ROUTES = [listed, exported, new, make, show, revoke]
