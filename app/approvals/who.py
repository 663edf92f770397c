"""Those who agree, in words: a role by its name, a person by theirs, a head by what they head."""

from collections.abc import Mapping, Sequence

from app.approvals.steps import ALL, HEAD, HEADS, PERSON, ROLE, Step
from app.core import db
from app.core.words import _

Names = Mapping[str, str]


async def names() -> dict[str, str]:
    """The name of every role and every login, by the word that rules use."""
    roles = await db.rows("select code, name from roles")
    people = await db.rows("select u.login, p.name from users u join people p on p.id = u.person")
    return {f"{ROLE}:{r['code']}": r["name"] for r in roles} | {
        f"{PERSON}:{p['login']}": p["name"] for p in people
    }


def said(who: str, known: Names) -> str:
    kind, _colon, name = who.partition(":")
    return str(_(HEADS[name])) if kind == HEAD and name in HEADS else known.get(who, name)


async def said_of(who: str, user: int | None = None) -> str:
    """One of them for an event, which is read in any language: a head by the name of who it is."""
    kind, _colon, name = who.partition(":")
    if kind == HEAD:
        person = await db.value(
            "select p.name from users u join people p on p.id = u.person where u.id = {}", user or 0
        )
        return person or str(HEADS.get(name, name))
    if kind == ROLE:
        return await db.value("select name from roles where code = {}", name) or name
    return (
        await db.value("select p.name from users u join people p on p.id = u.person where u.login = {}", name)
        or name
    )


def step_in_words(step: Step, known: Names) -> str:
    """Owner or Finance; Owner and Finance together."""
    people = [said(who, known) for who in step.who]
    if len(people) < 2:
        return "".join(people)
    return _("%(who)s together", who=_(" & ").join(people)) if step.mode == ALL else _(" or ").join(people)


def steps_in_words(steps: Sequence[Step], known: Names) -> str:
    """All steps in turn, with the hours after which somebody else is asked too."""
    return _(", then ").join(_with_hours(step, known) for step in steps)


def _with_hours(step: Step, known: Names) -> str:
    who = step_in_words(step, known)
    return _("%(who)s (a substitute after %(n)s working hours)", who=who, n=step.hours) if step.hours else who
