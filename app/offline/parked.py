"""What the office does with an action it looks at: book it after all, discard it, or have seen it."""

import json
from typing import Any

from app.core import db
from app.core import states as machine
from app.core.refusals import REQUIRED, Refused
from app.core.rows import locked
from app.core.words import _
from app.events.log import record
from app.offline import events, states
from app.offline.booking import carry_out
from app.offline.parking import decided, subject, told
from app.offline.permissions import DECIDE, FACTS
from app.offline.refusals import MALFORMED, NOT_AN_ACTION
from app.offline.tables import ParkedAction
from app.people.actors import Actor


async def retry(id_: int, *, by: Actor, version: int | None = None) -> ParkedAction:
    """Book a parked action after all, as its device and person; Refused when it still cannot be."""
    by.must(DECIDE)
    row = await locked(ParkedAction, ParkedAction.id == id_, version=version)
    await machine.move(row, states.MOVES, "retry", states.LOOKS)
    await carry_out(_given(row), row.body, by=await _device(row, by))
    await decided(row, by)
    await record(events.ActionBooked(subject=subject(row), **await told(row)), by=by)
    return row


async def discard(id_: int, note: str, *, by: Actor, version: int | None = None) -> ParkedAction:
    """Put a parked action aside, saying why."""
    by.must(DECIDE)
    if not note.strip():
        raise Refused(REQUIRED, "note")
    row = await locked(ParkedAction, ParkedAction.id == id_, version=version)
    await machine.move(row, states.MOVES, "discard", states.LOOKS)
    await decided(row, by, note)
    await record(events.ActionDiscarded(subject=subject(row), **await told(row), note=note[:300]), by=by)
    return row


async def see(id_: int, *, by: Actor, version: int | None = None) -> ParkedAction:
    """The office has looked at a flagged action."""
    by.must(DECIDE)
    row = await locked(ParkedAction, ParkedAction.id == id_, version=version)
    await machine.move(row, states.MOVES, "see", states.LOOKS)
    await decided(row, by)
    return row


async def _device(row: ParkedAction, by: Actor) -> Actor:
    """The device as the actor of what was done on it."""
    name = await db.value("select name from devices where id = {}", row.device) if row.device else by.name
    return Actor(name=name, device_id=row.device, user_id=by.user_id, language=by.language, rights=FACTS)


def _given(row: ParkedAction) -> Any:
    """What the device sent; only its beginning is kept of what was far too long."""
    try:
        return json.loads(row.body)
    except ValueError:
        raise Refused(MALFORMED, why=_(NOT_AN_ACTION)) from None
