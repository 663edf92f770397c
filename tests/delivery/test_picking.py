"""Picking by scan: the right goods, no more than there are, reserved for their note."""

from app.core import db
from app.core.db import commit
from app.delivery import notes
from app.stock.places import OPENING, place
from tests import make
from tests.delivery.sample import (
    books_are_right,
    confirmed,
    picked,
    posted,
    refusal,
    stocked,
    written,
)


async def test_the_wrong_item_is_stopped_and_both_are_named(world):
    number = await confirmed(world, "5")
    await stocked(world, 5_000_000)
    nut = await make.item("NUT-M10", "六角法兰面螺母", "M10 8 级")
    wrong = await stocked(world, 1_000_000, lot="N1", item=nut)
    note = await written(world, number)
    refused = await refusal(
        notes.pick, note.number, None, wrong.id, world.bins["A-01-01"].id, by=world.xiuying
    )
    assert refused.reason.code == "wrong_item"
    assert "NUT-M10" in refused.facts["scanned"] and "FB-M10X45-88D" in refused.facts["wanted"]
    assert await db.value("select count(*) from delivery_picks") == 0


async def test_more_than_the_bin_holds_or_the_line_bears_is_not_picked(world):
    number = await confirmed(world, "5")
    here, there = await stocked(world, 2_000_000), await stocked(world, 9_000_000, "A-01-02", "L2")
    note = await written(world, number)
    bins = world.bins
    short = await refusal(
        notes.pick, note.number, 1, here.id, bins["A-01-01"].id, 2_000_001, by=world.xiuying
    )
    assert (short.reason.code, short.facts["left"], short.facts["bin"]) == ("not_enough", "2,000", "A-01-01")
    elsewhere = await refusal(notes.pick, note.number, 1, here.id, bins["A-01-02"].id, 1000, by=world.xiuying)
    assert (elsewhere.reason.code, elsewhere.facts["left"]) == ("not_enough", "0")
    over = await refusal(
        notes.pick, note.number, 1, there.id, bins["A-01-02"].id, 5_150_001, by=world.xiuying
    )
    assert (over.reason.code, over.facts["left"]) == ("over_quantity", "5,150")
    await picked(world, note, there, 5_150_000, "A-01-02")
    full = await refusal(notes.pick, note.number, 1, here.id, bins["A-01-01"].id, by=world.xiuying)
    assert full.reason.code == "over_quantity"


async def test_what_is_picked_is_reserved_for_its_note(world):
    first, second = await confirmed(world, "3"), await confirmed(world, "3")
    lot = await stocked(world, 5_000_000)
    one, two = await written(world, first), await written(world, second)
    await picked(world, one, lot)
    row = await picked(world, two, lot)
    assert row.quantity_q == 2_000_000
    refused = await refusal(
        notes.pick, two.number, 1, lot.id, world.bins["A-01-01"].id, 1000, by=world.xiuying
    )
    assert (refused.reason.code, refused.facts["left"]) == ("not_enough", "0")
    await commit(notes.cancel, one.number, by=world.xiuying)
    await picked(world, two, lot)
    await posted(world, two)
    await books_are_right()


async def test_a_pick_put_back_is_free_again(world):
    number = await confirmed(world, "3")
    lot = await stocked(world, 3_000_000)
    note = await written(world, number)
    row = await picked(world, note, lot, 1_000_000)
    await commit(notes.unpick, note.number, row.id, by=world.xiuying)
    assert (await refusal(notes.unpick, note.number, row.id, by=world.xiuying)).reason.code == "no_such_pick"
    assert (await picked(world, note, lot)).quantity_q == 3_000_000
    await books_are_right()


async def test_the_same_scan_sent_twice_picks_once(world):
    number = await confirmed(world, "3")
    lot = await stocked(world, 3_000_000)
    note = await written(world, number)
    first = await picked(world, note, lot, 1_000_000, action="0195-scan")
    again = await picked(world, note, lot, 1_000_000, action="0195-scan")
    assert first.id == again.id
    assert await db.value("select picked_q from delivery_note_lines where note = {}", note.id) == 1_000_000


async def test_a_bin_of_the_house_or_a_place_on_the_floor_is_not_picked_from(world):
    number = await confirmed(world, "5")
    lot = await stocked(world, 5_000_000)
    note = await written(world, number)
    refused = await refusal(notes.pick, note.number, 1, lot.id, await place(OPENING), 1000, by=world.xiuying)
    assert refused.reason.code == "not_a_store"
