"""From the house's books to the engine's problem: released work orders, what is left of them, machines and hours."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from app.config import settings
from app.core import clock, db
from app.core.refusals import Refused
from app.planning import calendars
from app.planning.engine import Calendar as OpenHours
from app.planning.engine import Job, Lock, Machine, Operation, Problem, Schedule, Slot, always_open
from app.planning.refusals import NO_HOURS, NO_MACHINE, NOTHING_TO_PLAN

HORIZON_DAYS = 42
WEIGHTS = {"A": 4, "B": 2, "C": 1}
"""How much a late minute counts by the customer's level."""


@dataclass(frozen=True)
class Question:
    """The problem, the plan the floor knows (None if there is none), and the names to say the answer with."""

    problem: Problem
    previous: Schedule | None
    labels: "Labels"


@dataclass(frozen=True)
class Labels:
    """How operations, work orders and machines are called; machine code → id."""

    operations: dict[int, str] = field(default_factory=dict)
    work_orders: dict[int, str] = field(default_factory=dict)
    machines: dict[str, str] = field(default_factory=dict)
    machine_ids: dict[str, int] = field(default_factory=dict)


async def build(now: datetime | None = None) -> Question:
    """What is to be planned from now on. Refused when there is nothing, or when an operation has no machine."""
    start = (now or clock.now()).astimezone(settings.zone).replace(second=0, microsecond=0)
    steps = await _open_operations()
    if not steps:
        raise Refused(NOTHING_TO_PLAN)
    machines = await _machines()
    problem = Problem(
        machines=await _lanes(machines), jobs=_jobs(steps, machines, start), calendars=await _calendars(machines, start),
        start=start, horizon=HORIZON_DAYS * 1440,
    )  # fmt: skip
    labels = Labels(
        {s["id"]: f"{s['number']} {s['name']}" for s in steps}, {s["work_order"]: s["number"] for s in steps},
        {m["code"]: m["name"] for m in machines}, {m["code"]: m["id"] for m in machines},
    )  # fmt: skip
    return Question(problem, _previous(steps, start), labels)


async def _open_operations() -> list[dict[str, Any]]:
    return await db.rows(
        "select o.id, o.work_order, o.seq, o.name, o.state, o.work_center, o.setup_minutes, o.run_seconds, o.run_pieces,"
        " o.setup_family, o.good_q, o.started_at, o.planned_start, o.planned_end, m.code as machine, r.code as runs_on,"
        " w.number, w.quantity_q, w.due_date, w.item, c.name as center, c.calendar as calendar,"
        " (select min(k.level) from demands d join sales_order_lines l on l.id = d.demand_id"
        '  join sales_orders s on s.id = l."order" join customers k on k.id = s.customer'
        "  where d.supply_kind = 'work_order' and d.supply_id = w.id and d.demand_kind = 'sales_order_line' and k.level <> '') as level"
        " from work_order_operations o join work_orders w on w.id = o.work_order"
        " join work_centers c on c.id = o.work_center"
        " left join machines m on m.id = o.machine left join machines r on r.id = o.runs_on"
        " where w.state = 'released' and o.state <> 'done' order by w.due_date, w.id, o.seq"
    )


async def _machines() -> list[dict[str, Any]]:
    return await db.rows(
        "select m.id, m.code, m.name, m.active, m.work_center, c.code as center, c.calendar as calendar from machines m"
        " join work_centers c on c.id = m.work_center order by m.code"
    )


async def _lanes(machines: Sequence[dict[str, Any]]) -> tuple[Machine, ...]:
    """Every machine, with the setup it stands in: that of what was begun there last."""
    last = await db.rows(
        "select r.code, o.setup_family, w.item, o.setup_minutes from work_order_operations o join machines r on r.id = o.runs_on"
        " join work_orders w on w.id = o.work_order where o.started_at is not null and o.id ="
        " (select b.id from work_order_operations b where b.runs_on = o.runs_on and b.started_at is not null"
        " order by b.started_at desc, b.id desc limit 1)"
    )
    stands = {row["code"]: _family(row) for row in last}
    return tuple(
        Machine(m["code"], m["calendar"], m["center"], stands.get(m["code"], ""), m["calendar"] == calendars.OUTSIDE)
        for m in machines
    )  # fmt: skip


