"""A tablet or scanner without a screen: an enrolled client that posts device actions."""

import itertools
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from app.core import clock, db
from app.core.db import commit
from app.people import devices
from tests.browse import visitor
from tests.world import World

_n = itertools.count(1)


class Tablet:
    """A device with its cookie. `act` posts one action and answers its answer."""

    def __init__(self, client: httpx.AsyncClient, code: str) -> None:
        self.client, self.code = client, code

    async def post(self, *actions: Any) -> list[dict[str, Any]]:
        answer = await self.client.post("/api/v1/device-actions", json=list(actions))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def act(self, name: str, person: str | None, **payload: Any) -> dict[str, Any]:
        return (await self.post(action(name, person, **payload)))[0]

    async def snapshot(self, cursor: str = "") -> dict[str, Any]:
        answer = await self.client.get("/api/v1/device/snapshot", params={"cursor": cursor} if cursor else {})
        assert answer.status_code == 200, answer.text
        return answer.json()


def action(
    name: str, person: str | None, *, id: str = "", happened_at: str = "", **payload: Any
) -> dict[str, Any]:
    """An action as the device's outbox sends it."""
    return {
        "id": id or str(uuid.uuid4()),
        "name": name,
        "payload": payload,
        "person": person,
        "device": "?",
        "happened_at": happened_at or clock.now().isoformat(),
        "app_version": "test",
    }


@asynccontextmanager
async def tablet_of(world: World, kind: str = "tablet", team: str = "HEADING") -> AsyncIterator[Tablet]:
    """A new device of this team, enrolled over the network."""
    new = devices.NewDevice(f"平板 {next(_n)}", kind, team)
    device, code = (await commit(devices.create, new, by=world.admin)).value
    async with visitor() as client:
        answer = await client.post("/api/v1/devices/enrol", json={"code": code})
        assert answer.status_code == 200, answer.text
        client.cookies.set("device", answer.cookies["device"])
        yield Tablet(client, device.code)


async def code_of(name: str) -> str:
    """The code of a person by name."""
    found = await db.value("select code from people where name = {}", name)
    assert found
    return found


def report(operation: str, person: str | None, good: str = "500", **more: Any) -> dict[str, Any]:
    return action("operation.report", person, operation=operation, good=good, unit="件", **more)


async def good_q(operation: str) -> int:
    number, _, seq = operation.partition("/")
    return await db.value(
        "select o.good_q from work_order_operations o join work_orders w on w.id = o.work_order where"
        " w.number = {} and o.seq = {}",
        number,
        int(seq),
    )
