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


async def test_a_list_is_narrowed_by_a_part_of_the_customers_name_or_its_code(world: World) -> None:
    made = (
        await commit(receipts.make, NewReceipt("HENGLI", 2_000_000, clock.today()), by=world.zhoumin)
    ).value
    async with browser_of(world.zhoumin) as client:
        for typed, there in (("恒立", True), ("HENGLI", True), ("HENG", False), ("奥途", False)):
            page = await client.get("/receipts", params={"customer": typed})
            assert (made.number in page.text) is there, typed
