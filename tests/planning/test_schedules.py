"""From released work orders to a plan on the operations that says why."""

import json
from datetime import date, timedelta

import pytest

from app.core import clock, db
from app.core.db import commit
from app.core.refusals import Refused
from app.planning import problem, schedules
from app.planning.engine.validate import validate
from app.planning.problem import remaining_minutes
from app.planning.tables import Schedule
from app.production import operations, work_orders
from tests.production import floor
from tests.sales import sample
from tests.world import events_of


async def made(world) -> Schedule:
    return await schedules.run(by=world.liuyang)


async def two_orders(world):
    """60 千支 and 20 千支, the second due first."""
    first = await floor.released(world, customer_order_number="A")
    order = await sample.confirmed(
        world, sample.line(quantity="20"), customer_order_number="B", due_date=date(2026, 12, 10)
    )
    second = (await commit(work_orders.make_for_order, order.number, by=world.liuyang)).value[0]
    await commit(work_orders.release, second.number, by=world.liuyang)
    return first, second


@pytest.mark.parametrize(
    ("left_q", "seconds", "pieces", "minutes"),
    [
        (5_000_000, 750, 1000, 63),
        (0, 750, 1000, 1),
        (1000, 60, 1, 1),
        (1_000_000, 60, 1, 1000),
        (-5, 60, 1, 1),
    ],
)
def test_what_is_left_takes_whole_minutes_rounded_up(left_q, seconds, pieces, minutes):
    assert remaining_minutes(left_q, seconds, pieces) == minutes


async def test_released_work_orders_become_a_valid_schedule_with_reasons(world):
    await two_orders(world)
    schedule = await made(world)
    assert (schedule.number, schedule.state) == ("SP20261208-0001", "proposed")
    slots = await db.rows("select * from schedule_slots order by id")
    assert len(slots) == 6
    assert all(json.loads(s["why"]) for s in slots)
    score, baseline = json.loads(schedule.score), json.loads(schedule.baseline)
    assert (score["on_time"], baseline["on_time"], score["jobs"]) == (100, 100, 2)
    question = await problem.build()
    from app.planning.engine.planner import plan

    assert validate(question.problem, plan(question.problem).schedule) == []


async def test_nothing_starts_before_now_and_nothing_on_a_machine_of_another_kind(world):
    await two_orders(world)
    await made(world)
    wrong = await db.rows(
        "select s.id from schedule_slots s join machines m on m.id = s.machine join work_order_operations o on o.id = s.operation"
        " where m.work_center <> o.work_center"
    )
    assert wrong == []
    first = await db.rows("select setup_start from schedule_slots order by setup_start limit 1")
    assert first[0]["setup_start"] >= clock.now().replace(second=0, microsecond=0)


async def test_publishing_writes_the_plan_and_the_orders_day(world):
    first, _second = await two_orders(world)
    schedule = await made(world)
    await commit(schedules.publish, schedule.number, by=world.liuyang)
    steps = await floor.steps(first)
    assert all(s.machine and s.planned_start and s.planned_end for s in steps)
    order_id = await db.value("select id from sales_orders where customer_order_number = 'A'")
    order = await db.one("select projected_date from sales_orders where id = {}", order_id)
    assert order["projected_date"] == clock.local(steps[-1].planned_end).date()
    assert {"schedule.published", "order.projected"} <= set(await events_of("sales_order", order_id))
    assert await schedules.differences(schedule.number) == []


async def test_differences_name_what_publishing_changes(world):
    await two_orders(world)
    schedule = await made(world)
    found = await schedules.differences(schedule.number)
    assert len(found) == 6
    assert (found[0]["machine_before"], found[0]["start_before"]) == (None, None)
    assert found[0]["machine_after"].startswith("冷镦")


