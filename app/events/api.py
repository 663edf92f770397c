"""`/api/v1/events`: everything that happened, each event once, in the order of commits. For programs that follow along."""

import json
from typing import Any

from litestar import Request, Response, get

from app.core import db
from app.core.paging import BAD_CURSOR
from app.core.refusals import Refused
from app.core.text import digits
from app.events.log import describe
from app.events.permissions import READ_FEED
from app.people.actors import Actor
from app.web.api import reply

LIMIT, MOST = 200, 1000


@get("/api/v1/events")
async def feed(request: Request, by: Actor) -> Response:
    """Events after a position (`?after=`, 0 from the beginning); ask again with the last position received.

    A position is given after the commit, in commit order, and never again: who reads on misses nothing and sees nothing
    twice. `limit` is at most 1,000.
    """
    by.must(READ_FEED)
    after, limit = _whole(request, "after", 0), min(_whole(request, "limit", LIMIT), MOST)
    found = await db.rows(
        "select id, position, name, subject_kind, subject_id, facts, facts_version, actor, person, device, happened_at, recorded_at"
        " from events where position > {} order by position limit {}",
        after, limit,
    )  # fmt: skip
    links = await _links([row["id"] for row in found])
    return reply({
        "items": [_shown(row, links.get(row["id"], [])) for row in found],
        "last": found[-1]["position"] if found else after, "more": len(found) == limit,
    })  # fmt: skip


def _whole(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, "")
    number = digits(text, 18)
    if text and number is None:
        raise Refused(BAD_CURSOR, name)
    return default if number is None else number


async def _links(ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    if ids:
        some = ", ".join(map(str, ids))
        for link in await db.rows(
            f"select event, kind, subject_id from event_links where event in ({some}) order by id"
        ):
            found.setdefault(link["event"], []).append({"kind": link["kind"], "id": link["subject_id"]})
    return found


def _shown(row: dict[str, Any], links: list[dict[str, Any]]) -> dict[str, Any]:
    facts = json.loads(row["facts"])
    return {
        "position": row["position"], "name": row["name"], "subject": {"kind": row["subject_kind"], "id": row["subject_id"]},
        "about": links, "facts": facts, "facts_version": row["facts_version"], "sentence": describe({**row, "facts": facts}),
        "actor": row["actor"], "person": row["person"], "device": row["device"],
        "happened_at": row["happened_at"].isoformat(), "recorded_at": row["recorded_at"].isoformat(),
    }  # fmt: skip


ROUTES = [feed]
