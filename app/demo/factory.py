"""Planting: an empty house becomes the demo factory, the same every time, with days counted from today."""

from random import Random

from app.core import db, words
from app.core.db import DB
from app.core.refusals import Reason, Refused
from app.core.words import N_, _
from app.demo import life, masters, names

SEED = 20261122
NOT_EMPTY = Reason("house_not_empty", N_("There is a factory in this house already"), 409)
NO_FACTORY = Reason("no_factory", N_("Plant the demo factory first: zhunjiao demo"), 409)


async def plant() -> None:
    """Masters, then five weeks of orders. Refused(NOT_EMPTY) when anybody is there."""
    if await db.value("select 1 from users limit 1"):
        raise Refused(NOT_EMPTY)
    chance = Random(SEED)
    with words.speaking("zh_CN"):
        async with DB.transaction():
            await masters.plant(chance)
        await life.live(chance)


async def demo(orders: int) -> int:
    """`zhunjiao demo`: plant an empty house, and write so many orders more in bulk."""
    from app.core import migrations

    await migrations.migrate()
    if not await db.value("select 1 from users limit 1"):
        await plant()
    elif not await is_demo():
        raise Refused(NO_FACTORY)
    elif not orders:
        raise Refused(NOT_EMPTY)
    if orders:
        from app.demo import bulk

        print(_("%(n)s orders written", n=await bulk.write(orders)))
    print("\n".join(await logins_to_show()))
    return 0


async def is_demo() -> bool:
    return bool(await db.value("select 1 from company where tax_number = {}", names.COMPANY["tax_number"]))


async def logins_to_show() -> list[str]:
    """One login per role, to print at the start of a demo factory; nothing in any other house."""
    if not await is_demo():
        return []
    roles = {r["login"]: r["role"] for r in await db.rows(
        'select u.login, r.name as role from users u join user_roles ur on ur."user" = u.id join roles r on r.id = ur.role'
        " where u.active"
    )}  # fmt: skip
    lines = [f"  {login:<10}{name}  {roles[login]}" for login, name, *_rest in names.USERS if login in roles]
    return ["", _("Log in with the password %(password)s as", password=names.PASSWORD), *lines]
