"""What only whoever stands at the machine may do: the first administrator, a new password, a program's key."""

from app.core import search
from app.core.db import DB, commit
from app.people import keys, logins, users
from app.people.actors import HOUSE
from app.people.tables import Person, User, UserRole
from app.upkeep import first_things

ADMIN = "admin"


async def first_administrator() -> str:
    """Write `admin` into an empty house; the password, which is shown this once."""
    secret = users.one_time_password()
    async with DB.transaction():
        roles = await first_things.plant()
        person = Person(code=ADMIN, name="管理员")
        await person.save()
        await search.index("person", person.id, person.code, person.name)
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
    """A one-time password for a user, who must change it at the next login; all their sessions end."""
    done = await commit(users.reset_password, login.strip().lower(), by=HOUSE)
    return done.value[1]


async def create_api_key(login: str, name: str) -> str:
    """A key with the rights of a user; only its fingerprint is kept."""
    done = await commit(keys.create, login, name, by=HOUSE)
    return done.value[1]
