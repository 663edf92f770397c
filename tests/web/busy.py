"""A house in which something of everything is there, and every name a stranger could have chosen is hostile markup."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from app.core import clock, ids
from app.people.actors import Actor
from app.people.tables import LoginSession
from tests.houses import Houses, Kind
from tests.web.hostile import Answer, Crashes, Page, Route, Sender, walked
from tests.web.names import names, places
from tests.web.samples import settle_in
from tests.world import MORNING, SMALL_WORLD, World

NEVER_ENDING = ("/events/stream",)
RUNS_THE_ENGINE = ("/schedules", "/api/v1/schedules")


@dataclass
class Busy:
    """The busy house with its doors: somebody who may everything, somebody who may nothing, a visitor, a program."""

    world: World
    omni: Sender
    nobody: Sender
    visitor: Sender
    names: dict[str, list[str]]
    crashes: Crashes

    async def pages(self) -> dict[str, tuple[Answer, Page]]:
        """Every page that somebody with every right comes to by its links, before anything was changed."""
        if not _walked:
            _walked.update(await walked(self.omni))
        return dict(_walked)

    def places(self, route: Route, most: int = 3) -> list[str]:
        return places(self.names, route, most)


async def sender_of(actor: Actor, **headers: str) -> Sender:
    token, now = ids.token(), clock.real_now()
    await LoginSession(
        token_hash=ids.fingerprint(token),
        user=actor.user_id,
        began_at=now,
        seen_at=now,
        ends_at=now + timedelta(days=1),
    ).save()
    return Sender({"cookie": f"session={token}", **headers})


async def furnish(world: World) -> tuple[World, Actor]:
    clock.move_to(MORNING)
    return world, await settle_in(world)


BUSY = Kind("busy", furnish, on=SMALL_WORLD)
_walked: dict[str, Any] = {}  # every test's house is the same: its pages are walked once


@pytest.fixture
async def busy_house(houses: Houses, fresh: None, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Busy]:
    clock.move_to(MORNING)
    world, everything = await houses.enter(BUSY)
    crashes, log = Crashes(), logging.getLogger("zhunjiao")
    log.addHandler(crashes)
    monkeypatch.setattr(log, "propagate", False)
    yield Busy(
        world, await sender_of(everything), await sender_of(world.nobody), Sender(), await names(), crashes
    )
    log.removeHandler(crashes)


def open_ended(route: Route) -> bool:
    return route.path in NEVER_ENDING or (route.method == "POST" and route.path in RUNS_THE_ENGINE)
