"""Exceptions on the floor: raised by a person or by the house, acknowledged, resolved."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.core import clock, db
from app.core import states as machine_of_states
from app.core.numbering import next_number
from app.core.refusals import NOT_A_CHOICE, Refused
from app.core.rows import get, locked
from app.core.words import N_
from app.events.log import Subject, record
from app.people.actors import Actor
from app.production import events, reasons, rules, states
from app.production.booking import Job, about_operation, job_of, machine_called, moment_of, person_called
from app.production.permissions import DECIDE_EXCEPTIONS, REPORT
from app.production.refusals import NOTE_NEEDED
from app.production.tables import ProductionException, WorkOrder, WorkOrderOperation

REPORT_TAKEN_BACK, GOODS_TAKEN_OUT = (
    N_("The report was taken back"),
    N_("The goods were taken out of stock again"),
)
"""How the house itself solves one; said in the words of whoever reads it."""


async def raise_(
    kind: str, *, operation: int | str | None = None, machine: str | int | None = None, person: str | int | None = None,
    note: str = "", happened_at: datetime | None = None, action: str = "", by: Actor,
) -> ProductionException:  # fmt: skip
    """Somebody on the floor calls: `kind` is one of `reasons.RAISED`; operation and machine if they know them."""
    if not by.may(DECIDE_EXCEPTIONS):
        by.must(REPORT)
    if kind not in reasons.RAISED:
        raise Refused(NOT_A_CHOICE, "kind", given=kind[:40])
    job = await job_of(operation) if operation else None
    on, who = await machine_called(machine), await person_called(person, by)
    at, on_id = moment_of(happened_at), on.id if on else None
    return await _raise(kind, job, on_id, who, note, {}, at, by=by)


async def notice(
    flags: Sequence[str],
    job: Job,
    *,
    person: int | None,
    machine: int | None,
    at: datetime,
    by: Actor,
    **facts: Any,
) -> None:
    """A fact collided with the books: one open exception per operation and kind tells the office."""
    for kind in flags:
        known = await db.value(
            "select id from production_exceptions where operation = {} and kind = {} and state <> 'resolved'",
            job.operation.id,
            kind,
        )
        if known is None:
            await _raise(kind, job, machine, person, "", facts, at, by=by)


async def _raise(
    kind: str,
    job: Job | None,
    machine: int | None,
    person: int | None,
    note: str,
    facts: dict[str, Any],
    at: datetime,
    *,
    by: Actor,
) -> ProductionException:
    row = ProductionException(
        number=await next_number("PE"), kind=kind, operation=job.operation.id if job else None, machine=machine, person=person,
        note=note[:300], facts=json.dumps(facts), state=states.OPEN, raised_at=at,
    )  # fmt: skip
    await row.save()
    where = f"{job.work_order.number} {job.operation.name}" if job else ""
    raised = events.ExceptionRaised(
        subject=("production_exception", row.id), also=await _about(job, machine, person), number=row.number, kind=kind,
        what=reasons.EXCEPTIONS[kind], where=where, note=note,
    )  # fmt: skip
    await record(raised, by=by, happened_at=at)
    return row


async def _about(job: Job | None, machine: int | None, person: int | None) -> tuple[Subject, ...]:
    if job is not None:
        return (("operation", job.operation.id), *await about_operation(job, machine, person))
    return (*((("machine", machine),) if machine else ()), *((("person", person),) if person else ()))


async def acknowledge(number: str, *, by: Actor, version: int | None = None) -> ProductionException:
    """Somebody is on it."""
    by.must(DECIDE_EXCEPTIONS)
    row = await _moved(number, "acknowledge", version)
    await db.rows(
        "update production_exceptions set acknowledged_at = {}, acknowledged_by = {} where id = {}",
        clock.now(),
        by.name[:80],
        row.id,
    )
    acknowledged = events.ExceptionAcknowledged(
        subject=("production_exception", row.id),
        also=await _about_row(row),
        number=row.number,
        what=reasons.EXCEPTIONS[row.kind],
    )
    await record(acknowledged, by=by)
    return row


async def resolve(number: str, note: str, *, by: Actor, version: int | None = None) -> ProductionException:
    """It is solved, and how."""
    by.must(DECIDE_EXCEPTIONS)
    if not note.strip():
        raise Refused(NOTE_NEEDED, "note")
    return await _resolved(number, note, version, by=by)


async def withdraw(flags: Sequence[str], operation: int, *, by: Actor) -> None:
    """A report with these flags was taken back: what no other report collides with is solved."""
    standing = await db.rows(
        "select r.flags from operation_reports r where r.operation = {} and r.flags <> '' and r.reverses is null"
        " and not exists (select 1 from operation_reports u where u.reverses = r.id)",
        operation,
    )
    gone = set(flags) - {flag for row in standing for flag in row["flags"].split(",")}
    for row in await db.rows(
        "select number, kind from production_exceptions where operation = {} and state <> 'resolved' order by id",
        operation,
    ):
        if row["kind"] in gone:
            await _resolved(row["number"], str(REPORT_TAKEN_BACK), None, by=by)


async def goods_taken_out(work_order: int, *, by: Actor) -> None:
    """A receipt was taken back: where no more lies in stock than is reported, nothing is left to be solved."""
    stands = await get(WorkOrder, WorkOrder.id == work_order)
    if rules.more_than(stands.received_q, stands.done_q):
        return
    for row in await db.rows(
        "select e.number from production_exceptions e join work_order_operations o on o.id = e.operation"
        " where o.work_order = {} and e.kind = {} and e.state <> 'resolved' order by e.id",
        work_order, reasons.MORE_RECEIVED,
    ):  # fmt: skip
        await _resolved(row["number"], str(GOODS_TAKEN_OUT), None, by=by)


async def _resolved(number: str, note: str, version: int | None, *, by: Actor) -> ProductionException:
    row = await _moved(number, "resolve", version)
    await db.rows(
        "update production_exceptions set resolved_at = {}, resolved_by = {}, solution = {} where id = {}",
        clock.now(), by.name[:80], note[:300], row.id,
    )  # fmt: skip
    resolved = events.ExceptionResolved(
        subject=("production_exception", row.id), also=await _about_row(row), number=row.number,
        what=reasons.EXCEPTIONS[row.kind], note=note[:300],
    )  # fmt: skip
    await record(resolved, by=by)
    return row


async def _moved(number: str, verb: str, version: int | None) -> ProductionException:
    row = await locked(ProductionException, ProductionException.number == number, version=version)
    await machine_of_states.move(row, states.EXCEPTION_MOVES, verb, states.EXCEPTION_LOOKS)
    return row


async def _about_row(row: ProductionException) -> tuple[Subject, ...]:
    job = None
    if row.operation is not None:
        operation = await get(WorkOrderOperation, WorkOrderOperation.id == row.operation)
        job = await job_of(operation.id)
    return await _about(job, row.machine, row.person)
