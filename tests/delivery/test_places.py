"""What left lies with its own customer: nobody's goods are taken back for another's."""

from app.core import db
from app.core.db import DB, commit
from app.delivery import notes
from app.migrations.m0063_places_of_customers import forwards
from app.stock import ledger
from app.stock.ledger import MoveLine, Why
from app.stock.places import CUSTOMER, PRODUCTION, of_customer, place
from tests import make
from tests.stories import thread
from tests.world import World


async def delivered(world: World) -> tuple[int, int]:
    """The bin and the note of a posted delivery."""
    order = await thread.confirmed(world)
    work_order = await thread.released(world, order)
    await thread.made(world, work_order, "120")
    await thread.stored(world, work_order)
    await thread.posted(world, order)
    note = await db.one("select id, number from delivery_notes order by id desc limit 1")
    assert note is not None
    return await of_customer(world.hengli.id), note["id"]


async def lies_in(bin_: int) -> int:
    return int(await db.value("select coalesce(sum(quantity_q), 0) from stock_balances where bin = {}", bin_))


async def test_what_left_lies_at_the_place_of_its_customer(world: World) -> None:
    own, _note = await delivered(world)
    assert await lies_in(own) == 120_000_000 and await lies_in(await place(CUSTOMER)) == 0
    other = await make.customer("OTHER", name="别家")
    theirs = await of_customer(other.id)
    assert theirs != own and await of_customer(other.id) == theirs
    assert await ledger.recount() == []


async def test_a_customers_goods_are_not_taken_for_anothers(world: World) -> None:
    own, _note = await delivered(world)
    other = await of_customer((await make.customer("OTHER", name="别家")).id)
    lot = await db.one("select item, lot from stock_balances where bin = {}", own)
    assert lot is not None
    there = [MoveLine(lot["item"], lot["lot"], await place(PRODUCTION), other, 5_000_000)]
    await commit(ledger.post, Why.DELIVER, ("house", 0), there, by=world.xiuying)
    number = await db.value("select number from delivery_notes")
    await commit(notes.reverse, number, "退回", by=world.admin)
    assert (await lies_in(own), await lies_in(other)) == (0, 5_000_000)
    assert await ledger.recount() == []


async def test_goods_at_the_one_place_of_before_are_told_apart(world: World) -> None:
    own, _note = await delivered(world)
    common = await place(CUSTOMER)
    await db.rows("update stock_moves set to_bin = {} where to_bin = {}", common, own)
    await db.rows("update stock_balances set bin = {} where bin = {}", common, own)
    await db.rows("delete from bins where id = {}", own)
    async with DB.transaction():
        await forwards()
    assert await lies_in(common) == 0 and await lies_in(await of_customer(world.hengli.id)) == 120_000_000
    assert await ledger.recount() == []
    number = await db.value("select number from delivery_notes")
    await commit(notes.reverse, number, "退回", by=world.admin)
    assert await lies_in(await of_customer(world.hengli.id)) == 0 and await ledger.recount() == []
