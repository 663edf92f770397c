"""What only whoever stands at the machine may do: the first administrator, a new password, a program's key."""

from app.core import clock, db, ids
from app.core.db import DB
from app.core.refusals import NOT_FOUND, Refused
from app.people import logins
from app.people.roles import plant_roles
from app.people.tables import ApiKey, Person, User, UserRole

ADMIN = "admin"


async def first_administrator() -> str:
    """Write `admin` into an empty house; the password, which is shown this once."""
    secret = ids.token(9)
    async with DB.transaction():
        roles = await plant_roles()
        person = Person(code=ADMIN, name="管理员")
        await person.save()
        user = User(
            person=person.id,
            login=ADMIN,
            password_hash=logins.hashed(secret),
            language="",
            must_change_password=True,
        )
        await user.save()
        await UserRole(user=user.id, role=roles["admin"]).save()
    return secret


async def new_password(login: str) -> str:
    """A new password for a user, who must change it at the next login; all their sessions end."""
    user_id, secret = await _user(login), ids.token(9)
    async with DB.transaction():
        await db.rows(
            "update users set password_hash = {}, must_change_password = {}, failures = 0, locked_until = null"
            " where id = {}",
            logins.hashed(secret), True, user_id,
        )  # fmt: skip
        await logins.end_sessions(user_id)
    return secret


async def create_api_key(login: str, name: str) -> str:
    """A key with the rights of a user; only its fingerprint is kept."""
    user_id, secret = await _user(login), ids.token()
    async with DB.transaction():
        await ApiKey(
            user=user_id, name=name[:80], key_hash=ids.fingerprint(secret), made_at=clock.real_now()
        ).save()
    return secret


async def _user(login: str) -> int:
    found = await db.value("select id from users where login = {} and active", login.strip().lower())
    if found is None:
        raise Refused(NOT_FOUND, "login")
    return int(found)
