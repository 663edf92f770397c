"""A tablet at an operation, and who stands there."""

from typing import Any

import pytest

from tests.offline.tablet import code_of, tablet_of
from tests.production import floor
from tests.world import World


@pytest.fixture
async def tablet(world: World) -> Any:
    async with tablet_of(world) as found:
        yield found


@pytest.fixture
async def first(world: World) -> str:
    """The first operation of a released work order of 5,000 bolts."""
    work_order = await floor.released(world)
    return f"{work_order.number}/10"


@pytest.fixture
async def jianguo(world: World) -> str:
    return await code_of("王建国")
