"""One order all the way through the house, told by its verbs; the same thread runs through Chromium and through the API."""

import pytest

from app.billing import receipts
from app.billing.receipts import NewReceipt
from app.core import clock, db, recounts
from app.core.db import commit
from app.core.refusals import Refused
from app.delivery import notes
from app.sales import orders
from tests.stories import thread
from tests.world import World, events_of


async def differences() -> list[object]:
    """Everything that any recount finds wrong."""
    return [row for recount in await recounts.run() for row in recount.differences]


async def test_an_order_is_made_delivered_paid_and_closes_by_itself(world: World) -> None:
    order, _note = await thread.delivered(world)
    owed = await db.one("select number, amount, due_on from receivables")
    assert owed is not None and owed["amount"] == 3_223_200
    assert owed["due_on"].isoformat() == "2027-01-30"
    new = NewReceipt(customer="HENGLI", amount=3_223_200, received_on=clock.today())
    receipt = (await commit(receipts.make, new, by=world.zhoumin)).value
    await commit(receipts.allocate, receipt.number, {owed["number"]: 3_223_200}, by=world.zhoumin)
    after = await orders.find(order.number, world.xiaolan)
    assert after.state == "closed" and after.delivered_on == clock.today() and after.received == 3_223_200
    told = await events_of("sales_order", order.id)
    for name in (
        "sales_order.created",
        "sales_order.confirmed",
        "work_order.made",
        "work_order.released",
        "operation.reported",
        "work_order.received",
        "delivery_note.posted",
        "receivable.arose",
        "receipt.matched",
        "sales_order.closed",
    ):
        assert name in told, f"{name} is missing in {told}"
    assert await differences() == []


async def test_each_posting_can_be_taken_back_once_what_stands_on_it_is_gone(world: World) -> None:
    order, note = await thread.delivered(world)
    owed = await db.value("select number from receivables")
    receipt = (
        await commit(receipts.make, NewReceipt("HENGLI", 3_223_200, clock.today()), by=world.zhoumin)
    ).value
    await commit(receipts.allocate, receipt.number, {owed: 3_223_200}, by=world.zhoumin)
    with pytest.raises(Refused, match="AR"):
        await commit(notes.reverse, note.number, "退货", by=world.xiuying)
    with pytest.raises(Refused, match="receipt_matched"):
        await commit(receipts.reverse, receipt.number, by=world.zhoumin)
    allocation = await db.value("select id from receipt_allocations")
    await commit(receipts.undo_allocation, allocation, by=world.zhoumin)
    assert (await orders.find(order.number, world.xiaolan)).state == "confirmed"
    await commit(receipts.reverse, receipt.number, by=world.zhoumin)
    await commit(notes.reverse, note.number, "退货", by=world.xiuying)
    await thread.events.settle()
    after = await orders.find(order.number, world.xiaolan)
    assert (after.delivered_q, after.invoiced, after.received, after.delivered_on) == (0, 0, 0, None)
    assert (
        await db.value(
            "select sum(quantity_q) from stock_balances b join bins n on n.id = b.bin where n.kind = 'store'"
        )
        == 120_000_000
    )
    assert await differences() == []


async def test_parts_are_billed_so_that_they_add_up_to_the_whole(world: World) -> None:
    order = await thread.confirmed(world, quantity="10", price="33.333333")
    work_order = await thread.released(world, order)
    await thread.made(world, work_order, "10")
    await thread.stored(world, work_order, 10_000_000)
    for part in (3_333_000, 3_333_000, 3_334_000):
        await thread.posted(world, order, part)
    amounts = [r["amount"] for r in await db.rows("select amount from receivables order by id")]
    assert sum(amounts) == (await orders.find(order.number, world.xiaolan)).gross == 33_333
    assert await differences() == []


async def test_nobody_without_the_right_moves_the_thread(world: World) -> None:
    order = await thread.ordered(world)
    for verb, args in (
        (orders.confirm, (order.number,)),
        (orders.cancel, (order.number,)),
        (notes.create, (order.number,)),
        (receipts.make, (NewReceipt("HENGLI", 1, clock.today()),)),
    ):
        with pytest.raises(Refused, match="forbidden"):
            await commit(verb, *args, by=world.nobody)


async def test_a_receipt_pays_no_more_than_it_holds_and_only_its_own_customer(world: World) -> None:
    await thread.delivered(world)
    owed = await db.value("select number from receivables")
    small = (await commit(receipts.make, NewReceipt("HENGLI", 100, clock.today()), by=world.zhoumin)).value
    with pytest.raises(Refused, match="more_than_left"):
        await commit(receipts.allocate, small.number, {owed: 101}, by=world.zhoumin)
    from tests import make

    await make.customer("OTHER", name="别家")
    foreign = (
        await commit(receipts.make, NewReceipt("OTHER", 5_000_000, clock.today()), by=world.zhoumin)
    ).value
    with pytest.raises(Refused, match="other_customer"):
        await commit(receipts.allocate, foreign.number, {owed: 100}, by=world.zhoumin)
