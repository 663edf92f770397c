"""From the bin to the customer: written, picked by scan, posted, reversed."""

from datetime import date, timedelta

import pytest

from app.core import db, recounts
from app.core.db import commit
from app.core.refusals import Refused
from app.delivery import notes
from app.sales import orders
from app.sales.orders import NewLine, NewOrder
from app.sales.schedules import NewSchedule
from app.stock import demands, ledger, lots
from app.stock.ledger import MoveLine
from app.stock.places import OPENING, place
from tests import make
from tests.world import events_of


async def ordered(world, *thousands: str) -> str:
    """The number of an order of 宁波恒立 with a line of the bolt for each quantity, in 千件."""
    kind = {"item": world.bolt.code, "unit": "千件", "unit_price": "268", "price_unit": "千件"}
    lines = [NewLine(quantity=quantity, **kind) for quantity in thousands]
    new = NewOrder(customer=world.hengli.code, lines=lines, due_date=date(2026, 12, 28))
    return (await commit(orders.create, new, by=world.xiaolan)).value.number


async def confirmed(world, *thousands: str) -> str:
    number = await ordered(world, *thousands)
    await commit(orders.confirm, number, by=world.xiaolan)
    return number


async def stocked(world, quantity_q: int, bin_code: str = "A-01-01", lot: str = "L1", item=None):
    """A lot in a bin."""

    async def put(*, by):
        found = await lots.find_or_make((item or world.bolt).id, lot)
        start = await place(OPENING)
        line = MoveLine(found.item, found.id, start, world.bins[bin_code].id, quantity_q)
        await ledger.post("opening", ("stock", 0), [line], by=by)
        return found

    return (await commit(put, by=world.xiuying)).value


async def written(world, number: str, **more):
    return (await commit(notes.create, number, by=world.xiuying, **more)).value


async def picked(world, note, lot, quantity_q=None, bin_code: str = "A-01-01", **more):
    where = world.bins[bin_code].id
    return (
        await commit(
            notes.pick,
            note.number,
            more.pop("line_no", None),
            lot.id,
            where,
            quantity_q,
            by=world.xiuying,
            **more,
        )
    ).value


async def posted(world, note):
    return (await commit(notes.post, note.number, by=world.xiuying)).value


async def in_bin(world, bin_code: str = "A-01-01") -> int:
    return await db.value(
        "select coalesce(sum(quantity_q), 0) from stock_balances where bin = {}", world.bins[bin_code].id
    )


async def refusal(verb, *args, **facts) -> Refused:
    with pytest.raises(Refused) as caught:
        await commit(verb, *args, **facts)
    return caught.value


async def books_are_right() -> None:
    assert [r for r in await recounts.run() if r.differences] == []


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


async def test_a_bin_of_the_house_or_a_place_on_the_floor_is_not_picked_from(world):
    number = await confirmed(world, "5")
    lot = await stocked(world, 5_000_000)
    note = await written(world, number)
    refused = await refusal(notes.pick, note.number, 1, lot.id, await place(OPENING), 1000, by=world.xiuying)
    assert refused.reason.code == "not_a_store"


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


async def in_parts(world, *parts: str) -> str:
    """The number of a confirmed order of a line of the bolt in several deliveries, a week apart, in 千件."""
    days = [
        NewSchedule(quantity=q, due_date=date(2026, 12, 14) + timedelta(weeks=n)) for n, q in enumerate(parts)
    ]
    whole = str(sum(map(int, parts)))
    line = NewLine(
        item=world.bolt.code, quantity=whole, unit="千件", unit_price="268", price_unit="千件", schedules=days
    )
    new = NewOrder(customer=world.hengli.code, lines=[line])
    number = (await commit(orders.create, new, by=world.xiaolan)).value.number
    await commit(orders.confirm, number, by=world.xiaolan)
    return number


async def wanted_of(note) -> list[int]:
    return [
        row["quantity_q"]
        for row in await db.rows("select quantity_q from delivery_note_lines where note = {}", note.id)
    ]


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
