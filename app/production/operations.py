"""Facts of the floor about one operation: started, paused, resumed, reported, taken back, called done; and its plan.

`operation` is an id or "WO20261208-0001/10"; `machine` an id or code; `person` an id or code, the actor's own when absent.
`happened_at` is when it was done, perhaps hours ago on a tablet without a network; `action` the device's UUID of it.
A fact that collides with the books is booked, flagged and raises an exception for the office.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.core import db
from app.core.quantities import shown
from app.core.refusals import NOT_A_CHOICE, REQUIRED, Refused
from app.events.log import record
from app.people.actors import Actor
from app.production import events, exceptions, reasons, states
from app.production.booking import (
    Booked,
    Job,
    about_operation,
    job_of,
    machine_called,
    moment_of,
    person_called,
    settle,
)
from app.production.permissions import CORRECT, PLAN, REPORT
from app.production.refusals import WRONG_MACHINE
from app.production.reports import report, undo
from app.production.tables import WorkOrder

__all__ = ["Booked", "finish", "pause", "plan", "report", "resume", "start", "undo"]

Planned = tuple[int, datetime, datetime]
"""Machine id, start, end."""


async def start(
    operation: int | str, *, machine: str | int | None = None, person: str | int | None = None,
    happened_at: datetime | None = None, action: str = "", by: Actor,
) -> Booked:  # fmt: skip
    """Begin, on this machine. Starting what runs already changes nothing but the machine."""
    by.must(REPORT)
    job, on = await job_of(operation), await machine_called(machine)
    who, at = await person_called(person, by), moment_of(happened_at)
    runs_on = on.id if on else job.operation.runs_on or job.operation.machine
    if job.operation.state == states.RUNNING and job.operation.runs_on == runs_on:
        return Booked(job.operation, job.work_order)
    flags = _start_collisions(job, runs_on)
    job.operation.started_at = job.operation.started_at or at
    job.operation.runs_on = runs_on
    await _run(job)
    await settle(job, at, by=by)
    about = await about_operation(job, runs_on, who)
    started = events.OperationStarted(
        subject=("operation", job.operation.id), also=about, machine=on.name if on else "", **job.facts()
    )
    await record(started, by=by, happened_at=at)
    await exceptions.notice(flags, job, person=who, machine=runs_on, at=at, by=by)
    return Booked(job.operation, job.work_order, flags)


def _start_collisions(job: Job, machine: int | None) -> tuple[str, ...]:
    found, previous = [], job.previous
    if previous is not None and previous.good_q == 0 and previous.state != states.COMPLETE:
        found.append(reasons.TOO_EARLY)
    if job.work_order.state != states.RELEASED:
        found.append(reasons.NOT_RELEASED)
    if job.operation.machine is not None and machine is not None and machine != job.operation.machine:
        found.append(reasons.OTHER_MACHINE)
    return tuple(found)


async def _run(job: Job) -> None:
    operation = job.operation
    if operation.state != states.COMPLETE:
        operation.state = states.RUNNING
    await db.rows(
        "update work_order_operations set state = {}, started_at = {}, runs_on = {}, version = version + 1 where id = {}",
        operation.state, operation.started_at, operation.runs_on, operation.id,
    )  # fmt: skip
    operation.version += 1


async def pause(
    operation: int | str, *, reason: str = "", person: str | int | None = None, happened_at: datetime | None = None,
    action: str = "", by: Actor,
) -> Booked:  # fmt: skip
    """Stop for a while, for one of `reasons.PAUSE`. Pausing what does not run changes nothing."""
    by.must(REPORT)
    if reason and reason not in reasons.PAUSE:
        raise Refused(NOT_A_CHOICE, "reason", given=reason[:40])
    job = await job_of(operation)
    if job.operation.state != states.RUNNING:
        return Booked(job.operation, job.work_order)
    who, at = await person_called(person, by), moment_of(happened_at)
    await _set_state(job, states.PAUSED)
    said = reasons.PAUSE.get(reason, "")
    paused = events.OperationPaused(
        subject=("operation", job.operation.id),
        also=await about_operation(job, person=who),
        reason=said,
        **job.facts(),
    )
    await record(paused, by=by, happened_at=at)
    return Booked(job.operation, job.work_order)


async def resume(
    operation: int | str,
    *,
    person: str | int | None = None,
    happened_at: datetime | None = None,
    action: str = "",
    by: Actor,
) -> Booked:
    """Go on after a pause. Resuming what is not paused changes nothing."""
    by.must(REPORT)
    job = await job_of(operation)
    if job.operation.state != states.PAUSED:
        return Booked(job.operation, job.work_order)
    who, at = await person_called(person, by), moment_of(happened_at)
    await _set_state(job, states.RUNNING)
    about = await about_operation(job, person=who)
    await record(
        events.OperationResumed(subject=("operation", job.operation.id), also=about, **job.facts()),
        by=by,
        happened_at=at,
    )
    return Booked(job.operation, job.work_order)


async def _set_state(job: Job, state: str) -> None:
    await db.rows(
        "update work_order_operations set state = {}, version = version + 1 where id = {}",
        state,
        job.operation.id,
    )
    job.operation.state, job.operation.version = state, job.operation.version + 1


async def finish(
    operation: int | str, *, reason: str = "", person: str | int | None = None, happened_at: datetime | None = None,
    action: str = "", by: Actor,
) -> Booked:  # fmt: skip
    """Call an operation done although less than the whole quantity was made; who only reports says why (`reasons.SHORT`).

    What is done already is left as it is.
    """
    if not by.may(PLAN) and not by.may(CORRECT):
        by.must(REPORT)
        if not reason:
            raise Refused(REQUIRED, "reason")
    if reason and reason not in reasons.SHORT:
        raise Refused(NOT_A_CHOICE, "reason", given=reason[:40])
    job = await job_of(operation)
    if job.operation.state == states.COMPLETE:
        return Booked(job.operation, job.work_order)
    who, at = await person_called(person, by), moment_of(happened_at)
    if reason:
        closed = events.OperationClosed(
            subject=("operation", job.operation.id), also=await about_operation(job, job.operation.runs_on, who),
            good=shown(job.operation.good_q), planned=shown(job.work_order.quantity_q), unit=job.item.label,
            reason=reasons.SHORT[reason], **job.facts(),
        )  # fmt: skip
        await record(closed, by=by, happened_at=at)
    job.operation.closed = True
    await db.rows("update work_order_operations set closed = {} where id = {}", True, job.operation.id)
    await settle(job, at, by=by)
    return Booked(job.operation, job.work_order)


async def plan(planned: Mapping[int, Planned], *, by: Actor) -> int:
    """Write machine, start and end onto operations; how many. What is done or not in the mapping stays as it is."""
    by.must(PLAN)
    orders = await db.rows(
        "select distinct o.work_order from work_order_operations o where {} order by o.work_order",
        db.any_of("o.id", sorted(planned)),
    )
    await (
        WorkOrder.objects().where(WorkOrder.id.is_in([o["work_order"] for o in orders])).lock_rows("UPDATE")
    ) if (db.on_postgres() and orders) else None
    ids = [row["id"] for row in await _of_their_machines(planned) if row["state"] != states.DONE]
    await db.update_many(
        "work_order_operations",
        ("machine", "planned_start", "planned_end"),
        {id_: planned[id_] for id_ in ids},
    )
    await db.rows("update work_order_operations set version = version + 1 where {}", db.any_of("id", ids))
    return len(ids)


async def _of_their_machines(planned: Mapping[int, Planned]) -> list[dict[str, Any]]:
    """The operations whose machine there is; Refused(WRONG_MACHINE) when one cannot run on it."""
    machines = {
        row["id"]: row
        for row in await db.rows(
            "select id, name, work_center from machines where {}",
            db.any_of("id", sorted({machine for machine, _begins, _ends in planned.values()})),
        )
    }
    rows = await db.rows(
        "select o.id, o.name, o.state, o.work_center, c.name as center from work_order_operations o"
        " join work_centers c on c.id = o.work_center where {} order by o.id",
        db.any_of("o.id", sorted(planned)),
    )
    found = [(row, machines[planned[row["id"]][0]]) for row in rows if planned[row["id"]][0] in machines]
    for row, machine in found:
        if machine["work_center"] != row["work_center"]:
            raise Refused(
                WRONG_MACHINE, machine=machine["name"], operation=row["name"], work_center=row["center"]
            )
    return [row for row, _machine in found]
