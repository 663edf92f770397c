"""From an order to a work order, to the floor, and into stock."""

from datetime import date

import pytest

from app.core import db
from app.core.db import commit
from app.core.quantities import Quantity
from app.core.refusals import Refused
from app.people.actors import HOUSE
from app.production import operations, states, work_orders
from tasks import events as relay
from tests import make
from tests.asking import asked
from tests.browse import browser_of
from tests.production import floor
from tests.sales import sample
from tests.world import events_of


async def test_a_confirmed_order_becomes_a_work_order_with_its_own_copy_of_the_routing(world):
    work_order = await floor.made(world)
    assert work_order.number == "WO20261208-0001"
    assert (work_order.quantity_q, work_order.due_date, work_order.state) == (
        5_000_000,
        date(2026, 12, 18),
        "draft",
    )
    steps = await floor.steps(work_order)
    assert [(s.seq, s.name, s.setup_minutes, s.run_seconds, s.run_pieces, s.report_by) for s in steps] == [
        (10, "冷镦", 150, 750, 1000, "weight"), (20, "搓牙", 60, 600, 1000, "weight"), (30, "包装", 10, 300, 1000, "pieces"),
    ]  # fmt: skip
    assert {(s.state, s.setup_family, s.weight_micro) for s in steps} == {("waiting", "M10", 40_200_000)}


async def test_the_work_order_is_pegged_to_its_line_and_the_order_tells_of_it(world):
    order = await sample.confirmed(world)
    await commit(work_orders.make_for_order, order.number, by=world.liuyang)
    line = (await sample.lines_of(order.id))[0]
    pegs = await db.rows("select supply_kind, demand_kind, demand_id, quantity_q from demands")
    assert pegs == [
        {
            "supply_kind": "work_order",
            "demand_kind": "sales_order_line",
            "demand_id": line["id"],
            "quantity_q": 5_000_000,
        }
    ]
    assert "work_order.made" in await events_of("sales_order", order.id)


async def test_an_order_is_covered_once_and_again_after_its_work_order_was_cancelled(world):
    order = await sample.confirmed(world, sample.line(), sample.line(quantity="2"))
    first = (await commit(work_orders.make_for_order, order.number, by=world.liuyang)).value
    assert [w.quantity_q for w in first] == [5_000_000, 2_000_000]
    with pytest.raises(Refused, match="nothing_to_make") as refused:
        await commit(work_orders.make_for_order, order.number, by=world.liuyang)
    assert first[0].number in refused.value.sentence()
    await commit(work_orders.cancel, first[1].number, by=world.liuyang)
    again = (await commit(work_orders.make_for_order, order.number, by=world.liuyang)).value
    assert [w.quantity_q for w in again] == [2_000_000]


async def test_work_orders_are_made_for_confirmed_orders_only(world):
    order = await sample.draft(world)
    with pytest.raises(Refused, match="order_not_confirmed"):
        await commit(work_orders.make_for_order, order.number, by=world.liuyang)


async def test_an_item_without_routing_says_so(world):
    await make.item("NO-ROUTE", name="垫圈")
    order = await sample.confirmed(world, sample.line(item="NO-ROUTE"))
    with pytest.raises(Refused, match="no_routing") as refused:
        await commit(work_orders.make_for_order, order.number, by=world.liuyang)
    assert "NO-ROUTE 垫圈" in refused.value.sentence()


async def test_releasing_makes_the_first_operation_ready(world):
    work_order = await floor.released(world)
    assert (work_order.state, work_order.released_at is not None) == ("released", True)
    assert [s.state for s in await floor.steps(work_order)] == ["ready", "waiting", "waiting"]


async def test_hold_and_resume_are_told_and_keep_the_operations(world):
    work_order = await floor.released(world)
    await commit(work_orders.hold, work_order.number, "等图纸", by=world.liuyang)
    assert (await floor.fresh(work_order)).state == states.HELD
    await commit(work_orders.resume, work_order.number, by=world.liuyang)
    assert [s.state for s in await floor.steps(work_order)] == ["ready", "waiting", "waiting"]
    assert (await events_of("work_order", work_order.id))[-2:] == ["work_order.held", "work_order.resumed"]


async def test_what_was_reported_blocks_cancelling_and_is_named(world):
    work_order = await floor.released(world)
    await floor.report(world, work_order, 10, "100")
    with pytest.raises(Refused, match="has_reports"):
        await commit(work_orders.cancel, work_order.number, by=world.liuyang)


async def test_finished_goods_become_a_lot_with_the_work_orders_number(world):
    work_order = await floor.released(world)
    await floor.through(world, work_order)
    bin_ = world.bins["A-01-01"].id
    await commit(work_orders.receive, work_order.number, 5_000_000, bin_, by=world.xiuying)
    found = await db.one(
        "select l.number, l.weight_micro, b.quantity_q from stock_balances b join lots l on l.id = b.lot where b.bin = {}",
        bin_,
    )
    assert found == {"number": work_order.number, "weight_micro": 40_200_000, "quantity_q": 5_000_000}
    assert (await floor.fresh(work_order)).received_q == 5_000_000
    assert await floor.exceptions() == []
    await floor.agrees()


async def test_pieces_and_kilograms_together_teach_the_lot_its_weight(world):
    work_order = await floor.released(world)
    await floor.through(world, work_order)
    weighed = Quantity(207_500, "kg")
    await commit(
        work_orders.receive,
        work_order.number,
        5_000_000,
        world.bins["A-01-01"].id,
        measured=weighed,
        by=world.xiuying,
    )
    assert await db.value("select weight_micro from lots where number = {}", work_order.number) == 41_500_000
    assert await db.value("select measured_q from stock_moves") == 207_500