async def _calendars(machines: Sequence[dict[str, Any]], start: datetime) -> tuple[OpenHours, ...]:
    horizon = HORIZON_DAYS * 1440
    days = await calendars.patterns(
        start.date() - timedelta(days=1), start.date() + timedelta(days=HORIZON_DAYS + 1)
    )
    found = []
    for code in sorted({m["calendar"] for m in machines}):
        pattern = days.get(code)
        hours = (
            always_open(code, horizon)
            if code == calendars.OUTSIDE
            else pattern.calendar(start, horizon)
            if pattern
            else None
        )
        if hours is None or not hours.stretches:
            center = next(m["center"] for m in machines if m["calendar"] == code)
            raise Refused(NO_HOURS, calendar=code or "—", work_center=center)
        found.append(hours)
    return tuple(found)


def _jobs(
    steps: Sequence[dict[str, Any]], machines: Sequence[dict[str, Any]], start: datetime
) -> tuple[Job, ...]:
    by_center: dict[int, list[str]] = {}
    for machine in machines:
        if machine["active"]:
            by_center.setdefault(machine["work_center"], []).append(machine["code"])
    jobs: dict[int, list[dict[str, Any]]] = {}
    for step in steps:
        jobs.setdefault(step["work_order"], []).append(step)
    return tuple(
        Job(
            id_, tuple(_operation(s, by_center.get(s["work_center"], []), start) for s in own),
            due=max(_minute(_end_of(own[0]["due_date"]), start), 0), weight=WEIGHTS.get(own[0]["level"] or "", 1),
        )
        for id_, own in jobs.items()
    )  # fmt: skip


def _operation(step: dict[str, Any], codes: list[str], start: datetime) -> Operation:
    """What is left of one operation; one that was begun stays on its machine."""
    minutes = remaining_minutes(step["quantity_q"] - step["good_q"], step["run_seconds"], step["run_pieces"])
    began = step["started_at"] is not None
    on = (step["runs_on"] or step["machine"]) if began else None
    durations = dict.fromkeys([*codes, on] if on else codes, minutes)
    if not durations:
        raise Refused(NO_MACHINE, operation=step["name"], number=step["number"], work_center=step["center"])
    lock = Lock(on or codes[0], min(_minute(step["started_at"], start), 0), minutes) if began else None
    return Operation(step["id"], durations, family=_family(step), setup=step["setup_minutes"], locked=lock)


def remaining_minutes(left_q: int, run_seconds: int, run_pieces: int) -> int:
    """Working minutes for what is left (10⁻³ of the base unit), rounded up, at least one."""
    per = 1000 * max(run_pieces, 1) * 60
    return max(1, -(-max(left_q, 0) * run_seconds // per))


def _family(step: dict[str, Any]) -> str:
    """What a machine must be set up for; without a family of its own each item is one, if it needs setting up at all."""
    return step["setup_family"] or (f"item {step['item']}" if step["setup_minutes"] else "")


def _end_of(day: Any) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), settings.zone)


def _minute(moment: datetime, start: datetime) -> int:
    return int((moment - start).total_seconds() // 60)


def _previous(steps: Sequence[dict[str, Any]], start: datetime) -> Schedule | None:
    """The plan that stands on the operations now."""
    slots = [
        Slot(s["id"], s["work_order"], s["machine"], begins, begins, begins)
        for s in steps
        if s["machine"] and s["planned_start"] and s["planned_end"]
        for begins in (_minute(s["planned_start"], start),)
    ]
    return Schedule(tuple(sorted(slots, key=lambda s: s.start))) if slots else None
