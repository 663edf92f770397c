"""Booking one device action through its verb, as the person who did it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.core import clock, db, refusals
from app.core.refusals import Refused
from app.offline import parking, states
from app.offline.actions import ACTIONS, Fact, Outcome
from app.offline.reading import Sent, read
from app.offline.refusals import MALFORMED, UNKNOWN_PERSON, UNKNOWN_SUBJECT
from app.people.actors import Actor

SKEW = timedelta(minutes=5)
OLDEST = timedelta(days=60)
_INPUT = {
    reason.code
    for reason in (
        refusals.REQUIRED,
        refusals.NOT_A_NUMBER,
        refusals.NOT_POSITIVE,
        refusals.NEGATIVE,
        refusals.TOO_LARGE,
        refusals.TOO_LONG,
        refusals.TOO_FINE,
        refusals.NOT_A_CHOICE,
        refusals.BAD_CHARACTERS,
        refusals.UNKNOWN_UNIT,
        refusals.UNIT_MISSING,
        refusals.UNIT_MISMATCH,
    )
}
_GONE = {refusals.UNKNOWN.code, refusals.NOT_FOUND.code}


async def carry_out(given: Any, raw: str, *, by: Actor) -> Outcome:
    """Book one action through its verb, as the person who did it. Refused for a reason of the closed list."""
    sent = read(given, raw)
    if sent.replaces and await parking.was_booked(sent.replaces, by=by):
        return Outcome({"booked_already": True})
    person = await _person(sent.person)
    who = (
        replace(by, name=person["name"], person_id=person["id"], initials=person["name"][:1])
        if person
        else by
    )
    fact = Fact(sent.payload, who.person_id, sent.happened_at, sent.id, who)
    try:
        outcome = await ACTIONS[sent.name].book(fact)
    except Refused as refused:
        raise _by_the_list(refused) from refused
    if sent.replaces:
        await parking.replaced(sent.replaces, by=by)
    return Outcome(outcome.result, (*_doubts(sent, person is None), *outcome.flags))


async def _person(code: str) -> dict[str, Any] | None:
    if not code:
        return None
    found = await db.one("select id, name from people where code = {} and active", code[:60])
    if found is None:
        raise Refused(UNKNOWN_PERSON, "person", given=code[:60])
    return found


def _by_the_list(refused: Refused) -> Refused:
    """The refusal of a verb as one of the closed list; what is impossible now keeps its own reason."""
    if refused.reason.code in _GONE:
        return Refused(UNKNOWN_SUBJECT, refused.field, why=refused.sentence())
    if refused.reason.code in _INPUT:
        return Refused(MALFORMED, refused.field, why=refused.sentence())
    return refused


def _doubts(sent: Sent, nobody: bool) -> tuple[str, ...]:
    """What is odd about the action itself. A time ahead of ours is booked as now by the verbs."""
    ahead = sent.happened_at - clock.now()
    odd_clock = ahead > SKEW or -ahead > OLDEST
    return (*((states.CLOCK,) if odd_clock else ()), *((states.NOBODY,) if nobody else ()))
