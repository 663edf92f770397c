"""Schedules: computed, kept with their reasons, compared with what the floor has, published onto the operations."""

import asyncio
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from app.core import clock, db
from app.core import states as machine_of_states
from app.core.db import commit
from app.core.numbering import next_number
from app.core.refusals import Refused
from app.core.rows import locked
from app.core.words import N_
from app.events.log import Subject, record, record_many
from app.people.actors import Actor
from app.planning import child, events, states
from app.planning.answer import Reader, figures
from app.planning.engine.planner import Plan
from app.planning.permissions import PUBLISH, RUN
from app.planning.problem import Question, build
from app.planning.refusals import OVERTAKEN
from app.planning.tables import Schedule
from app.production import operations
from app.sales import projections

READY = N_("Expected ready")
PATIENCE = 3.0
"""Seconds a page waits for the engine; what takes longer goes on beside and the page shows it."""
_working: set[asyncio.Task[Any]] = set()


async def run(*, by: Actor, patience: float = PATIENCE) -> Schedule:
    """run_once() for who keeps no key."""
    return (await run_once(by=by, patience=patience))[0]


async def run_once(
    *, by: Actor, key: str | None = None, body: str | bytes = "", patience: float = PATIENCE
) -> tuple[Schedule, bool]:
    """Make a schedule: opened at once, computed in a child process, kept when it is there. For edges, not inside a verb.

    Comes back with it proposed, or still computing after `patience` seconds. Refused when there is nothing to plan.
    True beside it when the key had made it before.
    """
    by.must(RUN)
    question = await build()

    async def answer(done: Any) -> dict[str, Any]:
        return {"number": done.value.number}

    opened = await commit(open_, by=by, key=key, body=body, answer=answer)
    number = opened.answer["number"]
    if not opened.replayed:
        task = asyncio.create_task(_work(number, question, by))
        _working.add(task)
        task.add_done_callback(_working.discard)
        await asyncio.wait({task}, timeout=patience)
    found = await Schedule.objects().where(Schedule.number == number).first()
    assert found is not None
    return found, opened.replayed


async def _work(number: str, question: Question, by: Actor) -> None:
    began = clock.real_now()
    try:
        plan = await child.compute(question.problem, question.previous)
    except child.Failed as failed:
        await commit(fail, number, str(failed), by=by)
        return
    took = round((clock.real_now() - began).total_seconds() * 1000)
    await commit(keep, number, question, plan, took, by=by)


async def open_(*, by: Actor) -> Schedule:
    """The number under which a schedule will be found."""
    by.must(RUN)
    schedule = Schedule(
        number=await next_number("SP"), state=states.COMPUTING, made_at=clock.now(), made_by=by.user_id
    )
    await schedule.save()
    return schedule


async def keep(number: str, question: Question, plan: Plan, took_milli: int, *, by: Actor) -> Schedule:
    """Store what the engine found: slots with their reasons, the score beside that of the due-date rule, the late."""
    by.must(RUN)
    schedule = await locked(Schedule, Schedule.number == number)
    await machine_of_states.move(schedule, states.MOVES, "propose", states.LOOKS)
    reader, score, baseline = (
        Reader(question.problem, question.labels),
        figures(plan.score),
        figures(plan.baseline_score),
    )
    await db.rows(
        "update schedules set score = {}, baseline = {}, late = {}, seconds_milli = {} where id = {}",
        json.dumps(score), json.dumps(baseline), json.dumps(reader.late(plan), ensure_ascii=False), took_milli, schedule.id,
    )  # fmt: skip
    rows = reader.slots(plan)
    await db.write_many(
        "schedule_slots", ("schedule", "operation", "machine", "setup_start", "start", "end_at", "why"),
        [(schedule.id, *row[:5], json.dumps(row[5], ensure_ascii=False)) for row in rows],
    )  # fmt: skip
    made = events.ScheduleMade(
        subject=("schedule", schedule.id), number=number, on_time=score["on_time"], baseline=baseline["on_time"],
        operations=len(rows),
    )  # fmt: skip
    await record(made, by=by)
    return schedule


async def fail(number: str, why: str, *, by: Actor) -> Schedule:
    """The engine could not: said on the schedule's page."""
    by.must(RUN)
    schedule = await locked(Schedule, Schedule.number == number)
    await machine_of_states.move(schedule, states.MOVES, "fail", states.LOOKS)
    await db.rows("update schedules set failure = {} where id = {}", why[:300], schedule.id)
    await record(
        events.ScheduleFailed(subject=("schedule", schedule.id), number=number, why=why[:300]), by=by
    )
    return schedule


