"""Logins of people: made, changed, unlocked; passwords reset by an administrator or changed by their owner.

A password that somebody else chose is shown once and must be changed before anything else is opened.
"""

import json
import re
import secrets
from collections.abc import Sequence
from typing import Any

from app.core import db
from app.core.keeping import kept
from app.core.problems import Problems
from app.core.refusals import NOT_A_CHOICE, NOT_FOUND, REQUIRED, TAKEN, UNKNOWN, Refused
from app.core.rows import get, locked
from app.core.words import LANGUAGES
from app.events.log import changes, record
from app.people import logins
from app.people.actors import Actor
from app.people.events import (
    PasswordChanged,
    PasswordReset,
    SessionsEnded,
    UserChanged,
    UserMade,
    UserUnlocked,
)
from app.people.permissions import EDIT_USERS
from app.people.refusals import (
    HAS_LOGIN,
    LOGIN_FORM,
    NO_ROLE,
    PASSWORD_SAME,
    PASSWORDS_DIFFER,
    WRONG_PASSWORD,
)
from app.people.roles import somebody_governs
from app.people.tables import Person, User

THEMES = ("light", "dark", "auto")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is mistaken for another when read aloud


def one_time_password() -> str:
    """Twelve letters in three groups: about 59 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


async def create(
    person_code: str, login: str, roles: Sequence[str], language: str = "", *, by: Actor
) -> tuple[User, str]:
    """A login for a person with these roles (codes), and its one-time password."""
    by.must(EDIT_USERS)
    wrong, secret = Problems(), one_time_password()
    with wrong.at("person"):
        person = await _without_login(person_code)
    with wrong.at("login"):
        login = await _free(login)
    with wrong.at("roles"):
        wanted = await _roles(roles)
    with wrong.at("language"):
        language = _language(language)
    wrong.check()
    user = User(
        person=person.id, login=login, password_hash=logins.hashed(secret), language=language, theme="light",
        must_change_password=True,
    )  # fmt: skip
    await user.save()
    await _give(user.id, wanted)
    made = UserMade(
        subject=("user", user.id), also=(("person", person.id),), login=login, person=person.name,
        roles=_names(wanted),
    )  # fmt: skip
    await record(made, by=by)
    return user, secret


async def _without_login(code: str) -> Person:
    person = await Person.objects().where(Person.code == code[:60]).first()
    if person is None:
        raise Refused(UNKNOWN if code else REQUIRED, given=code[:60])
    if has := await db.value("select login from users where person = {}", person.id):
        raise Refused(HAS_LOGIN, person=person.name, login=has)
    return person


async def _free(login: str) -> str:
    """The login as it is kept, if it can be one and nobody has it."""
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise Refused(LOGIN_FORM if login else REQUIRED)
    if await db.value("select 1 from users where login = {}", login):
        raise Refused(TAKEN, given=login)
    return login


async def change(
    login: str, roles: Sequence[str], language: str, active: bool, *, by: Actor, version: int | None = None
) -> User:
    """The login has just these roles; a switched-off one is out at once. One cannot do this to oneself or the last administrator."""
    by.must(EDIT_USERS)
    user = await locked(User, User.login == login, version=version)
    wrong, held = Problems(), await roles_of(user.id)
    with wrong.at("roles"):
        wanted = await _roles(roles, needed=active)
    with wrong.at("language"):
        language = _language(language)
    wrong.check()
    before = {"Roles": _names(held), "Language": LANGUAGES.get(user.language, ""), "In use": user.active}
    await db.rows(
        "update users set language = {}, active = {}, version = version + 1 where id = {}",
        language,
        active,
        user.id,
    )
    await db.rows('delete from user_roles where "user" = {}', user.id)
    await _give(user.id, wanted)
    if not active:
        await logins.end_sessions(user.id)
    await somebody_governs(by)
    after = {"Roles": _names(wanted), "Language": LANGUAGES.get(language, ""), "In use": active}
    difference = changes(before, after)
    if difference:
        changed = UserChanged(
            subject=("user", user.id), also=(("person", user.person),), login=login, changes=difference
        )
        await record(changed, by=by)
    user.active, user.language, user.version = active, language, user.version + 1
    return user


async def reset_password(login: str, *, by: Actor) -> tuple[User, str]:
    """A one-time password; whoever was logged in with the old one is out, and a lock-out is over."""
    by.must(EDIT_USERS)
    user, secret = await locked(User, User.login == login), one_time_password()
    await db.rows(
        "update users set password_hash = {}, must_change_password = {}, failures = 0, locked_until = null,"
        " version = version + 1 where id = {}",
        logins.hashed(secret), True, user.id,
    )  # fmt: skip
    await logins.end_sessions(user.id)
    await record(
        PasswordReset(subject=("user", user.id), also=(("person", user.person),), login=login), by=by
    )
    return user, secret


async def change_password(old: str, new: str, again: str, *, by: Actor, keep: str = "") -> User:
    """One's own password. Other browsers are logged out; `keep` is the secret of the session that stays."""
    user = await get(User, User.id == (by.user_id or 0))
    if not logins.fits(user.password_hash, old[:200]):
        raise Refused(WRONG_PASSWORD, "old")
    password = logins.good_password(new, "new")
    if password != again[:200]:
        raise Refused(PASSWORDS_DIFFER, "again")
    if password == old[:200]:
        raise Refused(PASSWORD_SAME, "new")
    await db.rows(
        "update users set password_hash = {}, must_change_password = {}, version = version + 1 where id = {}",
        logins.hashed(password), False, user.id,
    )  # fmt: skip
    await logins.end_sessions(user.id, keep)
    await record(
        PasswordChanged(subject=("user", user.id), also=(("person", user.person),), login=user.login), by=by
    )
    return user


