"""From the bin to the customer: written, posted, reversed; picking is in test_picking.py."""

from datetime import date

import pytest

from app.core import db
from app.core.db import commit
from app.delivery import notes
from app.stock import demands
from tests.delivery.sample import (
    books_are_right,
    confirmed,
    in_bin,
    in_parts,
    ordered,
    picked,
    posted,
    refusal,
    stocked,
    wanted_of,
    written,
)
from tests.world import events_of


async def test_a_note_takes_what_is_open_and_lies_in_the_store(world):
    number = await confirmed(world, "5", "3")
    await stocked(world, 6_000_000)
    note = await written(world, number)
    assert note.number == "DN20261208-0001"
    lines = await db.rows(
        "select line_no, quantity_q from delivery_note_lines where note = {} order by line_no", note.id
    )
    assert [tuple(r.values()) for r in lines] == [(1, 5_000_000), (2, 1_000_000)]
    second = await refusal(notes.create, number, by=world.xiuying)
    assert second.reason.code == "nothing_to_deliver"


async def test_a_note_may_ask_for_certain_lines_within_what_is_open_and_its_tolerance(world):
    number = await confirmed(world, "5")
    note = await written(world, number, lines={1: 5_150_000})
    assert note.state == "draft"
    too_much = await refusal(notes.create, number, {1: 1}, by=world.xiuying)
    assert (too_much.reason.code, too_much.field, too_much.facts["left"]) == ("over_quantity", "line-1", "0")
    assert (await refusal(notes.create, number, {9: 1000}, by=world.xiuying)).reason.code == "not_on_order"
    assert (await refusal(notes.create, number, {1: -1}, by=world.xiuying)).reason.code == "not_positive"


async def test_an_order_that_is_not_confirmed_is_not_delivered(world):
    number = await ordered(world, "1")
    await stocked(world, 1_000_000)
    assert (await refusal(notes.create, number, by=world.xiuying)).reason.code == "not_now"


async def test_posting_moves_stock_tells_the_order_and_keeps_the_promise(world):
    number = await confirmed(world, "5")
    order_id = await db.value("select id from sales_orders where number = {}", number)
    line_id = await db.value('select id from sales_order_lines where "order" = {}', order_id)

    async def pegged(*, by):
        await demands.peg(("work_order", 1), ("sales_order_line", line_id), 5_000_000)

    await commit(pegged, by=world.liuyang)
    lot = await stocked(world, 6_000_000)
    note = await written(world, number)
    await picked(world, note, lot)
    after = await posted(world, note)
    assert after.state == "posted" and after.posted_on == date(2026, 12, 8)
    assert await in_bin(world) == 1_000_000
    order = await db.one(
        "select delivered_q, open_lines, delivered_on from sales_orders where id = {}", order_id
    )
    assert order == {"delivered_q": 5_000_000, "open_lines": 0, "delivered_on": date(2026, 12, 8)}
    assert (await demands.for_order(order_id))[0]["fulfilled_q"] == 5_000_000
    assert "delivery_note.posted" in await events_of("sales_order", order_id)
    assert "delivery_note.posted" in await events_of("lot", lot.id)
    await books_are_right()


async def test_the_reversal_brings_back_stock_order_and_promise(world):
    number = await confirmed(world, "5")
    lot = await stocked(world, 5_000_000)
    note = await written(world, number)
    await picked(world, note, lot)
    await posted(world, note)
    after = (await commit(notes.reverse, note.number, "地址错了", by=world.xiuying)).value
    assert after.state == "reversed" and await in_bin(world) == 5_000_000
    order = await db.one(
        "select delivered_q, open_lines, delivered_on from sales_orders where number = {}", number
    )
    assert order == {"delivered_q": 0, "open_lines": 1, "delivered_on": None}
    assert (await refusal(notes.reverse, note.number, by=world.xiuying)).reason.code == "not_now"
    await books_are_right()
    again = await written(world, number)
    await picked(world, again, lot)
    await posted(world, again)
    await books_are_right()


async def test_a_delivery_that_was_paid_is_not_reversed_and_the_receivable_is_named(world):
    number = await confirmed(world, "5")
    lot = await stocked(world, 5_000_000)
    note = await written(world, number)
    await picked(world, note, lot)
    await posted(world, note)
    order_id = await db.value("select id from sales_orders where number = {}", number)
    today = date(2026, 12, 8)
    from app.billing.tables import Receivable

    await Receivable(
        number="AR20261208-0001", customer=world.hengli.id, order=order_id, source_kind="delivery_note", source_id=note.id,
        currency="CNY", amount=134_000, amount_cny=134_000, matched=500, arose_on=today, due_on=today,
    ).save()  # fmt: skip
    refused = await refusal(notes.reverse, note.number, by=world.xiuying)
    assert (refused.reason.code, refused.facts) == ("paid_already", {"receivable": "AR20261208-0001"})
    assert await in_bin(world) == 0


async def test_a_note_without_picks_is_not_posted_and_a_part_may_be(world):
    number = await confirmed(world, "5")
    lot = await stocked(world, 5_000_000)
    note = await written(world, number)
    assert (await refusal(notes.post, note.number, by=world.xiuying)).reason.code == "nothing_picked"
    await picked(world, note, lot, 2_000_000)
    await posted(world, note)
    assert (await refusal(notes.post, note.number, by=world.xiuying)).reason.code == "not_now"
    rest = await written(world, number)
    assert await db.value("select quantity_q from delivery_note_lines where note = {}", rest.id) == 3_000_000
    await books_are_right()


async def test_a_posting_of_a_note_is_reversed_through_its_note(world):
    from app.stock import moves

    number = await confirmed(world, "5")
    lot = await stocked(world, 5_000_000)
    note = await written(world, number)
    await picked(world, note, lot)
    after = await posted(world, note)
    posting = await db.value("select number from stock_postings where id = {}", after.posting)
    back = (await commit(moves.reverse, posting, by=world.xiuying)).value
    assert back.reverses == after.posting
    assert await db.value("select state from delivery_notes where id = {}", note.id) == "reversed"
    await books_are_right()


@pytest.mark.parametrize(
    "verb", [notes.create, notes.pick, notes.unpick, notes.post, notes.reverse, notes.cancel]
)
async def test_nobody_without_the_right_delivers(world, verb):
    args = {notes.pick: ("DN1", 1, 1, 1), notes.unpick: ("DN1", 1)}.get(verb, ("DN1",))
    assert (await refusal(verb, *args, by=world.nobody)).reason.code == "forbidden"


async def test_a_note_without_quantities_takes_the_delivery_that_is_due_next(world):
    lot, number = await stocked(world, 100_000_000), await in_parts(world, "2", "3", "5")
    first = await written(world, number)
    second = await written(world, number)  # the first is still to be picked
    assert [await wanted_of(first), await wanted_of(second)] == [[2_000_000], [3_000_000]]
    await commit(notes.cancel, second.number, by=world.xiuying)
    await picked(world, first, lot, 1_960_000)  # within the tolerance of that delivery
    await posted(world, first)
    assert await wanted_of(await written(world, number)) == [3_040_000]
    assert await wanted_of(await written(world, number)) == [5_000_000]
    assert (await refusal(notes.create, number, by=world.xiuying)).reason.code == "nothing_to_deliver"


async def test_of_the_next_delivery_no_more_is_taken_than_lies_in_the_store(world):
    await stocked(world, 1_500_000)
    assert await wanted_of(await written(world, await in_parts(world, "2", "3"))) == [1_500_000]
