"""New logins for tests, and the secrets that pages show once."""

import re

from app.core.db import commit
from app.people import users
from tests import make
from tests.world import World


async def new_login(world: World, login: str = "newcomer", role: str = "sales") -> tuple[int, str]:
    person = await make.person("新人")
    user, secret = (await commit(users.create, person.code, login, [role], by=world.admin)).value
    return user.id, secret


def secret_on(page: str) -> str:
    found = re.search(r"<code data-secret>(.*?)</code>", page)
    assert found
    return found.group(1)
