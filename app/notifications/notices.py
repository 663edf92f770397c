"""Notices at the bell: which user hears of which event. Written by reactions, so each is there once."""

from collections.abc import Iterable
from typing import Any

from app.core import clock, db
from app.events.log import describe
from app.notifications import outbox
from app.people.actors import Actor


async def tell(users: Iterable[int], event: dict[str, Any], href: str) -> None:
    """Put a notice of this event at the bell of these users, but not of the one who did it, and hand it to their channels."""
    now, hearers = clock.now(), sorted(set(users) - {event["user"]})
    told = [(user, event["id"], href[:200], now) for user in hearers]
    await db.insert_many(
        "notices", ('"user"', "event", "href", "made_at"), told, 'on conflict ("user", event) do nothing'
    )
    await outbox.put(hearers, event, href)
    await outbox.put_to_groups(event, href)


async def users_with(permission: str) -> list[int]:
    """Everybody who holds a right."""
    found = await db.rows(
        'select distinct ur."user" as id from user_roles ur join grants g on g.role = ur.role'
        ' join users u on u.id = ur."user" where g.permission = {} and u.active',
        permission,
    )
    return [r["id"] for r in found]


async def of(by: Actor, limit: int = 100) -> list[dict[str, Any]]:
    """This user's notices, newest first, each with its sentence."""
    found = await db.rows(
        "select n.id, n.href, n.made_at, n.read_at, e.name, e.facts, e.actor from notices n join events e on e.id = n.event"
        ' where n."user" = {} order by n.id desc limit {}',
        by.user_id or 0, limit,
    )  # fmt: skip
    return [{**row, "text": describe(row)} for row in found]


async def read_all(*, by: Actor) -> None:
    """Mark everything as read."""
    await db.rows(
        'update notices set read_at = {} where "user" = {} and read_at is null', clock.now(), by.user_id or 0
    )


async def open_one(notice_id: int, *, by: Actor) -> str:
    """Mark one as read; where it leads ('/' when it is not the user's)."""
    found = await db.rows(
        'update notices set read_at = coalesce(read_at, {}) where id = {} and "user" = {} returning href',
        clock.now(), notice_id, by.user_id or 0,
    )  # fmt: skip
    return found[0]["href"] if found else "/"
