"""Every test gets a fresh migrated house on the engine of DATABASE_URL (SQLite when it is not set)."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.houses import EMPTY, Houses  # first: it names the database before the application is imported

from app.core import clock, words  # isort: skip
from app.core.db import DB  # isort: skip
from tests.world import DEMO, MORNING, SMALL_WORLD, World  # isort: skip


pytest_plugins = ["tests.e2e.browser", "tests.spreading", "tests.sparing"]


@pytest.fixture(scope="session")
def houses() -> Iterator[Houses]:
    houses = Houses()
    yield houses
    houses.clear()


@pytest.fixture
def own_house() -> None:
    """For tests that make a house of their own on the engine of DATABASE_URL."""


@pytest.fixture
async def fresh() -> AsyncIterator[None]:
    """Nothing that an earlier test said or left open."""
    clock.reset()
    words.speak("zh_CN")
    yield
    clock.reset()
    await DB.close()


@pytest.fixture
async def house(houses: Houses, fresh: None) -> None:
    """A house with tables and nothing in them, open on this test's loop."""
    await houses.enter(EMPTY)


@pytest.fixture
async def demo(houses: Houses, fresh: None) -> None:
    """The demo factory, as the first start plants it."""
    await houses.enter(DEMO)


@pytest.fixture
async def world(houses: Houses, fresh: None) -> World:
    """The small world at nine o'clock on a Tuesday morning."""
    clock.move_to(MORNING)
    return await houses.enter(SMALL_WORLD)
