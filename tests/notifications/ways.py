"""How people chose to hear, for tests."""

import pytest

from tests.notifications.outside import choose
from tests.simulators import wecom
from tests.world import World

TOPICS = ("approval", "alert", "escalation", "exception", "other")
AT_ONCE = {topic: {"wecom": "now", "mail": "now"} for topic in TOPICS}
IN_A_DIGEST = {topic: {"wecom": "digest", "mail": "digest"} for topic in TOPICS}


@pytest.fixture
async def at_once(world: World, connected: wecom.WeCom) -> wecom.WeCom:
    await choose(world, "xiaolan", wecom="xiaolan", topics=AT_ONCE)
    return connected
