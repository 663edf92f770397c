"""Badges and PINs: how a person says on a shared device that it is them.

A badge is a random token, printed as a code and kept as a fingerprint; giving a new one makes the old one
void.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from app.core import clock, db, ids
from app.core.refusals import Refused
from app.core.rows import locked, locked_many
from app.events.log import record, record_many
from app.people import logins
from app.people.actors import Actor
from app.people.events import BadgeGiven, PinSet
from app.people.permissions import EDIT_PEOPLE
from app.people.refusals import LOCKED_OUT, PIN_FORM, WRONG_PIN
from app.people.tables import Person

TRIES = 5
LOCK = timedelta(minutes=10)
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


async def give(codes: Sequence[str], *, by: Actor) -> list[tuple[Person, str]]:
    """New badges for these people (their codes): each person with the token that is printed on the card."""
    by.must(EDIT_PEOPLE)
    people = await locked_many(Person, Person.code, dict.fromkeys(codes))
    given = [(people[code], "".join(secrets.choice(_LETTERS) for _ in range(16))) for code in sorted(people)]
    for person, token in given:
        person.badge_hash, person.version = ids.fingerprint(token), person.version + 1
    await db.update_many(
        "people", ("badge_hash", "version"), {p.id: (p.badge_hash, p.version) for p in people.values()}
    )
    await record_many([BadgeGiven(subject=("person", p.id), person=p.name) for p, _token in given], by=by)
    return given


async def set_pin(code: str, pin: str, *, by: Actor, version: int | None = None) -> Person:
    """A PIN of 4 to 8 digits, for the day without a badge; it opens a lock-out."""
    by.must(EDIT_PEOPLE)
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 8):
        raise Refused(PIN_FORM, "pin")
    person = await locked(Person, Person.code == code, version=version)
    await db.rows(
        "update people set pin_hash = {}, pin_failures = 0, pin_locked_until = null, version = version +"
        " 1 where id = {}",
        logins.hashed(pin),
        person.id,
    )
    await record(PinSet(subject=("person", person.id), person=person.name), by=by)
    return person


async def check_pin(code: str, pin: str) -> None:
    """Refused(WRONG_PIN), or LOCKED_OUT for ten minutes after five wrong ones. The count survives, so
    commit() does not run it.
    """
    now = clock.real_now()
    person = await db.one(
        "select id, pin_hash, pin_failures, pin_locked_until from people where code = {} and active",
        code[:60],
    )
    if person and person["pin_locked_until"] and person["pin_locked_until"] > now:
        minutes = int((person["pin_locked_until"] - now).total_seconds() // 60) + 1
        raise Refused(LOCKED_OUT, "pin", minutes=minutes)
    if person is None or not logins.fits(person["pin_hash"], pin[:20]):
        if person is not None:
            await _failed(person["id"])
        raise Refused(WRONG_PIN, "pin")
    if person["pin_failures"]:
        await db.rows("update people set pin_failures = 0 where id = {}", person["id"])


async def _failed(person: int) -> None:
    """Counted by the statement itself, so that two tries at once are two."""
    async with db.DB.transaction():
        failures = await db.value(
            "update people set pin_failures = pin_failures + 1 where id = {} returning pin_failures", person
        )
        if failures >= TRIES:
            locked_until = clock.real_now() + LOCK
            await db.rows(
                "update people set pin_failures = 0, pin_locked_until = {} where id = {}",
                locked_until,
                person,
            )