async def unlock(login: str, *, by: Actor) -> User:
    """End a lock-out before its time."""
    by.must(EDIT_USERS)
    user = await locked(User, User.login == login)
    if user.locked_until is not None or user.failures:
        await db.rows("update users set failures = 0, locked_until = null where id = {}", user.id)
        await record(
            UserUnlocked(subject=("user", user.id), also=(("person", user.person),), login=login), by=by
        )
    return user


async def end_sessions(login: str, *, by: Actor, but: str = "") -> int:
    """Log a user out everywhere (but in the session of this secret); everybody may do it to themselves. How many ended."""
    user = await get(User, User.login == login)
    if user.id != by.user_id:
        by.must(EDIT_USERS)
    ended = await logins.end_sessions(user.id, but)
    if ended:
        told = SessionsEnded(
            subject=("user", user.id), also=(("person", user.person),), login=login, count=ended
        )
        await record(told, by=by)
    return ended


async def prefer(theme: str = "", language: str = "", *, by: Actor) -> None:
    """One's own appearance and language; what is empty stays. A taste is no event."""
    if theme and theme not in THEMES:
        raise Refused(NOT_A_CHOICE, "theme", given=theme[:40])
    if language and language not in LANGUAGES:
        raise Refused(NOT_A_CHOICE, "language", given=language[:40])
    if by.user_id is None:
        raise Refused(NOT_FOUND)
    await db.rows(
        "update users set theme = case when {} <> '' then {} else theme end,"
        " language = case when {} <> '' then {} else language end where id = {}",
        theme, theme, language, language, by.user_id,
    )  # fmt: skip


async def put_away(guide: str, away: bool = True, *, by: Actor) -> None:
    """One wants to see a guide no more, or again. A taste is no event."""
    if by.user_id is None:
        raise Refused(NOT_FOUND)
    settings = await _settings(by.user_id)
    before = set(settings.get("put_away", []))
    settings = {**settings, "put_away": sorted(before | {guide} if away else before - {guide})}
    await db.rows("update users set settings = {} where id = {}", json.dumps(settings), by.user_id)


async def is_put_away(guide: str, by: Actor) -> bool:
    """Whether this person put a guide away."""
    return by.user_id is not None and guide in (await _settings(by.user_id)).get("put_away", [])


@kept
async def _settings(user_id: int) -> dict[str, Any]:
    return json.loads(await db.value("select settings from users where id = {}", user_id) or "{}")


async def roles_of(user_id: int) -> list[dict[str, Any]]:
    """The roles of a login: id, code, name."""
    return await db.rows(
        'select r.id, r.code, r.name from user_roles ur join roles r on r.id = ur.role where ur."user" = {} order by r.id',
        user_id,
    )


async def _roles(codes: Sequence[str], needed: bool = True) -> list[dict[str, Any]]:
    found = {r["code"]: r for r in await db.rows("select id, code, name from roles order by id")}
    for code in codes:
        if code not in found:
            raise Refused(UNKNOWN, given=code[:40])
    if not codes and needed:
        raise Refused(NO_ROLE)
    return [found[code] for code in found if code in codes]


async def _give(user_id: int, roles: Sequence[dict[str, Any]]) -> None:
    await db.write_many("user_roles", ('"user"', "role"), [(user_id, role["id"]) for role in roles])


def _names(roles: Sequence[dict[str, Any]]) -> str:
    return "、".join(role["name"] for role in roles)


def _language(code: str) -> str:
    if code and code not in LANGUAGES:
        raise Refused(NOT_A_CHOICE, given=code[:40])
    return code
