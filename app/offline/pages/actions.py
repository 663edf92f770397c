"""What devices sent and the office looks at."""

import json
from typing import Any

from litestar import Request, Response, get, post

from app.core import db
from app.core.db import commit
from app.core.refusals import NOT_FOUND, Refused
from app.core.states import possible
from app.core.words import N_, Word, _
from app.events.log import timeline
from app.offline import lists, parked, states
from app.offline.actions import ACTIONS
from app.offline.permissions import DECIDE
from app.people.actors import Actor
from app.web.export import export
from app.web.input import read_form
from app.web.lists import draw
from app.web.render import render, see


@get("/device-actions")
async def action_list(request: Request, by: Actor) -> Response:
    by.must(DECIDE)
    return await draw(request, by, lists.PARKED_ACTIONS)


@get("/device-actions/export.xlsx")
async def action_export(request: Request, by: Actor) -> Response:
    by.must(DECIDE)
    return await export(request, by, lists.PARKED_ACTIONS)


async def _action_page(request: Request, id_: int, problems: dict[str, str], status: int = 200) -> Response:
    row = await db.one(
        "select a.*, d.name as device_name, p.name as person_name from parked_actions a left join devices"
        " d on d.id = a.device"
        " left join people p on p.id = a.person where a.id = {}",
        id_,
    )
    if row is None:
        raise Refused(NOT_FOUND)
    look = states.LOOKS[row["state"]]
    return await render(
        request,
        "offline/action.html",
        status,
        row=row,
        look=(_(look.label), look.kind),
        why=lists.why(row),
        problems=problems,
        what=_(ACTIONS[row["name"]].label) if row["name"] in ACTIONS else _("Unknown action"),
        said=_said(row["body"]),
        verbs=possible(states.MOVES, row["state"]),
        events=await timeline("device_action", id_),
    )


FIELDS = {
    "operation": N_("Operation"), "work_order": N_("Work order"), "delivery_note": N_("Delivery note"),
    "line": N_("Line"), "lot": N_("Lot"), "bin": N_("Bin"), "machine": N_("Machine"),
    "reason": N_("Reason"), "kind": N_("Kind"),
    "good": N_("Good"), "quantity": N_("Quantity"), "unit": N_("Unit"), "weight": N_("Net weight kg"),
    "gross": N_("Gross weight kg"), "tare": N_("Tare kg"), "scrap": N_("Scrap"), "container": N_("Container"),
    "report_action": N_("Undone report"), "hand_entered": N_("Typed by hand"), "note": N_("Note"),
}  # fmt: skip


def _said(raw: str) -> list[tuple[str, str]]:
    """What the action says, field by field; the raw text when it is not even JSON."""
    try:
        given = json.loads(raw)
    except ValueError:
        given = None
    payload = given.get("payload") if isinstance(given, dict) else None
    if not isinstance(payload, dict):
        return [("", raw[:2000])]
    return [(_(FIELDS.get(name, Word(name))), _plain(value)) for name, value in payload.items()]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else ""
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return "；".join(" ".join(str(part) for part in each.values()) for each in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@get("/device-actions/{id:int}")
async def show_action(request: Request, by: Actor, id: int) -> Response:
    by.must(DECIDE)
    return await _action_page(request, id, {})


@post("/device-actions/{id:int}/retry", status_code=303)
async def retry(request: Request, by: Actor, id: int) -> Response:
    form = await read_form(request)
    await commit(parked.retry, id, by=by, version=form.version, key=form.key, body=form.body)
    return see(f"/device-actions/{id}", _("Booked"))


@post("/device-actions/{id:int}/discard", status_code=303)
async def discard(request: Request, by: Actor, id: int) -> Response:
    form = await read_form(request)
    try:
        note = form.prose("note", 300, required=True)
        form.check()
        await commit(parked.discard, id, note, by=by, version=form.version, key=form.key, body=form.body)
    except Refused as refused:
        if not refused.fields():
            raise
        return await _action_page(request, id, refused.fields(), refused.status)
    return see(f"/device-actions/{id}", _("Discarded"))


@post("/device-actions/{id:int}/see", status_code=303)
async def see_action(request: Request, by: Actor, id: int) -> Response:
    form = await read_form(request)
    await commit(parked.see, id, by=by, version=form.version, key=form.key, body=form.body)
    return see("/device-actions?state=flagged", _("Noted as seen"))


ROUTES = [action_list, action_export, show_action, retry, discard, see_action]