async def test_a_receipt_beyond_what_was_reported_is_booked_and_flagged(world):
    work_order = await floor.released(world)
    await commit(
        work_orders.receive, work_order.number, 1_000_000, world.bins["A-01-01"].id, by=world.xiuying
    )
    assert await floor.exceptions() == ["more_received"]
    assert (await floor.fresh(work_order)).received_q == 1_000_000


async def test_a_receipt_is_reversed_once_and_the_books_agree(world):
    work_order = await floor.released(world)
    await floor.through(world, work_order)
    posting = (
        await commit(
            work_orders.receive, work_order.number, 5_000_000, world.bins["A-01-01"].id, by=world.xiuying
        )
    ).value
    await commit(work_orders.reverse_receipt, posting.number, by=world.xiuying)
    assert (await floor.fresh(work_order)).received_q == 0
    with pytest.raises(Refused, match="already_reversed"):
        await commit(work_orders.reverse_receipt, posting.number, by=world.xiuying)
    await floor.agrees()


async def test_stock_blocks_cancelling(world):
    work_order = await floor.released(world)
    await commit(
        work_orders.receive, work_order.number, 1_000_000, world.bins["A-01-01"].id, by=world.xiuying
    )
    with pytest.raises(Refused, match="has_stock"):
        await commit(work_orders.cancel, work_order.number, by=world.liuyang)


async def test_goods_taken_out_again_settle_what_was_more_than_reported(world):
    """It closes by itself once the books agree, not before, and its timeline says why."""
    work_order = await floor.released(world)
    await floor.through(world, work_order, "5000")
    bin_ = world.bins["A-01-01"].id
    good, more, most = [
        (await commit(work_orders.receive, work_order.number, quantity_q, bin_, by=world.xiuying)).value
        for quantity_q in (5_000_000, 1_000_000, 2_000_000)
    ]
    await relay.settle()
    assert await floor.exceptions() == ["more_received"]
    await commit(work_orders.reverse_receipt, most.number, by=world.xiuying)
    await relay.settle()
    assert await floor.exceptions() == ["more_received"], "6,000 lie there and 5,000 are reported"
    await commit(work_orders.reverse_receipt, more.number, by=world.xiuying)
    await relay.settle()
    assert await floor.exceptions() == []
    row = await db.one("select id, number, resolved_by, solution from production_exceptions")
    assert row is not None and row["resolved_by"] == HOUSE.name
    assert (await events_of("production_exception", row["id"]))[-1] == "production_exception.resolved"
    async with browser_of(world.liuyang) as browser:
        page = (await browser.get(f"/production-exceptions/{row['number']}")).text
        assert page.count("货已退出库存") >= 2, "in its timeline and as its solution"
        assert "货已退出库存" in (await browser.get(f"/work-orders/{work_order.number}")).text
    await commit(work_orders.reverse_receipt, good.number, by=world.xiuying)
    await relay.settle()
    assert (await events_of("production_exception", row["id"])).count("production_exception.resolved") == 1


async def test_the_plan_is_written_onto_operations_of_the_right_work_center_only(world):
    work_order = await floor.released(world)
    steps = await floor.steps(work_order)
    begins, ends = make.now(), make.now()
    await commit(operations.plan, {steps[0].id: (world.headers[1].id, begins, ends)}, by=world.liuyang)
    assert (await floor.steps(work_order))[0].machine == world.headers[1].id
    with pytest.raises(Refused, match="wrong_machine"):
        await commit(operations.plan, {steps[0].id: (world.packers[0].id, begins, ends)}, by=world.liuyang)


async def test_a_plan_of_many_operations_asks_no_more_than_of_one(world):
    steps = await floor.steps(await floor.released(world))
    begins, ends = make.now(), make.now()
    machines = [row["id"] for s in steps for row in await db.rows(
        "select id from machines where work_center = {} order by id limit 1", s.work_center
    )]  # fmt: skip
    for some in (steps[:1], steps):
        planned = {s.id: (machine, begins, ends) for s, machine in zip(some, machines, strict=False)}
        with asked() as statements:
            done = await commit(operations.plan, planned, by=world.liuyang)
        assert (done.value, len(statements) <= 6) == (len(some), True), statements
    after = await db.rows("select machine, version from work_order_operations order by id")
    versions = [s.version + times for s, times in zip(steps, (2, 1, 1), strict=True)]
    assert [(row["machine"], row["version"]) for row in after] == list(zip(machines, versions, strict=True))


@pytest.mark.parametrize("verb", ["release", "hold", "resume", "cancel"])
async def test_deciding_about_a_work_order_is_refused_without_the_right(world, verb):
    work_order = await floor.made(world)
    with pytest.raises(Refused, match="forbidden"):
        await commit(getattr(work_orders, verb), work_order.number, by=world.nobody)


async def test_making_receiving_reversing_and_planning_are_refused_without_the_right(world):
    work_order = await floor.made(world)
    order = await sample.confirmed(world, customer_order_number="X2")
    for verb, *args in (
        (work_orders.make_for_order, order.number), (work_orders.make, world.bolt.id, 1000, date(2026, 12, 18)),
        (work_orders.receive, work_order.number, 1000, world.bins["A-01-01"].id),
        (work_orders.reverse_receipt, "SM20261208-0001"), (operations.plan, {}),
    ):  # fmt: skip
        with pytest.raises(Refused, match="forbidden"):
            await commit(verb, *args, by=world.nobody)
