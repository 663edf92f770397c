"""Keys of programs: each has the rights of its user, is shown once and can be revoked at any moment."""

from typing import Any

from app.core import clock, db, ids
from app.core.refusals import NOT_FOUND, REQUIRED, Refused
from app.core.rows import get, locked
from app.events.log import record
from app.people.actors import Actor
from app.people.events import KeyMade, KeyRevoked
from app.people.permissions import EDIT_KEYS
from app.people.tables import ApiKey, User


async def create(login: str, name: str, *, by: Actor) -> tuple[ApiKey, str]:
    """A key for a user and its secret, of which only the fingerprint is kept."""
    by.must(EDIT_KEYS)
    if not name:
        raise Refused(REQUIRED, "name")
    user = await User.objects().where(User.login == login.strip().lower()[:60]).first()
    if user is None or not user.active:
        raise Refused(NOT_FOUND, "login")
    secret = ids.token()
    key = ApiKey(user=user.id, name=name[:80], key_hash=ids.fingerprint(secret), made_at=clock.real_now())
    await key.save()
    await record(KeyMade(subject=("user", user.id), key=key.name, login=user.login), by=by)
    return key, secret


async def revoke(id_: int, *, by: Actor) -> ApiKey:
    """From now on the key opens nothing. Everybody may revoke their own; twice is once."""
    key = await locked(ApiKey, ApiKey.id == id_)
    if key.user != by.user_id:
        by.must(EDIT_KEYS)
    if key.revoked_at is None:
        key.revoked_at = clock.real_now()
        await db.rows("update api_keys set revoked_at = {} where id = {}", key.revoked_at, key.id)
        user = await get(User, User.id == key.user)
        await record(KeyRevoked(subject=("user", user.id), key=key.name, login=user.login), by=by)
    return key


async def keys_of(user_id: int | None = None) -> list[dict[str, Any]]:
    """Keys with the login of their user, newest first; of one user or of all."""
    return await db.rows(
        'select k.id, k.name, k.made_at, k.used_at, k.revoked_at, u.login, p.name as person from api_keys k'
        ' join users u on u.id = k."user" join people p on p.id = u.person'
        " where ({} = 0 or u.id = {}) order by k.revoked_at is not null, k.id desc limit 200",
        user_id or 0, user_id or 0,
    )  # fmt: skip
