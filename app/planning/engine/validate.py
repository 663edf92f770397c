"""An independent judge of schedules: it shares the data with the decoder, and no arithmetic."""

from collections.abc import Iterator
from typing import NamedTuple

from .model import Id, Machine, Problem, Schedule, Slot

Hours = list[tuple[int, int]]


class Finding(NamedTuple):
    """What is wrong with an operation's place; `other` is the operation with which it collides.

    Codes: unknown, missing, twice, machine, locked, release, material, previous, max_wait, closed, duration,
    setup, overlap, tool.
    """

    code: str
    operation: Id
    other: Id | None = None


def validate(problem: Problem, schedule: Schedule) -> list[Finding]:
    """Everything that could not happen on the floor; empty for a valid schedule.

    An operation that has begun is a fact: it is judged only by whether it stayed where it is.
    """
    findings = list(_complete(problem, schedule))
    if findings:
        return findings
    until = max((slot.end for slot in schedule.slots), default=0) + 1
    hours = {c.code: list(problem.open_hours(c, until)) for c in problem.calendars}
    for slot in schedule.slots:
        findings += _place(problem, slot, hours[problem.machine[slot.machine].calendar])
    findings += _sequence(problem, schedule)
    for code, slots in schedule.lanes().items():
        if not problem.machine[code].unlimited:
            findings += _lane(problem, problem.machine[code], slots, hours[problem.machine[code].calendar])
    findings += _tools(problem, schedule)
    return findings


def _complete(problem: Problem, schedule: Schedule) -> Iterator[Finding]:
    seen: set[Id] = set()
    for slot in schedule.slots:
        operation = problem.operation.get(slot.operation)
        if operation is None:
            yield Finding("unknown", slot.operation)
        elif slot.machine not in operation.durations or problem.job_of[operation.id].id != slot.job:
            yield Finding("machine", slot.operation)
        if slot.operation in seen:
            yield Finding("twice", slot.operation)
        seen.add(slot.operation)
    for missing in problem.operation.keys() - seen:
        yield Finding("missing", missing)


def _place(problem: Problem, slot: Slot, hours: Hours) -> Iterator[Finding]:
    operation = problem.operation[slot.operation]
    lock = operation.locked
    if lock and (slot.machine, slot.start) != (lock.machine, lock.start):
        yield Finding("locked", slot.operation)
    if _begun(problem, slot):
        return
    if slot.start < problem.job_of[slot.operation].release:
        yield Finding("release", slot.operation)
    if slot.start < operation.material:
        yield Finding("material", slot.operation)
    if slot.setup_start < 0 or not (_open(hours, slot.start) and _open(hours, slot.end - 1)):
        yield Finding("closed", slot.operation)
    if _work(hours, slot.start, slot.end) != operation.durations[slot.machine]:
        yield Finding("duration", slot.operation)


def _sequence(problem: Problem, schedule: Schedule) -> Iterator[Finding]:
    for job in problem.jobs:
        slots = [schedule.slot[o.id] for o in job.operations]
        for i, slot in enumerate(slots[1:], start=1):
            if _begun(problem, slot):
                continue
            for earlier in slots[:i]:
                if slot.start < earlier.end:
                    yield Finding("previous", slot.operation, earlier.operation)
            wait = job.operations[i].max_wait
            if wait is not None and slot.start - slots[i - 1].end > wait:
                yield Finding("max_wait", slot.operation, slots[i - 1].operation)


def _lane(problem: Problem, machine: Machine, slots: list[Slot], hours: Hours) -> Iterator[Finding]:
    family, busy, last = machine.family, 0, None
    for slot in slots:
        operation = problem.operation[slot.operation]
        if not _begun(problem, slot):
            if slot.setup_start < busy:
                yield Finding("overlap", slot.operation, last)
            needed = problem.changeover(machine, family, operation)
            if slot.setup != needed or _work(hours, slot.setup_start, slot.start) < needed:
                yield Finding("setup", slot.operation)
        family = operation.family or family
        if slot.end > busy:
            busy, last = slot.end, slot.operation


def _tools(problem: Problem, schedule: Schedule) -> Iterator[Finding]:
    users: dict[str, list[Slot]] = {}
    for slot in sorted(schedule.slots, key=lambda s: s.setup_start):
        if tool := problem.operation[slot.operation].tool:
            users.setdefault(tool, []).append(slot)
    for tool, slots in users.items():
        for slot in slots:
            others = [o for o in slots if o is not slot and o.setup_start <= slot.setup_start < o.end]
            if not _begun(problem, slot) and len(others) >= problem.tools.get(tool, 1):
                yield Finding("tool", slot.operation, others[-1].operation)


def _begun(problem: Problem, slot: Slot) -> bool:
    lock = problem.operation[slot.operation].locked
    return lock is not None and lock.begun


def _open(hours: Hours, minute: int) -> bool:
    return any(a <= minute < b for a, b in hours)


def _work(hours: Hours, start: int, end: int) -> int:
    return sum(max(min(b, end) - max(a, start), 0) for a, b in hours)
