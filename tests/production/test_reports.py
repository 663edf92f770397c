"""Facts of the floor: counted once, kept as sums, flagged when they collide, taken back by a report that reverses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import clock, db
from app.core.db import commit
from app.core.refusals import Refused
from app.production import operations, work_orders
from tests.production import floor
from tests.world import events_of


async def test_a_report_is_kept_on_the_operation_and_opens_the_next(world):
    work_order = await floor.released(world)
    await commit(operations.start, f"{work_order.number}/10", machine="HEAD-01", by=world.jianguo)
    booked = await floor.report(world, work_order, 10, "2", "千支")
    assert (booked.operation.good_q, booked.operation.reports, booked.flags) == (2_000_000, 1, ())
    assert [s.state for s in await floor.steps(work_order)] == ["running", "ready", "waiting"]
    assert (booked.report.person, booked.report.machine) == (world.jianguo.person_id, world.headers[0].id)
    await floor.agrees()


async def test_weight_alone_is_counted_by_the_piece_weight_in_whole_pieces(world):
    work_order = await floor.released(world)
    booked = await floor.report(world, work_order, 10, None, weight="40.25")
    assert (booked.report.good_q, booked.report.weighed_q) == (1_001_000, 40_250)


async def test_scrap_is_kept_by_reason_and_in_base_units(world):
    work_order = await floor.released(world)
    scrap = [
        {"reason": "setup", "quantity": "1.206", "unit": "kg"},
        {"reason": "crack", "quantity": "7", "unit": "件"},
    ]
    booked = await floor.report(world, work_order, 10, "1000", scrap=scrap)
    assert booked.report.scrap_q == 37_000
    kept = await db.rows("select reason, quantity_q, unit from reported_scrap order by id")
    assert kept == [
        {"reason": "setup", "quantity_q": 30_000, "unit": "kg"},
        {"reason": "crack", "quantity_q": 7_000, "unit": "件"},
    ]
    assert (await floor.fresh(work_order)).scrap_q == 37_000


async def test_the_whole_route_reported_finishes_the_work_order(world):
    work_order = await floor.released(world)
    await floor.through(world, work_order)
    done = await floor.fresh(work_order)
    assert (done.state, done.done_q, done.finished_at is not None) == ("done", 5_000_000, True)
    assert {s.state for s in await floor.steps(work_order)} == {"done"}
    assert (await events_of("work_order", work_order.id))[-1] == "work_order.finished"


async def test_a_step_is_done_when_all_that_came_in_is_good_or_scrap(world):
    work_order = await floor.released(world)
    await floor.report(
        world, work_order, 10, "4980", scrap=[{"reason": "setup", "quantity": "20", "unit": "件"}]
    )
    await commit(operations.finish, f"{work_order.number}/10", by=world.liuyang)
    await floor.report(
        world, work_order, 20, "4970", scrap=[{"reason": "size", "quantity": "10", "unit": "件"}]
    )
    await floor.report(world, work_order, 30, "4970")
    assert [s.state for s in await floor.steps(work_order)] == ["done", "done", "done"]
    assert (await floor.fresh(work_order)).done_q == 4_970_000


async def test_the_orders_timeline_shows_each_report(world):
    work_order = await floor.released(world)
    await floor.through(world, work_order)
    order_id = await db.value("select id from sales_orders")
    told = await events_of("sales_order", order_id)
    assert told.count("operation.reported") == 3


async def test_the_same_action_sent_twice_counts_once(world):
    work_order = await floor.released(world)
    first = await floor.report(world, work_order, 10, "1000", action="a-1")
    second = await floor.report(world, work_order, 10, "1000", action="a-1")
    assert first.report.id == second.report.id
    assert (await floor.steps(work_order))[0].good_q == 1_000_000


async def test_a_late_report_keeps_its_time_and_the_shift_day_of_the_night_it_was_made(world):
    work_order = await floor.released(world)
    night = datetime(2026, 12, 7, 20, 30, tzinfo=UTC)  # 04:30 on Tuesday: Monday's night shift
    booked = await floor.report(world, work_order, 10, "1000", happened_at=night)
    assert (booked.report.happened_at, booked.report.shift_day) == (night, date(2026, 12, 7))


async def test_a_device_whose_clock_runs_ahead_reports_now(world):
    work_order = await floor.released(world)
    booked = await floor.report(world, work_order, 10, "1000", happened_at=clock.now() + timedelta(days=3))
    assert booked.report.happened_at <= clock.now()


async def test_up_to_two_percent_more_out_than_in_is_normal(world):
    work_order = await floor.released(world)
    await floor.report(world, work_order, 10, "1000")
    await commit(operations.start, f"{work_order.number}/20", by=world.jianguo)
    assert (await floor.report(world, work_order, 20, "1020")).flags == ()
    assert (await floor.report(world, work_order, 20, "1")).flags == ("more_than_before",)
    assert await floor.exceptions() == ["not_started", "more_than_before"]


async def test_collisions_are_booked_flagged_and_raised_once(world):
    work_order = await floor.released(world)
    steps = await floor.steps(work_order)
    now = clock.now()
    await commit(operations.plan, {steps[0].id: (world.headers[0].id, now, now)}, by=world.liuyang)
    await commit(work_orders.hold, work_order.number, by=world.liuyang)
    first = await floor.report(world, work_order, 10, "1000", machine="HEAD-02")
    assert first.flags == ("not_started", "not_released", "other_machine")
    await floor.report(world, work_order, 10, "1000", machine="HEAD-02")
    assert await floor.exceptions() == ["not_started", "not_released", "other_machine"]
    assert (await floor.steps(work_order))[0].good_q == 2_000_000


async def test_a_report_on_a_cancelled_work_order_is_booked(world):
    work_order = await floor.released(world)
    await commit(work_orders.cancel, work_order.number, by=world.liuyang)
    booked = await floor.report(world, work_order, 10, "1000")
    assert "not_released" in booked.flags
    assert (await floor.fresh(work_order)).state == "cancelled"


async def test_starting_before_the_step_before_is_booked_and_the_office_sees_it(world):
    work_order = await floor.released(world)
    booked = (await commit(operations.start, f"{work_order.number}/20", by=world.jianguo)).value
    assert booked.flags == ("too_early",)
    assert [s.state for s in await floor.steps(work_order)] == ["ready", "running", "waiting"]


async def test_pause_and_resume(world):
    work_order = await floor.released(world)
    at = f"{work_order.number}/10"
    await commit(operations.start, at, by=world.jianguo)
    await commit(operations.pause, at, reason="material", by=world.jianguo)
    assert (await floor.steps(work_order))[0].state == "paused"
    await commit(operations.resume, at, by=world.jianguo)
    assert (await floor.steps(work_order))[0].state == "running"
    order_id = await db.value("select id from sales_orders")
    assert (await events_of("sales_order", order_id))[-3:] == [
        "operation.started",
        "operation.paused",
        "operation.resumed",
    ]


async def test_undo_takes_the_sums_back_and_opens_what_was_done(world):
    work_order = await floor.released(world)
    await floor.through(world, work_order)
    last = await db.value("select max(id) from operation_reports")
    await commit(operations.undo, last, by=world.jianguo)
    again = await floor.fresh(work_order)
    assert (again.state, again.done_q, again.finished_at) == ("released", 0, None)
    assert [s.state for s in await floor.steps(work_order)] == ["done", "done", "ready"]
    await floor.agrees()


async def test_undo_solves_what_no_other_report_collides_with(world):
    work_order = await floor.released(world)
    await commit(operations.start, f"{work_order.number}/20", by=world.jianguo)
    crack = {"reason": "crack", "quantity": "0.5", "unit": "kg"}
    first = (await floor.report(world, work_order, 20, "900", scrap=[crack])).report
    second = (await floor.report(world, work_order, 20, "100")).report
    assert first is not None and second is not None and first.flags == second.flags == "more_than_before"
    await commit(operations.undo, first.id, by=world.jianguo)
    assert "more_than_before" in await floor.exceptions()
    await commit(operations.undo, second.id, by=world.jianguo)
    assert "more_than_before" not in await floor.exceptions()
    entered = await db.rows("select entered from reported_scrap order by id")
    assert [row["entered"] for row in entered] == ["0.5", "−0.5"]


async def test_undo_by_the_devices_action_twice_is_once(world):
    work_order = await floor.released(world)
    await floor.report(world, work_order, 10, "1000", action="a-1")
    first = (await commit(operations.undo, "a-1", action="u-1", by=world.jianguo)).value
    second = (await commit(operations.undo, "a-1", action="u-2", by=world.jianguo)).value
    assert first.report.id == second.report.id
    step = (await floor.steps(work_order))[0]
    assert (step.good_q, step.reports) == (0, 0)


async def test_somebody_elses_report_is_not_undone(world):
    work_order = await floor.released(world)
    booked = await floor.report(world, work_order, 10, "1000")
    with pytest.raises(Refused, match="forbidden"):
        await commit(operations.undo, booked.report.id, by=world.xiuying)
    clock.move_to(clock.now() + timedelta(days=1))
    with pytest.raises(Refused, match="not_your_report"):
        await commit(operations.undo, booked.report.id, by=world.jianguo)


@pytest.mark.parametrize(
    ("good", "unit", "more", "reason"),
    [
        (None, "", {}, "nothing_reported"), ("0", "件", {}, "nothing_reported"), ("-5", "件", {}, "negative"),
        ("5", "", {}, "unit_missing"), ("5", "箱子", {}, "unknown_unit"), ("NaN", "件", {}, "not_a_number"),
        ("1e30", "件", {}, "too_large"), (None, "", {"weight": "-1"}, "negative"),
        ("5", "件", {"scrap": [{"reason": "x", "quantity": "1", "unit": "kg"}]}, "not_a_choice"),
        ("5", "件", {"machine": "NOWHERE"}, "unknown"), ("5", "件", {"person": "NOBODY"}, "unknown"),
    ],
)  # fmt: skip
async def test_a_report_that_makes_no_sense_is_refused_and_nothing_is_kept(world, good, unit, more, reason):
    work_order = await floor.released(world)
    with pytest.raises(Refused, match=f"^{reason}:"):
        await floor.report(world, work_order, 10, good, unit, **more)
    assert await db.value("select count(*) from operation_reports") == 0


async def test_an_operation_nobody_knows_is_refused(world):
    for operation in ("WO20261208-0001/10", "", "x", 12345, "WO/ten"):
        with pytest.raises(Refused, match="unknown"):
            await commit(operations.report, operation, "5", "件", by=world.jianguo)


@pytest.mark.parametrize("verb", ["start", "pause", "resume", "report", "undo", "finish"])
async def test_facts_are_refused_without_the_right(world, verb):
    work_order = await floor.released(world)
    booked = await floor.report(world, work_order, 10, "5")
    args = {"undo": (booked.report.id,), "report": (f"{work_order.number}/10", "5", "件")}.get(
        verb, (f"{work_order.number}/10",)
    )
    with pytest.raises(Refused, match="forbidden"):
        await commit(getattr(operations, verb), *args, by=world.nobody)


ACTS = st.lists(
    st.tuples(st.sampled_from([10, 20, 30]), st.integers(1, 3000), st.integers(0, 50), st.booleans()),
    min_size=1,
    max_size=10,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
async def test_whatever_is_reported_and_undone_the_kept_sums_equal_the_reports(world, acts):
    work_order = (
        await commit(work_orders.make, world.bolt.id, 5_000_000, date(2026, 12, 18), by=world.liuyang)
    ).value
    for seq, good, scrap, taken_back in acts:
        wasted = [{"reason": "size", "quantity": str(scrap), "unit": "件"}] if scrap else ()
        booked = await floor.report(world, work_order, seq, str(good), scrap=wasted)
        if taken_back:
            await commit(operations.undo, booked.report.id, by=world.jianguo)
    await floor.agrees()
    steps = await floor.steps(work_order)
    assert ((await floor.fresh(work_order)).state == "done") == (steps[-1].state == "done")
