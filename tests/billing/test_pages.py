"""Receipts as people see them."""

from app.billing import receipts
from app.billing.receipts import NewReceipt
from app.core import clock
from app.core.db import commit
from tests.browse import browser_of
from tests.world import World


async def test_a_receipt_taken_back_has_nothing_left_to_match(world: World) -> None:
    made = (
        await commit(receipts.make, NewReceipt("HENGLI", 2_000_000, clock.today()), by=world.zhoumin)
    ).value
    async with browser_of(world.zhoumin) as client:
        assert (await client.get(f"/receipts/{made.number}")).text.count("¥20,000.00") > 1
        await commit(receipts.reverse, made.number, by=world.zhoumin)
        page = (await client.get(f"/receipts/{made.number}")).text
    facts = page[page.index("未核销") :][:200]
    assert "¥0.00" in facts and "¥20,000.00" not in facts
