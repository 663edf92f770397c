"""The house with its channels set up against the simulators."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import pytest

from app.core import clock, db
from app.core.db import commit
from app.core.sealing import seal
from app.events.log import record
from app.integrations import channels, wire
from app.integrations.mail import client as smtp
from app.integrations.wecom.client import forget_tokens
from app.notifications import choices, notices
from app.people.actors import HOUSE, Actor
from app.sales.events import OrderCancelled
from tasks import integrations
from tests.simulators import mail, wecom
from tests.world import World


@pytest.fixture
def platform() -> Iterator[wecom.WeCom]:
    """企业微信, reachable under its `url`."""
    other = wecom.WeCom()
    forget_tokens()
    with wecom.Server(other) as server:
        other.url = server.url  # type: ignore[attr-defined]
        yield other


@pytest.fixture
async def connected(
    world: World, platform: wecom.WeCom, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[wecom.WeCom]:
    """The world with WeCom set up; everybody's account is their login, nobody sleeps."""
    monkeypatch.setattr(wire, "TIMEOUT", 0.4)
    values = {"corp": wecom.CORP, "agent": str(wecom.AGENT), "secret": wecom.SECRET, "url": platform.url}  # type: ignore[attr-defined]
    await commit(channels.set_up, "wecom", values, by=world.admin)
    for login in ("xiaolan", "chenzong", "liuyang"):
        await choose(world, login, wecom=login)
    yield platform
    forget_tokens()


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[mail.Post]:
    """A mail server, with its `port`."""
    monkeypatch.setattr(smtp, "TIMEOUT", 0.4)
    monkeypatch.setattr(smtp.send, "__defaults__", (0.4,))
    taken = mail.Post()
    with mail.Server(taken) as port:
        taken.port = port  # type: ignore[attr-defined]
        yield taken


async def by_mail(world: World, post: mail.Post, **more: str) -> None:
    given = {"host": "127.0.0.1", "port": str(post.port), "security": "none", "user": mail.USER, "password": mail.PASSWORD,  # type: ignore[attr-defined]
             "sender": mail.USER}  # fmt: skip
    await commit(channels.set_up, "mail", {**given, **more}, by=world.admin)


async def choose(world: World, login: str, **more: Any) -> None:
    given: dict[str, Any] = {"quiet_from": "00:00", "quiet_until": "00:00", "digest_at": "08:00"}
    await commit(choices.choose, login, {**given, **more}, by=world.admin)


async def robot(name: str, key: str, *topics: str) -> None:
    await db.rows(
        "insert into group_robots (name, key, topics, language, active, version) values ({}, {}, {}, 'zh_CN', {}, 1)",
        name, seal(key), json.dumps(topics), True,
    )  # fmt: skip


async def happened(order: int, number: str, *, by: Actor = HOUSE) -> dict[str, Any]:
    """An event to tell of."""

    async def verb(*, by: Actor) -> int:
        return await record(OrderCancelled(subject=("sales_order", order), number=number), by=by)

    id_ = (await commit(verb, by=by)).value
    found = await db.one("select * from events where id = {}", id_)
    assert found is not None
    return {**found, "facts": json.loads(found["facts"])}


async def tell(users: list[int], event: dict[str, Any], href: str = "/orders/SO1") -> None:
    async with db.DB.transaction():
        await notices.tell(users, event, href)


async def pass_(minutes: float) -> int:
    """Let business time go on and make what is due."""
    clock.move_to(clock.now() + timedelta(minutes=minutes))
    return await integrations.call_due(clock.now())


async def jobs_as() -> list[tuple[str, str, int]]:
    """(state, code, tries) of every job."""
    found = await db.rows("select state, code, tries from integration_jobs order by id")
    return [(j["state"], j["code"], j["tries"]) for j in found]