async def test_a_started_operation_stays_on_its_machine_with_what_is_left(world):
    first, _second = await two_orders(world)
    at = f"{first.number}/10"
    await commit(
        operations.start,
        at,
        machine="HEAD-02",
        by=world.jianguo,
        happened_at=clock.now() - timedelta(hours=1),
    )
    await floor.report(world, first, 10, "3000")
    await made(world)
    slot = await db.one(
        "select s.*, m.code from schedule_slots s join machines m on m.id = s.machine where s.operation = {}",
        (await floor.steps(first))[0].id,
    )
    assert slot["code"] == "HEAD-02"
    assert slot["end_at"] - clock.now() <= timedelta(minutes=remaining_minutes(2_000_000, 750, 1000) + 1)


async def test_only_the_newest_publication_stands(world):
    await two_orders(world)
    first, second = await made(world), await made(world)
    await commit(schedules.publish, second.number, by=world.liuyang)
    with pytest.raises(Refused, match="overtaken"):
        await commit(schedules.publish, first.number, by=world.liuyang)
    states = await db.rows("select state from schedules order by id")
    assert [s["state"] for s in states] == ["replaced", "published"]


async def test_what_was_started_elsewhere_meanwhile_keeps_its_place(world):
    first, _second = await two_orders(world)
    schedule = await made(world)
    step = (await floor.steps(first))[0]
    planned = await db.value("select machine from schedule_slots where operation = {}", step.id)
    other = next(m for m in world.headers if m.id != planned)
    await commit(operations.start, step.id, machine=other.id, by=world.jianguo)
    await commit(schedules.publish, schedule.number, by=world.liuyang)
    assert (await floor.steps(first))[0].machine is None


async def test_a_late_work_order_is_explained(world):
    order = await sample.confirmed(world, sample.line(quantity="500"), due_date=date(2026, 12, 9))
    work_order = (await commit(work_orders.make_for_order, order.number, by=world.liuyang)).value[0]
    await commit(work_orders.release, work_order.number, by=world.liuyang)
    schedule = await made(world)
    late = json.loads(schedule.late)
    assert late[0]["work_order"] == work_order.number
    assert late[0]["minutes_late"] > 0 and late[0]["where"]["run"] > 0 and late[0]["chain"]


async def test_with_nothing_released_there_is_nothing_to_plan(world):
    await floor.made(world)
    with pytest.raises(Refused, match="nothing_to_plan"):
        await made(world)


async def test_a_work_center_without_machines_is_named(world):
    work_order = await floor.released(world)
    await db.rows("update machines set active = {} where work_center = {}", False, world.packing.id)
    with pytest.raises(Refused, match="no_machine") as refused:
        await made(world)
    assert work_order.number in refused.value.sentence() and "包装" in refused.value.sentence()


async def test_a_calendar_without_hours_is_named(world):
    await floor.released(world)
    await db.rows("update work_centers set calendar = 'never' where id = {}", world.packing.id)
    with pytest.raises(Refused, match="no_hours"):
        await made(world)


async def test_making_and_publishing_are_refused_without_the_right(world):
    await two_orders(world)
    schedule = await made(world)
    for verb, args in (
        (schedules.open_, ()),
        (schedules.publish, (schedule.number,)),
        (schedules.fail, (schedule.number, "x")),
    ):
        with pytest.raises(Refused, match="forbidden"):
            await commit(verb, *args, by=world.nobody)
    with pytest.raises(Refused, match="forbidden"):
        await schedules.run(by=world.nobody)


async def test_what_the_engine_refuses_is_said_on_the_schedule(world, monkeypatch):
    await two_orders(world)
    question = await problem.build()
    object.__setattr__(question.problem, "horizon", -1)  # a problem that no engine takes

    async def broken():
        return question

    monkeypatch.setattr(schedules, "build", broken)
    schedule = await made(world)
    assert schedule.state == "failed" and schedule.failure
    with pytest.raises(Refused, match="not_now"):
        await commit(schedules.publish, schedule.number, by=world.liuyang)
