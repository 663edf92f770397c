"""The relay as it runs in the house, with the queue's threads beside it."""

import asyncio
import time
from typing import Any

import pytest

from app.core import db
from app.core.db import commit
from tasks import events
from tasks.reactions import REACTIONS
from tests.events.test_feed import happened
from tests.world import World


async def test_a_reaction_at_work_is_finished_when_the_house_closes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def slow(_event: dict[str, Any]) -> None:
        begun.set()
        await asyncio.sleep(0.2)

    monkeypatch.setitem(REACTIONS, "sales_order.submitted", {"slow": slow})
    await commit(happened, 1, by=world.xiaolan)
    async with events.relaying():
        await begun.wait()
        closing = time.monotonic()
    assert time.monotonic() - closing < 4
    assert [r["reaction"] for r in await db.rows("select reaction from reactions_done")] == ["slow"]


@pytest.mark.parametrize("turns", range(8))
async def test_a_relay_that_is_woken_while_the_house_closes_ends(world: World, turns: int) -> None:
    async with events.relaying():
        await asyncio.sleep(0.1)
        db.on_commit[-1]()
        for _turn in range(turns):
            await asyncio.sleep(0)
        closing = time.monotonic()
    assert time.monotonic() - closing < 4


async def test_what_is_not_delivered_is_found_without_reading_what_was(house: None) -> None:
    if db.on_postgres():
        pytest.skip("PostgreSQL decides by how full the table is")
    plan = await db.rows("explain query plan " + events.UNDELIVERED, 0, 500)
    assert "events_undelivered" in plan[0]["detail"]
