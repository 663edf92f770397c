"""接单中心: drop a file, and see what came."""

from typing import Any

from litestar import Request, Response, get, post

from app.core import db
from app.core.db import Done, commit
from app.core.refusals import Refused
from app.core.words import _
from app.intake import inbound, learned_pages, many_pages, permissions, review_pages, rule_pages
from app.intake.lists import INBOUND
from app.intake.many_pages import to_made
from app.intake.refusals import NOTHING_SENT
from app.intake.sources import records_in
from app.people.actors import Actor
from app.sales.permissions import CONFIRM
from app.web.export import export_route
from app.web.input import Input, read_form
from app.web.lists import draw


async def sent(form: Input) -> tuple[str, str, bytes]:
    """(channel, file name, bytes) of an upload or of pasted text."""
    file = form.files.get("file")
    if file is not None:
        return "file", file.filename, await file.read()
    text = form.raw("text")
    if not text.strip():
        raise Refused(NOTHING_SENT, "file")
    return "paste", "", text.encode()


@get("/intake")
async def index(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    return await _index(request, by)


async def _index(
    request: Request, by: Actor, problems: dict[str, str] | None = None, text: str = ""
) -> Response:
    clear = await db.value("select count(*) from inbound_orders where state = 'new' and doubts = 0")
    return await draw(
        request, by, INBOUND, problems=problems or {}, text=text, may_decide=by.may(permissions.DECIDE), clear=clear,
        may_confirm=by.may(CONFIRM),
    )  # fmt: skip


export_page = export_route(INBOUND, permissions.SEE)


@post("/intake", status_code=303)
async def take_in(request: Request, by: Actor) -> Response:
    by.must(permissions.DECIDE)
    form = await read_form(request)

    async def numbers(done: Done) -> dict[str, Any]:
        return {"numbers": [row.number for row in done.value]}

    try:
        channel, name, data = await sent(form)
        found = await records_in(name, data)
        done = await commit(
            inbound.receive, found, channel, name or _("Pasted text"), data, by=by, key=form.key, body=data, answer=numbers,
        )  # fmt: skip
    except Refused as refused:
        problems = refused.on_form("file")
        answer = await _index(request, by, problems, form.raw("text"))
        answer.status_code = refused.status
        return answer
    return await to_made(done.answer["numbers"])


ROUTES = [
    index, export_page, take_in,
    *review_pages.ROUTES, *learned_pages.ROUTES, *rule_pages.ROUTES, *many_pages.ROUTES,
]  # fmt: skip
