"""What the demo factory has, any factory can enter: an empty house is furnished by hand and carries an order through."""

from app.core import clock, recounts
from tests.stories.furnishing import furnished
from tests.stories.thread_by_api import through
from tests.world import MORNING


async def test_a_house_that_was_furnished_by_hand_carries_an_order_through(house: None) -> None:
    clock.move_to(MORNING)
    async with furnished() as programs:
        numbers = await through(programs)
        assert (await programs.see("xiaolan", f"/sales-orders/{numbers['order']}"))["state"] == "closed"
    assert [d for r in await recounts.run() for d in r.differences] == []
