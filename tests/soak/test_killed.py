"""Killed at random moments under twenty writers: what was answered is there once, and nothing else is.

Three rounds among the ordinary tests, SOAK_ROUNDS (50) in `make soak`.
"""

import asyncio
import json
import os
import random
import signal
from pathlib import Path

import pytest

from app.core import db, ids, migrations, recounts
from app.core.clock import real_now
from app.core.db import DB
from app.people.roles import plant_roles
from app.people.tables import ApiKey, Person, User, UserRole
from app.stock.places import plant_places
from tasks.reactions import REACTIONS
from tests import make
from tests.soak.server import Programs, Server

pytestmark = pytest.mark.usefixtures("own_house")


async def planted() -> tuple[str, str]:
    """A house with one customer, one item, a rule that asks the boss above ¥50,000, and an administrator's key."""
    await migrations.migrate()
    secret = ids.token()
    async with DB.transaction():
        roles = await plant_roles()
        await plant_places()
        for login, role in (("admin", "admin"), ("boss", "boss")):
            person = Person(code=login, name=login)
            await person.save()
            user = User(person=person.id, login=login, password_hash="", language="en")
            await user.save()
            await UserRole(user=user.id, role=roles[role]).save()
            if role == "admin":
                await ApiKey(
                    user=user.id, name="soak", key_hash=ids.fingerprint(secret), made_at=real_now()
                ).save()
        item = await make.item("BOLT")
        await make.customer("HENGLI")
        await make.approval_rule()
    return secret, item.code


async def soak(rounds: int, data: Path) -> None:
    secret, item = await planted()
    await DB.close()
    server = Server(data, DB.config["dsn"] if db.on_postgres() else f"sqlite:///{DB.path}")
    programs = Programs(server.address, secret, item)
    for _round in range(rounds):
        await server.start()
        async with programs.at_work():
            await programs.answered(random.randrange(5, 120))
            await asyncio.sleep(random.uniform(0, 0.3))
            await server.end(signal.SIGKILL)
    await server.start()
    await programs.finish()
    await server.end(signal.SIGTERM)
    await DB.open()
    await nothing_was_lost_or_doubled(programs)


async def nothing_was_lost_or_doubled(programs: Programs) -> None:
    made = [s for s in programs.sent if s.path.endswith("sales-orders")]
    assert len(made) > 50
    for sent in programs.sent:
        assert {status for status, _body in sent.answers} <= {200, 201, 202}, sent
        assert len({json.dumps(body, sort_keys=True) for _status, body in sent.answers}) == 1, sent
    answered = [s.answers[0][1]["number"] for s in made]
    numbers = [r["number"] for r in await db.rows("select number from sales_orders order by number")]
    assert sorted(answered) == numbers, (
        "an answered order is missing, doubled, or one stands there that nobody sent"
    )
    for counter in await db.rows("select key, last from counters"):
        if counter["key"].startswith("SO:"):
            day = counter["key"].removeprefix("SO:")
            given = sorted(int(n.split("-")[1]) for n in numbers if n.startswith(f"SO{day}-"))
            assert given == list(range(1, counter["last"] + 1)), "a gap in the numbers"
    confirmed = [s for s in programs.sent if s.path.endswith("/confirm")]
    held = sum(s.answers[0][0] == 202 for s in confirmed)
    assert held == await db.value("select count(*) from approval_requests")
    assert len(confirmed) - held == await db.value(
        "select count(*) from sales_orders where state = 'confirmed'"
    )
    await reactions_ran_once(held)
    stamped = [r["position"] for r in await db.rows("select position from events order by id")]
    assert programs.positions == sorted(stamped), "the feed missed an event, told one twice or out of order"
    assert {r.name: r.differences for r in await recounts.run() if r.differences} == {}


async def reactions_ran_once(held: int) -> None:
    for event in await db.rows("select id, name, delivered_at from events"):
        done = await db.rows("select reaction from reactions_done where event = {}", event["id"])
        assert sorted(d["reaction"] for d in done) == sorted(REACTIONS.get(event["name"], {})), event
        assert event["delivered_at"] is not None
    boss = await db.value("select id from users where login = 'boss'")
    assert held == await db.value(
        "select count(*) from notices n join events e on e.id = n.event where e.name = 'approval.asked' and n.\"user\" = {}",
        boss,
    )


@pytest.mark.slow
async def test_three_kills_lose_nothing_and_double_nothing(nothing: None, tmp_path: Path) -> None:
    await soak(3, tmp_path)


@pytest.mark.soak
async def test_fifty_kills_lose_nothing_and_double_nothing(nothing: None, tmp_path: Path) -> None:
    await soak(int(os.environ.get("SOAK_ROUNDS", "50")), tmp_path)
