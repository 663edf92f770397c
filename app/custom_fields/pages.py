"""The page where an administrator defines custom fields."""

from typing import Any

from litestar import Request, Response, get, post

from app.core.db import Done, commit
from app.core.refusals import Refused
from app.core.words import _
from app.custom_fields import definitions
from app.custom_fields.defined import KINDS, THINGS
from app.custom_fields.definitions import code_of, define, find
from app.custom_fields.entering import NAMES, entered, values_of
from app.custom_fields.lists import FIELDS
from app.custom_fields.permissions import EDIT
from app.events.log import timeline
from app.people.actors import Actor
from app.web.export import export_route
from app.web.input import read_form
from app.web.lists import draw
from app.web.render import render, see

BLANK: dict[str, Any] = dict.fromkeys(NAMES, "") | {
    "kind": "text",
    "decimals": "0",
    "position": "10",
    "active": True,
}


@get("/custom-fields")
async def index(request: Request, by: Actor) -> Response:
    by.must(EDIT)
    return await draw(request, by, FIELDS)


@get("/custom-fields/new")
async def new(request: Request, by: Actor) -> Response:
    """`?thing=customer` chooses whose field it is."""
    by.must(EDIT)
    thing = request.query_params.get("thing", "")
    return await _form(request, by, "", BLANK | ({"thing": thing} if thing in THINGS else {}), {})


@get("/custom-fields/{code:str}")
async def show(request: Request, by: Actor, code: str) -> Response:
    by.must(EDIT)
    return await _form(request, by, code, values_of(await find(code)), {})


@post("/custom-fields", status_code=303)
async def make(request: Request, by: Actor) -> Response:
    return await _save(request, by, "")


@post("/custom-fields/{code:str}", status_code=303)
async def change(request: Request, by: Actor, code: str) -> Response:
    return await _save(request, by, code)


async def _form(
    request: Request,
    by: Actor,
    code: str,
    values: dict[str, Any],
    problems: dict[str, str],
    status: int = 200,
) -> Response[str]:
    row = await find(code) if code else None
    return await render(
        request, "custom_fields/field.html", status, code=code, row=row, v=values, wrong=problems,
        things=[(thing, _(each.label)) for thing, each in THINGS.items()], kinds=[(kind, _(word)) for kind, word in KINDS.items()],
        events=await timeline("custom_field", row.id, by=by) if row else [],
    )  # fmt: skip


async def _save(request: Request, by: Actor, code: str) -> Response:
    by.must(EDIT)
    form = await read_form(request)

    async def where(done: Done) -> dict[str, Any]:
        return {"code": code_of(done.value), "label": done.value.label}

    edge: dict[str, Any] = {"by": by, "key": form.key, "body": form.body, "answer": where}
    try:
        if code:
            done = await commit(definitions.change, code, entered(form), version=form.version, **edge)
        else:
            done = await commit(define, entered(form), **edge)
    except Refused as refused:
        values = BLANK | {"active": ""} | form.values
        return await _form(request, by, code, values, refused.on_form(), refused.status)
    return see(f"/custom-fields/{done.answer['code']}", _("%(what)s saved", what=done.answer["label"]))


ROUTES = [index, export_route(FIELDS, EDIT), new, show, make, change]
