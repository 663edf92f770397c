"""Reports of what was made: booked once, kept as sums, flagged when they collide, taken back by a report that reverses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.core import clock, db
from app.core.quantities import KILOGRAM, MILLI, PIECE, Quantity, Weight, half_up, number, shown
from app.core.refusals import NEGATIVE, NOT_A_CHOICE, REQUIRED, UNKNOWN, Refused
from app.core.rows import get
from app.events.log import record
from app.people.actors import Actor
from app.production import events, exceptions, reasons, rules
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
from app.production.permissions import CORRECT, REPORT
from app.production.refusals import IS_A_REVERSAL, NOT_YOUR_REPORT, NOTHING_REPORTED
from app.production.states import COMPLETE, RUNNING
from app.production.tables import OperationReport
from app.stock.tables import Lot

Number = str | int | Decimal


@dataclass(frozen=True)
class Scrapped:
    """Scrap for one reason, in base units, as it was entered."""

    reason: str
    quantity_q: int
    entered: str
    unit: str


async def report(
    operation: int | str, good: Number | None = None, unit: str = "", *, weight: Number | None = None,
    scrap: Sequence[Mapping[str, Any]] = (), machine: str | int | None = None, person: str | int | None = None,
    happened_at: datetime | None = None, action: str = "", hand_entered: bool = False, by: Actor,
) -> Booked:  # fmt: skip
    """Book what was made: `good` in `unit` (件, 千件, kg …), or only `weight` (net kg), counted by the lot's piece weight.

    `scrap` is a list of {reason, quantity, unit}. The same `action` again books nothing and answers the same.
    """
    by.must(REPORT)
    if booked := await _booked(action):
        return booked
    job, on = await job_of(operation), await machine_called(machine)
    if booked := await _booked(action):
        return booked  # another sender of the same action held the lock until now
    who, at = await person_called(person, by), moment_of(happened_at)
    good_q, weighed_q, scrapped = await _measured(job, good, unit, weight, scrap)
    runs_on = on.id if on else job.operation.runs_on or job.operation.machine
    flags = _collisions(job, good_q + sum(s.quantity_q for s in scrapped), runs_on)
    row = OperationReport(
        operation=job.operation.id, machine=runs_on, person=who, device=by.device_id, good_q=good_q,
        scrap_q=sum(s.quantity_q for s in scrapped), weighed_q=weighed_q, hand_entered=hand_entered, flags=",".join(flags),
        action=action[:60], happened_at=at, recorded_at=clock.now(), shift_day=clock.shift_day(at),
    )  # fmt: skip
    await row.save()
    await db.write_many(
        "reported_scrap", ("report", "reason", "quantity_q", "entered", "unit"),
        [(row.id, s.reason, s.quantity_q, s.entered, s.unit) for s in scrapped],
    )  # fmt: skip
    await _keep(job, good_q, row.scrap_q, 1, runs_on, at)
    reported = events.OperationReported(
        subject=("operation", job.operation.id), also=await about_operation(job, runs_on, who), good=shown(good_q), good_q=good_q,
        scrap=shown(row.scrap_q), scrap_q=row.scrap_q, unit=job.item.label, flags=row.flags, **job.facts(),
    )  # fmt: skip
    await record(reported, by=by, happened_at=at)
    await settle(job, at, by=by)
    await exceptions.notice(flags, job, person=who, machine=runs_on, at=at, by=by, report=row.id)
    return Booked(job.operation, job.work_order, flags, row)


async def undo(
    report: int | str,
    *,
    person: str | int | None = None,
    happened_at: datetime | None = None,
    action: str = "",
    by: Actor,
) -> Booked:
    """Take a report back, named by its id or by the device's `action`: a report that reverses it. Twice is once."""
    original = await OperationReport.objects().where(
        OperationReport.id == report if isinstance(report, int) else (OperationReport.action == report)
    ).first()  # fmt: skip
    if original is None or report == "":
        raise Refused(UNKNOWN, "report", given=str(report)[:60])
    if original.reverses is not None:
        raise Refused(IS_A_REVERSAL)
    who, at = await person_called(person, by), moment_of(happened_at)
    _may_undo(original, who, by)
    job = await job_of(original.operation)
    earlier = await OperationReport.objects().where(OperationReport.reverses == original.id).first()
    if earlier is not None:
        return Booked(job.operation, job.work_order, (), earlier)
    row = await _reversal(original, who, at, action, by)
    await _keep(job, row.good_q, row.scrap_q, -1, job.operation.runs_on, at)
    undone = events.ReportUndone(
        subject=("operation", job.operation.id), also=await about_operation(job, original.machine, who),
        good=shown(original.good_q), good_q=original.good_q, scrap_q=original.scrap_q, unit=job.item.label, **job.facts(),
    )  # fmt: skip
    await record(undone, by=by, happened_at=at)
    await exceptions.withdraw(original.flags.split(","), original.operation, by=by)
    await settle(job, at, by=by)
    received = job.work_order.received_q
    flags = (reasons.MORE_RECEIVED,) if received and rules.more_than(received, job.work_order.done_q) else ()
    await exceptions.notice(flags, job, person=who, machine=original.machine, at=at, by=by, report=row.id)
    return Booked(job.operation, job.work_order, flags, row)


