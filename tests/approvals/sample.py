"""Requests for tests that wait by rules of several steps, and who hears of them."""

from datetime import timedelta
from typing import Any

from app.approvals import delegations, queries
from app.approvals.delegations import NewDelegation
from app.core import db
from app.core.db import commit
from app.people.actors import Actor
from app.sales import orders
from tasks.events import settle
from tests import make
from tests.approvals.test_requests import priced
from tests.world import TODAY, World

BOSS, FINANCE = "role:boss", "role:finance"


def step(*who: str, mode: str = "one", hours: int = 0) -> dict[str, Any]:
    return {"who": who, "mode": mode, "hours": hours}


async def held(world: World, *steps: dict[str, Any], by: Actor | None = None, **rule: Any) -> tuple[str, str]:
    """(order, request) of an order that waits by a rule of these steps."""
    await make.approval_rule((), *steps, **rule)
    made = await priced(world, "100")
    request = (await commit(orders.confirm, made.number, by=by or world.xiaolan)).value
    await settle()
    return made.number, request.number


async def state_of(number: str) -> str:
    return await db.value("select state from approval_requests where number = {}", number)


async def for_me(who: Actor) -> list[str]:
    """The numbers of what waits for somebody."""
    page = await queries.LISTING.page([queries.PENDING, queries.to_decide_by(who)])
    return [row["number"] for row in page.rows]


async def told(login: str) -> list[str]:
    """The events that somebody has at the bell."""
    await settle()
    rows = await db.rows(
        'select e.name from notices n join events e on e.id = n.event join users u on u.id = n."user" where u.login = {} order by n.id',
        login,
    )
    return [row["name"] for row in rows]


async def is_substitute(person: Actor, of: Actor) -> None:
    await db.rows("update people set substitute = {} where id = {}", person.person_id, of.person_id)


async def delegate(world: World, taker: str, giver: str = "chenzong", begins: int = 0, ends: int = 3) -> Any:
    new = NewDelegation(
        giver=giver, taker=taker, begins=TODAY + timedelta(days=begins), ends=TODAY + timedelta(days=ends)
    )
    return (await commit(delegations.make, new, by=world.admin)).value
