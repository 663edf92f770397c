"""Receipts, matched and kept for an order."""

from app.billing import advances, receipts
from app.billing.receipts import NewReceipt
from app.core import clock, db
from app.core.db import commit
from tests.stories import thread
from tests.web.hostile import MARK
from tests.world import World


async def paid(world: World) -> None:
    """One receipt matched in part, one kept for an order."""
    owed = await db.value("select number from receivables")
    new = NewReceipt("HENGLI", 1_000_000, clock.today(), reference=MARK, remark=MARK)
    receipt = (await commit(receipts.make, new, by=world.zhoumin)).value
    await commit(receipts.allocate, receipt.number, {owed: 500_000}, by=world.zhoumin)
    spare = (await commit(receipts.make, new, by=world.zhoumin)).value
    order = await thread.ordered(world)
    await commit(advances.put, spare.number, order.number, 100_000, by=world.zhoumin)
