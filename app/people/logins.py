"""Who is at the door: a password opens a session, a key lets a program in, a code lets a device in.

Sessions, keys and lock-outs go by real time, never by the movable clock.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error

from app.config import settings
from app.core import clock, db, ids
from app.core.keeping import kept
from app.core.refusals import Refused
from app.people.actors import Actor
from app.people.refusals import LOCKED_OUT, PASSWORD_SHORT, WRONG_LOGIN
from app.people.tables import LoginSession

SESSION = timedelta(days=14)
TRIES = 5
LOCK = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=5)
_ACTOR = (
    "select u.id as user_id, u.language, u.theme, u.must_change_password, p.id as person_id, p.name, p.team, g.permission, g.scope"
    '{0} from users u join people p on p.id = u.person left join user_roles ur on ur."user" = u.id'
    " left join roles r on r.id = ur.role and r.active left join grants g on g.role = r.id"
)


@cache
def hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hashed(password: str) -> str:
    """Argon2id of a password or PIN."""
    return hasher().hash(password)


def fits(stored: str, given: str) -> bool:
    try:
        return bool(stored) and hasher().verify(stored, given)
    except Argon2Error:
        return False


def good_password(password: str, field: str = "password") -> str:
    if len(password) < 8:
        raise Refused(PASSWORD_SHORT, field)
    return password[:200]


async def actor_of_user(user_id: int) -> Actor | None:
    """The user as an actor with today's rights; None when switched off."""
    rows = await db.rows(_ACTOR.format("") + " where u.id = {} and u.active and p.active", user_id)
    return _actor(rows) if rows else None


def _actor(rows: list[dict[str, Any]]) -> Actor:
    """From the person's row, once for each grant, and once for each role that grants nothing."""
    found, rights = rows[0], dict[str, str]()
    order = {"own": 0, "team": 1, "all": 2}
    for grant in rows:
        if grant["permission"] is None:
            continue
        held = rights.get(grant["permission"])
        if held is None or order[grant["scope"]] > order[held]:
            rights[grant["permission"]] = grant["scope"]
    return Actor(
        name=found["name"], person_id=found["person_id"], user_id=found["user_id"], team_id=found["team"],
        initials=found["name"][:1], language=found["language"], theme=found["theme"] or "light", rights=rights,
    )  # fmt: skip


async def actor_of_session(token: str) -> Actor | None:
    """Who sits at this browser; None when the session ended."""
    now, found = clock.real_now(), await _session(ids.fingerprint(token))
    if found is None or found.ends_at <= now:
        return None
    if now - found.seen_at > SEEN_EVERY:
        await db.rows("update login_sessions set seen_at = {} where id = {}", now, found.id)
    return found.actor


@dataclass(frozen=True)
class Session:
    """An open session, and who may do what in it."""

    id: int
    seen_at: datetime
    ends_at: datetime
    actor: Actor


@kept
async def _session(token_hash: str) -> Session | None:
    rows = await db.rows(
        _ACTOR.format(", s.id, s.seen_at, s.ends_at") + ' join login_sessions s on s."user" = u.id'
        " where u.active and p.active and s.token_hash = {}",
        token_hash,
    )  # fmt: skip
    if not rows:
        return None
    actor = replace(_actor(rows), must_change_password=bool(rows[0]["must_change_password"]))
    return Session(rows[0]["id"], rows[0]["seen_at"], rows[0]["ends_at"], actor)


async def actor_of_key(secret: str) -> Actor | None:
    """The user of an API key; None for a wrong or revoked one."""
    now = clock.real_now()
    found = await db.one(
        'select k.id as key_id, k.used_at, k."user" as user_id from api_keys k where k.key_hash = {} and k.revoked_at is null',
        ids.fingerprint(secret),
    )
    if found is None:
        return None
    if found["used_at"] is None or now - found["used_at"] > SEEN_EVERY:
        await db.rows("update api_keys set used_at = {} where id = {}", now, found["key_id"])
    return await actor_of_user(found["user_id"])


async def actor_of_device(token: str) -> Actor | None:
    """An enrolled device that was not revoked. It has no rights of its own but to report what people on it did."""
    found = await db.one(
        "select id, name, team, language, seen_at from devices where token_hash = {} and token_hash <> '' and revoked_at is null",
        ids.fingerprint(token),
    )
    if found is None:
        return None
    now = clock.real_now()
    if found["seen_at"] is None or now - found["seen_at"] > SEEN_EVERY:
        await db.rows("update devices set seen_at = {} where id = {}", now, found["id"])
    language = found["language"] or settings.language
    return Actor(name=found["name"], device_id=found["id"], team_id=found["team"], language=language)


async def log_in(login: str, password: str, agent: str = "", address: str = "") -> tuple[str, bool]:
    """Open a session for a right password: (its secret, whether the password must be changed).

    Five wrong tries lock the login for ten minutes. The count survives the refusal, so this is not run by commit().
    """
    now = clock.real_now()
    user = await db.one(
        "select id, password_hash, failures, locked_until, must_change_password from users where login = {} and active",
        login.strip().lower()[:60],
    )
    if user and user["locked_until"] and user["locked_until"] > now:
        minutes = int((user["locked_until"] - now).total_seconds() // 60) + 1
        raise Refused(LOCKED_OUT, "password", minutes=minutes)
    if user is None or not fits(user["password_hash"], password[:200]):
        if user is None:
            hashed(password[:200])  # the same time for a name that does not exist
        else:
            await _failed(user, now)
        raise Refused(WRONG_LOGIN, "password")
    token = ids.token()
    async with db.DB.transaction():
        await db.rows("update users set failures = 0, locked_until = null where id = {}", user["id"])
        await db.rows("delete from login_sessions where ends_at < {}", now)
        await LoginSession(
            token_hash=ids.fingerprint(token), user=user["id"], agent=agent[:200], address=address[:60],
            began_at=now, seen_at=now, ends_at=now + SESSION,
        ).save()  # fmt: skip
    return token, user["must_change_password"]


async def _failed(user: dict[str, Any], now: Any) -> None:
    locks = user["failures"] + 1 >= TRIES
    await db.rows(
        "update users set failures = {}, locked_until = {} where id = {}",
        0 if locks else user["failures"] + 1, now + LOCK if locks else None, user["id"],
    )  # fmt: skip


async def log_out(token: str) -> None:
    await db.rows("delete from login_sessions where token_hash = {}", ids.fingerprint(token))


async def end_sessions(user_id: int, but: str = "") -> int:
    """Close the user's sessions, but the one of this secret: after a new password or a switched-off login. How many."""
    ended = await db.rows(
        'delete from login_sessions where "user" = {} and token_hash <> {} returning id',
        user_id,
        ids.fingerprint(but),
    )
    return len(ended)
