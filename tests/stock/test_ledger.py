"""Everything is a movement between two places."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import db
from app.core.db import commit
from app.core.refusals import Refused
from app.stock import demands, ledger, lots
from app.stock.ledger import MoveLine
from app.stock.places import CUSTOMER, OPENING, PRODUCTION, place
from tests import make

SOURCE = ("stock", 0)


async def balances(item: int) -> dict[str, int]:
    found = await db.rows(
        "select b.code, sum(s.quantity_q) as q from stock_balances s join bins b on b.id = s.bin where s.item = {} group by b.code",
        item,
    )
    return {r["code"]: int(r["q"]) for r in found if r["q"]}


async def opened(world, quantity_q: int, bin_code: str = "A-01-01", lot: str = "L1"):
    """A lot of the bolt with an opening balance."""
    found = (await commit(lots_made, world.bolt.id, lot, by=world.xiuying)).value
    line = MoveLine(world.bolt.id, found.id, await place(OPENING), world.bins[bin_code].id, quantity_q)
    await commit(ledger.post, "opening", SOURCE, [line], by=world.xiuying)
    return found


async def lots_made(item: int, number: str, *, by):
    return await lots.find_or_make(item, number)


def moved(world, lot, quantity_q: int, start: str, end: str) -> MoveLine:
    return MoveLine(world.bolt.id, lot.id, world.bins[start].id, world.bins[end].id, quantity_q)


async def test_a_move_takes_from_one_place_and_puts_into_the_other(world):
    lot = await opened(world, 5_000_000)
    done = await commit(
        ledger.post, "move", SOURCE, [moved(world, lot, 2_000_000, "A-01-01", "A-01-02")], by=world.xiuying
    )
    assert done.value.number.startswith("SM20261208-")
    assert await balances(world.bolt.id) == {"A-01-01": 3_000_000, "A-01-02": 2_000_000, OPENING: -5_000_000}
    assert await ledger.recount() == []


async def test_a_store_bin_never_goes_below_zero_and_says_what_is_there(world):
    lot = await opened(world, 5_000_000)
    with pytest.raises(Refused) as refused:
        await commit(
            ledger.post,
            "move",
            SOURCE,
            [moved(world, lot, 5_000_001, "A-01-01", "A-01-02")],
            by=world.xiuying,
        )
    assert refused.value.reason.code == "not_enough"
    assert refused.value.facts == {
        "item": "FB-M10X45-88D",
        "lot": "L1",
        "bin": "A-01-01",
        "left": "5,000",
        "unit": "支",
    }
    assert await balances(world.bolt.id) == {"A-01-01": 5_000_000, OPENING: -5_000_000}


async def test_a_fact_that_takes_more_than_the_books_hold_is_booked_and_flagged(world):
    lot = await opened(world, 1_000_000)
    line = MoveLine(world.bolt.id, lot.id, world.bins["A-01-01"].id, await place(CUSTOMER), 1_500_000)
    done = await commit(ledger.post, "deliver", SOURCE, [line], by=world.xiuying, fact=True)
    assert done.value.flags == ledger.BELOW_ZERO
    assert (await balances(world.bolt.id))["A-01-01"] == -500_000
    assert await db.value("select count(*) from events where name = 'stock.went_below_zero'") == 1


async def test_lines_of_one_posting_that_cancel_out_leave_no_trace_in_the_balances(world):
    lot = await opened(world, 1_000_000)
    back_and_forth = [
        moved(world, lot, 900_000, "A-01-01", "A-01-02"),
        moved(world, lot, 900_000, "A-01-02", "A-01-01"),
    ]
    await commit(ledger.post, "move", SOURCE, back_and_forth, by=world.xiuying)
    assert (await balances(world.bolt.id))["A-01-01"] == 1_000_000
    assert await ledger.recount() == []


@pytest.mark.parametrize("quantity_q", [0, -5])
async def test_nothing_and_less_than_nothing_do_not_move(world, quantity_q):
    lot = await opened(world, 1_000)
    with pytest.raises(Refused):
        await commit(
            ledger.post,
            "move",
            SOURCE,
            [moved(world, lot, quantity_q, "A-01-01", "A-01-02")],
            by=world.xiuying,
        )
    with pytest.raises(Refused):
        await commit(ledger.post, "move", SOURCE, [], by=world.xiuying)
    with pytest.raises(Refused):
        await commit(
            ledger.post, "move", SOURCE, [moved(world, lot, 5, "A-01-01", "A-01-01")], by=world.xiuying
        )


async def test_a_reason_that_is_not_on_the_closed_list_is_a_programming_error(world):
    lot = await opened(world, 1_000)
    with pytest.raises(ValueError):
        await commit(
            ledger.post, "because", SOURCE, [moved(world, lot, 5, "A-01-01", "A-01-02")], by=world.xiuying
        )


async def test_a_thousand_lines_are_one_posting(world):
    found = [await opened(world, 10_000, lot=f"L{i}") for i in range(3)]
    lines = [moved(world, found[i % 3], 10 + i % 7, "A-01-01", "A-01-02") for i in range(1000)]
    posting = (await commit(ledger.post, "move", SOURCE, lines, by=world.xiuying)).value
    assert await db.value("select count(*) from stock_moves where posting = {}", posting.id) == 1000
    assert (await balances(world.bolt.id))["A-01-02"] == sum(line.quantity_q for line in lines)


async def test_a_reversal_posts_the_opposite_once(world):
    lot = await opened(world, 5_000_000)
    posting = (
        await commit(
            ledger.post,
            "move",
            SOURCE,
            [moved(world, lot, 2_000_000, "A-01-01", "A-01-02")],
            by=world.xiuying,
        )
    ).value
    back = (await commit(ledger.reverse, posting.id, by=world.xiuying)).value
    assert back.reverses == posting.id and back.why == "reverse"
    assert await balances(world.bolt.id) == {"A-01-01": 5_000_000, OPENING: -5_000_000}
    for again, code in ((posting.id, "already_reversed"), (back.id, "is_reversal")):
        with pytest.raises(Refused) as refused:
            await commit(ledger.reverse, again, by=world.xiuying)
        assert refused.value.reason.code == code


async def test_a_reversal_whose_goods_are_gone_names_the_bin_what_is_left_and_who_took_them(world):
    lot = await opened(world, 5_000_000)
    opening = await db.value("select id from stock_postings")
    line = MoveLine(world.bolt.id, lot.id, world.bins["A-01-01"].id, await place(CUSTOMER), 4_000_000)
    await commit(
        ledger.post, "deliver", ("delivery_note", 7), [line], by=world.xiuying, document="DN20261208-0001"
    )
    with pytest.raises(Refused) as refused:
        await commit(ledger.reverse, opening, by=world.xiuying)
    assert refused.value.reason.code == "goods_gone"
    facts = refused.value.facts
    assert (facts["bin"], facts["left"], facts["later"]) == ("A-01-01", "1,000", "DN20261208-0001")
    assert (await balances(world.bolt.id))["A-01-01"] == 1_000_000


async def test_recount_names_a_balance_that_somebody_falsified(world):
    lot = await opened(world, 5_000_000)
    await db.rows(
        "update stock_balances set quantity_q = quantity_q + 7 where bin = {}", world.bins["A-01-01"].id
    )
    [difference] = await ledger.recount()
    assert (difference["lot"], difference["bin"], difference["difference_q"]) == (
        lot.id,
        world.bins["A-01-01"].id,
        -7,
    )


async def test_a_lot_is_made_once_and_knows_its_items_piece_weight(world):
    first = (await commit(lots_made, world.bolt.id, "251207-01", by=world.xiuying)).value
    again = (await commit(lots_made, world.bolt.id, "251207-01", by=world.xiuying)).value
    untracked = (await commit(lots_made, world.bolt.id, "", by=world.xiuying)).value
    assert first.id == again.id and first.weight == world.bolt.weight
    assert untracked.number == "-"


async def test_promises_are_fulfilled_oldest_first_and_taken_back_newest_first(world):
    async def story(*, by):
        line = ("sales_order_line", 5)
        await demands.peg(("work_order", 1), line, 300)
        await demands.peg(("work_order", 2), line, 500)
        await demands.peg(("work_order", 2), line, 100)
        await demands.fulfil("sales_order_line", {5: 450})
        first = await db.rows("select quantity_q, fulfilled_q from demands order by id")
        await demands.fulfil("sales_order_line", {5: 500})
        over = await db.rows("select quantity_q, fulfilled_q from demands order by id")
        await demands.fulfil("sales_order_line", {5: -700})
        return first, over, await db.rows("select quantity_q, fulfilled_q from demands order by id")

    first, over, back = (await commit(story, by=world.xiuying)).value
    assert [tuple(r.values()) for r in first] == [(300, 300), (600, 150)]
    assert [tuple(r.values()) for r in over] == [(300, 300), (600, 650)]
    assert [tuple(r.values()) for r in back] == [(300, 250), (600, 0)]


async def test_a_promise_taken_back_whole_is_gone(world):
    async def story(*, by):
        await demands.peg(("work_order", 1), ("sales_order_line", 5), 300)
        await demands.peg(("work_order", 1), ("sales_order_line", 5), -300)
        await demands.peg(("work_order", 1), ("sales_order_line", 6), 300)
        await demands.unpeg(("work_order", 1))

    await commit(story, by=world.xiuying)
    assert await db.value("select count(*) from demands") == 0


ACTS = st.lists(
    st.tuples(st.sampled_from(["post", "post", "fact", "reverse"]), st.integers(0, 5), st.integers(0, 5), st.integers(1, 900), st.integers(0, 30)),
    min_size=5, max_size=40,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS)
async def test_whatever_is_posted_and_reversed_the_balances_are_the_sum_of_the_moves(world, acts):
    item = await make.item()
    found = [(await commit(lots_made, item.id, number, by=world.xiuying)).value for number in ("A", "B")]
    places = [await place(PRODUCTION), await place(CUSTOMER), *(b.id for b in world.bins.values())]
    posted: list[int] = []
    flagged = False
    for act, start, end, quantity_q, n in acts:
        try:
            if act == "reverse":
                if posted:
                    posted.append(
                        (await commit(ledger.reverse, posted[n % len(posted)], by=world.xiuying)).value.id
                    )
                continue
            lines = [
                MoveLine(
                    item.id, found[(n + i) % 2].id, places[(start + i) % 4], places[end % 4], quantity_q + i
                )
                for i in range(1 + n % 3)
            ]
            posting = (
                await commit(ledger.post, "move", SOURCE, lines, by=world.xiuying, fact=act == "fact")
            ).value
            posted.append(posting.id)
            flagged = flagged or posting.flags != ""
        except Refused:
            pass
    assert await ledger.recount() == []
    sums = await db.rows(
        "select lot, sum(quantity_q) as q from stock_balances where item = {} group by lot", item.id
    )
    assert all(int(row["q"]) == 0 for row in sums)
    below = await db.value(
        "select count(*) from stock_balances s join bins b on b.id = s.bin where b.kind = 'store' and s.quantity_q < 0 and s.item = {}",
        item.id,
    )
    assert flagged or below == 0
