"""A program for each person of the small world."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests import make
from tests.browse import program_of
from tests.stories.thread_by_api import PEOPLE, Programs
from tests.world import World


@pytest.fixture
async def programs(world: World) -> AsyncIterator[Programs]:
    await make.approval_rule()
    async with AsyncExitStack() as stack:
        yield Programs(
            {name: await stack.enter_async_context(program_of(getattr(world, name))) for name in PEOPLE}
        )
