"""The audit log for whoever runs the house."""

import json
from typing import Any

from litestar import Request, Response, get

from app.core import db
from app.core.refusals import NOT_FOUND, Refused
from app.events import kinds
from app.events.lists import EVENTS, SUBJECTS
from app.events.log import label_of, told
from app.people.actors import Actor
from app.people.permissions import RUN_HOUSE
from app.web.export import export
from app.web.lists import draw
from app.web.render import render


@get("/audit")
async def audit(request: Request, by: Actor) -> Response:
    by.must(RUN_HOUSE)
    return await draw(request, by, EVENTS)


@get("/audit/export.xlsx")
async def export_audit(request: Request, by: Actor) -> Response:
    by.must(RUN_HOUSE)
    return await export(request, by, EVENTS)


@get("/audit/{id:int}")
async def one_event(request: Request, by: Actor, id: int) -> Response[str]:
    """One event: who, when, through which device, before and after, and all it is about."""
    by.must(RUN_HOUSE)
    row = await db.one(
        "select e.*, d.name as device_name from events e left join devices d on d.id = e.device where e.id = {}",
        min(id, 2**62),
    )
    if row is None:
        raise Refused(NOT_FOUND)
    event = told(row)
    event["diff"] = [(label_of(name), *pair) for name, *pair in event["diff"]]
    facts = [
        (name, value if isinstance(value, str | int) else json.dumps(value, ensure_ascii=False))
        for name, value in event["facts"].items() if name != "changes"
    ]  # fmt: skip
    return await render(
        request, "events/event.html", event=event, facts=facts, about=await _about(row["id"]), kind=kinds.in_words(row["name"])
    )  # fmt: skip


async def _about(event: int) -> list[dict[str, Any]]:
    """The things the event is linked to, each by the name people know it by."""
    found = []
    for link in await db.rows("select kind, subject_id from event_links where event = {} order by id", event):
        table, column, href = SUBJECTS.get(link["kind"], ("", "", ""))
        name = (
            await db.value(f"select {column} from {table} where id = {{}}", link["subject_id"])
            if table
            else None
        )
        found.append(
            {
                "kind": kinds.in_words(link["kind"]),
                "name": name or str(link["subject_id"]),
                "href": href.format(name) if name and href else "",
            }
        )
    return found


ROUTES = [audit, export_audit, one_event]