async def publish(number: str, *, by: Actor, version: int | None = None) -> Schedule:
    """Write a proposal onto the operations: the floor works by it, and each order gets the day it will be ready.

    What was started or done since keeps its place. Refused(OVERTAKEN) when a later one was published meanwhile.
    """
    by.must(PUBLISH)
    schedule = await locked(Schedule, Schedule.number == number, version=version)
    newer = await db.value(
        "select number from schedules where state = 'published' and id > {} limit 1", schedule.id
    )
    if newer:
        raise Refused(OVERTAKEN, newer=newer)
    await machine_of_states.move(schedule, states.MOVES, "publish", states.LOOKS)
    now = clock.now()
    await db.rows("update schedules set published_at = {} where id = {}", now, schedule.id)
    await db.rows(
        "update schedules set state = 'replaced', version = version + 1 where id < {} and state in ('proposed', 'published')",
        schedule.id,
    )
    written = await operations.plan(await _planned(schedule.id), by=by)
    about = await _about(schedule.id)
    published = events.SchedulePublished(
        subject=("schedule", schedule.id), also=about, number=number, operations=written
    )
    await record(published, by=by)
    await _project([id_ for kind, id_ in about if kind == "sales_order"], by=by)
    return schedule


async def _planned(schedule_id: int) -> dict[int, operations.Planned]:
    """Operation → machine, start, end; without what somebody started elsewhere after the schedule was made."""
    rows = await db.rows(
        "select s.operation, s.machine, s.setup_start, s.end_at from schedule_slots s join work_order_operations o on o.id = s.operation"
        " where s.schedule = {} and o.state <> 'done' and (o.runs_on is null or o.runs_on = s.machine)",
        schedule_id,
    )  # fmt: skip
    return {r["operation"]: (r["machine"], r["setup_start"], r["end_at"]) for r in rows}


async def _about(schedule_id: int) -> tuple[Subject, ...]:
    """The work orders in a schedule and the orders they are made for."""
    found = await db.rows(
        'select distinct o.work_order, l."order" as sales_order from schedule_slots s'
        " join work_order_operations o on o.id = s.operation"
        " left join demands d on d.supply_kind = 'work_order' and d.supply_id = o.work_order and d.demand_kind = 'sales_order_line'"
        " left join sales_order_lines l on l.id = d.demand_id where s.schedule = {} order by o.work_order",
        schedule_id,
    )  # fmt: skip
    work_orders = dict.fromkeys(("work_order", r["work_order"]) for r in found)
    orders = dict.fromkeys(("sales_order", r["sales_order"]) for r in found if r["sales_order"])
    return (*work_orders, *orders)


async def _project(order_ids: Sequence[int], *, by: Actor) -> None:
    """Each order is ready on the day its last work order ends."""
    changed = await projections.project(await ready_days(order_ids))
    told = [
        events.OrderProjected(
            subject=("sales_order", p.order_id), also=(("customer", p.customer),), number=p.number, day=str(p.after or "—"),
            before=str(p.before or "—"), due=str(p.due), late=p.after is not None and p.after > p.due,
            changes={READY: [str(p.before), str(p.after or "—")]} if p.before else {},
        )
        for p in changed
    ]  # fmt: skip
    await record_many(told, by=by)


async def ready_days(order_ids: Sequence[int]) -> dict[int, date | None]:
    """Order id → the day on which the last operation of its work orders is planned to end, as the operations say."""
    if not order_ids:
        return {}
    found = await db.rows(
        'select l."order" as id, o.planned_end, o.done_at from demands d join sales_order_lines l on l.id = d.demand_id'
        " join work_order_operations o on o.work_order = d.supply_id"
        " where d.supply_kind = 'work_order' and d.demand_kind = 'sales_order_line'"
        + " and " + db.any_of('l."order"', order_ids).template,
        *order_ids,
    )  # fmt: skip
    ends: dict[int, datetime] = {}
    for row in found:
        end = row["done_at"] or row["planned_end"]
        if end is not None:
            ends[row["id"]] = max(end, ends.get(row["id"], end))
    return {id_: clock.local(ends[id_]).date() if id_ in ends else None for id_ in order_ids}


async def differences(number: str) -> list[dict[str, Any]]:
    """What publishing would change on the floor, by work order: machine and start, before and after."""
    rows = await db.rows(
        "select w.number as work_order, o.seq, o.name as operation, before.name as machine_before, after.name as machine_after,"
        " o.planned_start as start_before, s.setup_start as start_after, o.planned_end as end_before, s.end_at as end_after"
        " from schedules c join schedule_slots s on s.schedule = c.id join work_order_operations o on o.id = s.operation"
        " join work_orders w on w.id = o.work_order join machines after on after.id = s.machine"
        " left join machines before on before.id = o.machine"
        " where c.number = {} and o.state <> 'done' order by w.number, o.seq",
        number,
    )  # fmt: skip
    return [
        r for r in rows if (r["machine_before"], r["start_before"]) != (r["machine_after"], r["start_after"])
    ]