async def _reversal(
    original: OperationReport, who: int | None, at: datetime, action: str, by: Actor
) -> OperationReport:
    """The report that takes another back, with its scrap."""
    row = OperationReport(
        operation=original.operation, machine=original.machine, person=who, device=by.device_id, good_q=-original.good_q,
        scrap_q=-original.scrap_q, weighed_q=None, hand_entered=original.hand_entered, flags="", action=action[:60],
        happened_at=at, recorded_at=clock.now(), shift_day=original.shift_day, reverses=original.id,
    )  # fmt: skip
    await row.save()
    await db.rows(
        "insert into reported_scrap (report, reason, quantity_q, entered, unit)"
        " select cast({} as bigint), reason, -quantity_q, '−' || entered, unit from reported_scrap where report = {}",
        row.id, original.id,
    )  # fmt: skip
    return row


def _may_undo(original: OperationReport, who: int | None, by: Actor) -> None:
    if by.may(CORRECT):
        return
    by.must(REPORT)
    if original.person != who or clock.shift_day(original.happened_at) != clock.shift_day(clock.now()):
        raise Refused(NOT_YOUR_REPORT)


async def _booked(action: str) -> Booked | None:
    """What came of this action when it arrived before."""
    if not action:
        return None
    row = await OperationReport.objects().where(OperationReport.action == action[:60]).first()
    if row is None:
        return None
    job = await job_of(row.operation)
    return Booked(job.operation, job.work_order, tuple(f for f in row.flags.split(",") if f), row)


async def _measured(
    job: Job, good: Number | None, unit: str, weight: Number | None, scrap: Sequence[Mapping[str, Any]]
) -> tuple[int, int | None, list[Scrapped]]:
    """Good in base units, the scale's kg at 10⁻³ if weighed, and the scrap by reason."""
    piece_weight = await weight_of(job)
    given = None if good in (None, "") else number(good, "good")
    net = None if weight in (None, "") else number(weight, "weight")
    for field, value in (("good", given), ("weight", net)):
        if value is not None and value < 0:
            raise Refused(NEGATIVE, field)
    good_q = 0
    if given is not None and given > 0:
        good_q = Quantity.entered(given, unit, job.item.base_unit, piece_weight, job.item.code, "good").milli
    elif given is None and net is not None and net > 0:
        good_q = Quantity.entered(
            net, KILOGRAM, job.item.base_unit, piece_weight, job.item.code, "weight"
        ).milli
        if job.item.base_unit == PIECE:
            good_q = half_up(Fraction(good_q, MILLI)) * MILLI  # whole pieces, as the tablet counted them
    scrapped = [
        _scrapped(job, s, piece_weight, f"scrap-{n}")
        for n, s in enumerate(scrap)
        if s.get("quantity") not in (None, "", "0", 0)
    ]
    if good_q == 0 and not scrapped:
        raise Refused(NOTHING_REPORTED, "good")
    return good_q, half_up(net * MILLI) if net is not None else None, scrapped


def _scrapped(job: Job, given: Mapping[str, Any], piece_weight: Weight, at: str) -> Scrapped:
    reason = str(given.get("reason") or "")
    if reason not in reasons.SCRAP:
        raise Refused(NOT_A_CHOICE if reason else REQUIRED, f"{at}-reason", given=reason[:40])
    entered, unit, field = str(given.get("quantity")), str(given.get("unit") or ""), f"{at}-quantity"
    quantity = Quantity.entered(
        number(entered, field), unit, job.item.base_unit, piece_weight, job.item.code, field
    )
    whole = quantity.milli
    if job.item.base_unit == PIECE:
        whole = max(half_up(Fraction(whole, MILLI)), 1) * MILLI
    return Scrapped(reason, whole, entered[:40], unit[:10])


async def weight_of(job: Job) -> Weight:
    """The piece weight to count by: the lot's own, learned at a weighing, else the operation's."""
    if job.work_order.lot is not None:
        lot = await get(Lot, Lot.id == job.work_order.lot)
        if lot.weight:
            return lot.weight
    return job.operation.weight or job.item.weight


def _collisions(job: Job, more_q: int, machine: int | None) -> tuple[str, ...]:
    operation, previous = job.operation, job.previous
    return rules.collisions(
        job.work_order.state, operation.started_at is not None, operation.good_q + operation.scrap_q + more_q,
        None if previous is None else previous.good_q, operation.machine, machine,
    )  # fmt: skip


async def _keep(job: Job, good_q: int, scrap_q: int, reports: int, runs_on: int | None, at: datetime) -> None:
    """Add to the sums kept on the operation; what is reported on was started."""
    operation = job.operation
    operation.good_q += good_q
    operation.scrap_q += scrap_q
    operation.reports += reports
    operation.runs_on = operation.runs_on or runs_on
    operation.started_at = operation.started_at or at
    if reports > 0 and operation.state not in (COMPLETE, RUNNING):
        operation.state = RUNNING
    await db.rows(
        "update work_order_operations set good_q = {}, scrap_q = {}, reports = {}, runs_on = {}, started_at = {}, state = {},"
        " version = version + 1 where id = {}",
        operation.good_q, operation.scrap_q, operation.reports, operation.runs_on, operation.started_at, operation.state,
        operation.id,
    )  # fmt: skip
    operation.version += 1
