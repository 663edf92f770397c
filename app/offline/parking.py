"""Keeping for the office what could not be booked, and what was booked and is odd."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.core import clock, db
from app.core import states as machine
from app.core.refusals import Refused
from app.core.rows import locked
from app.events.log import Subject, record
from app.offline import events, states
from app.offline.actions import ACTIONS
from app.offline.reading import LONGEST, fingerprint, id_of, moment
from app.offline.tables import ParkedAction
from app.people.actors import Actor


async def keep(given: Any, raw: str, state: str, reason: str, detail: str, *, by: Actor) -> None:
    """Note an action for the office; the same one twice is kept once."""
    values = given if isinstance(given, Mapping) else {}
    person = await _person_id(values.get("person"))
    name = values.get("name") if values.get("name") in ACTIONS else ""
    kept = await db.rows(
        "insert into parked_actions (action, name, body, body_hash, device, person, state, reason, detail,"
        " happened_at, arrived_at,"
        " decided_by, note, version) values ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, '', '', 1)"
        " on conflict (device, action, body_hash) do nothing returning id",
        id_of(given),
        name,
        raw[:LONGEST],
        fingerprint(raw),
        by.device_id,
        person,
        state,
        reason,
        detail[:300],
        _moment(values.get("happened_at")),
        clock.now(),
    )
    if kept and state == states.PARKED:
        row = await locked(ParkedAction, ParkedAction.id == kept[0]["id"])
        await record(events.ActionParked(subject=subject(row), **await told(row), why=detail), by=by)


async def _person_id(code: Any) -> int | None:
    if not isinstance(code, str) or not code.isprintable():
        return None
    return await db.value("select id from people where code = {}", code[:60])


def _moment(text: Any) -> datetime | None:
    try:
        return moment(text) if isinstance(text, str) else None
    except Refused:
        return None


async def was_booked(action: str, *, by: Actor) -> bool:
    """Whether the office booked this parked action of the device meanwhile."""
    rows = await ParkedAction.objects().where(
        (ParkedAction.action == action) & (ParkedAction.device == by.device_id)
    )
    return any(row.state == states.BOOKED for row in rows)


async def replaced(action: str, *, by: Actor) -> None:
    """The device sent it again, changed: the parked one is done with."""
    rows = await ParkedAction.objects().where(
        (ParkedAction.action == action)
        & (ParkedAction.device == by.device_id)
        & (ParkedAction.state == states.PARKED)
    )
    for row in rows:
        await machine.move(row, states.MOVES, "replace", states.LOOKS)
        await decided(row, by)


async def decided(row: ParkedAction, by: Actor, note: str = "") -> None:
    """Write down who decided, when and why."""
    await db.rows(
        "update parked_actions set decided_at = {}, decided_by = {}, note = {} where id = {}",
        clock.now(),
        by.name[:80],
        note[:300],
        row.id,
    )


def subject(row: ParkedAction) -> Subject:
    """What its events are about."""
    return ("device_action", row.id)


async def told(row: ParkedAction) -> dict[str, Any]:
    """What its events say of it."""
    found = await db.one(
        "select d.name as device, p.name as person from parked_actions a left join devices d on d.id ="
        " a.device"
        " left join people p on p.id = a.person where a.id = {}",
        row.id,
    )
    assert found is not None
    label = ACTIONS[row.name].label if row.name in ACTIONS else row.name or "?"
    return {"what": label, "whose": found["person"] or "?", "device": found["device"] or "?"}
