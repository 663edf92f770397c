"""Device actions come in: oldest first, one transaction and one answer each; a refused one holds up nobody.

Every action is kept under the device's id of it in the transaction of its effect, also a refusal: sent
again, it is answered again and books nothing.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.core import db, refusals
from app.core.db import Done, commit
from app.core.refusals import Refused
from app.core.words import _
from app.offline import parking, states
from app.offline.actions import Outcome
from app.offline.booking import carry_out
from app.offline.permissions import FACTS
from app.offline.reading import canonical, id_of, read
from app.offline.refusals import (
    BATCH_TOO_LONG,
    CRASHED,
    DEVICE_REVOKED,
    MALFORMED,
    OTHER_CONTENT,
    UNKNOWN_DEVICE,
)
from app.people.actors import Actor
from app.production.permissions import REPORT

log = logging.getLogger("zhunjiao")
MOST = 200
Answer = dict[str, Any]


async def take(batch: Sequence[Any], *, by: Actor) -> list[Answer]:
    """Book a batch in its order: `[{id, status: done | replayed | flagged | refused, reason, result}]`.

    `by` is an enrolled device, or a program whose user may report and that names the device in each action.
    """
    if len(batch) > MOST:
        raise Refused(BATCH_TOO_LONG, limit=MOST)
    if by.device_id is None:
        by.must(REPORT)
    return [await _take(given, by=by) for given in batch]


async def _take(given: Any, *, by: Actor) -> Answer:
    raw, id_ = canonical(given), id_of(given)
    door, refused = await _door(given, by)
    if refused is not None or not id_:
        why = refused or _refusal_of_reading(given, raw)
        return await _park(given, raw, why, by=door)

    async def answer(done: Done) -> Answer:
        if done.refused is not None:
            return await _refusal_kept(given, raw, done.refused, by=door)
        return await _booking_kept(given, raw, done.value, by=door)

    try:
        done = await commit(
            carry_out, given, raw, by=door, key=id_, body=raw, answer=answer, remember_refusal=True
        )
    except Refused as refusal:
        why = (
            refusal if refusal.reason is not refusals.KEY_REUSED else Refused(MALFORMED, why=_(OTHER_CONTENT))
        )
        return await _park(given, raw, why, by=door)
    except Exception:
        log.exception("device action %s crashed and is parked", id_)
        return await _park(given, raw, Refused(CRASHED), by=door, key=id_)
    replayed = done.replayed and done.answer["status"] != "refused"
    return {**done.answer, "status": "replayed"} if replayed else done.answer


def _refusal_of_reading(given: Any, raw: str) -> Refused:
    try:
        read(given, raw)
    except Refused as refused:
        return refused
    return Refused(MALFORMED, why="")


async def _door(given: Any, by: Actor) -> tuple[Actor, Refused | None]:
    """Who stands behind an action: the device that sent it, or the one that a program names."""
    if by.device_id is not None:
        return replace(by, rights=FACTS), None
    named = given.get("device") if isinstance(given, dict) else None
    code = named[:60] if isinstance(named, str) else ""
    found = await db.one("select id, name, team, revoked_at from devices where code = {}", code)
    if found is None:
        return by, Refused(UNKNOWN_DEVICE, "device", given=code)
    door = replace(
        by, device_id=found["id"], team_id=found["team"], name=found["name"], person_id=None, rights=FACTS
    )
    return door, Refused(DEVICE_REVOKED, "device") if found["revoked_at"] else None


async def _booking_kept(given: Any, raw: str, outcome: Outcome, *, by: Actor) -> Answer:
    flags = outcome.flags
    if flags:
        await parking.keep(given, raw, states.FLAGGED, flags[0], "", by=by)
    return {
        "id": id_of(given),
        "status": "flagged" if flags else "done",
        "reason": flags[0] if flags else None,
        "result": outcome.result,
    }


async def _refusal_kept(given: Any, raw: str, refused: Refused, *, by: Actor) -> Answer:
    detail = refused.sentence()
    await parking.keep(given, raw, states.PARKED, refused.reason.code, detail, by=by)
    id_ = given.get("id") if isinstance(given, dict) else None
    shown = id_ if isinstance(id_, str | int | None) else None
    return {"id": shown, "status": "refused", "reason": refused.reason.code, "result": {"detail": detail}}


async def _park(given: Any, raw: str, refused: Refused, *, by: Actor, key: str | None = None) -> Answer:
    """Keep for the office what cannot be booked, in a transaction of its own; under `key` if given."""

    async def nothing(*, by: Actor) -> None:
        return None

    async def answer(done: Done) -> Answer:
        return await _refusal_kept(given, raw, refused, by=by)

    return (await commit(nothing, by=by, key=key, body=raw, answer=answer)).answer
