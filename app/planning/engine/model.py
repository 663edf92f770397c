"""The words of the engine: a problem goes in, a schedule comes out; both are plain, frozen, picklable data.

All times are whole minutes since `Problem.start` (an instant); durations are whole working minutes.
An interval `(a, b)` holds the minutes a, a+1, …, b-1.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

Id = int | str
WEEK = 7 * 24 * 60


class Stretch(NamedTuple):
    """Working time without a break. `day` is the shift day: the day on which its shift begins."""

    start: int
    end: int
    day: date | None = None


@dataclass(frozen=True)
class Calendar:
    """When work is done, from minute 0 to the horizon: stretches in order of time, none overlapping."""

    code: str
    stretches: tuple[Stretch, ...]

    def __post_init__(self) -> None:
        end = 0
        for stretch in self.stretches:
            if stretch.start < end or stretch.end <= stretch.start:
                raise ValueError(f"calendar {self.code}: {stretch.start}–{stretch.end} is out of order")
            end = stretch.end

    def shift_at(self, minute: int) -> Stretch | None:
        """The stretch in which the minute lies, or None while it is closed."""
        return next((s for s in self.stretches if s.start <= minute < s.end), None)

    def without(self, start: int, end: int) -> "Calendar":
        """The same calendar, closed from `start` to `end` (maintenance, power cut)."""
        kept = []
        for s in self.stretches:
            kept += [s._replace(end=min(s.end, start)), s._replace(start=max(s.start, end))]
        return Calendar(self.code, tuple(s for s in kept if s.start < s.end))


@dataclass(frozen=True)
class Machine:
    """A lane of the plan. `unlimited` marks an outside processor: jobs lie side by side, no changeover.

    `family` is the setup in which the machine stands at minute 0 ("" = unknown).
    """

    code: str
    calendar: str
    group: str = ""
    family: str = ""
    unlimited: bool = False


@dataclass(frozen=True)
class Lock:
    """Where an operation must stay. Begun (`start` ≤ 0): `remaining` minutes are left from minute 0.
    Pinned by the planner (`start` > 0): it starts at that very minute."""

    machine: str
    start: int
    remaining: int | None = None

    @property
    def begun(self) -> bool:
        return self.start <= 0


@dataclass(frozen=True)
class Operation:
    """One step of a job. `durations` gives working minutes for each machine that can do it.

    `family`    what the machine must be set up for; "" needs no changeover and leaves the machine as it is.
    `setup`     changeover minutes when the family changes and `Problem.setups` has no entry for the pair.
    `tool`      code of a die or mould that it occupies from the start of the changeover to its end.
    `material`  minute at which its material is there.
    `max_wait`  most minutes between the end of the operation before it and its own start.
    """

    id: Id
    durations: Mapping[str, int]
    family: str = ""
    setup: int = 0
    tool: str = ""
    material: int = 0
    max_wait: int | None = None
    locked: Lock | None = None

    @property
    def shortest(self) -> int:
        """Minutes on the machine that is fastest for it."""
        return min(self.durations.values())


@dataclass(frozen=True)
class Job:
    """A work order: operations one after another. Late when it ends after `due` (None: no due date)."""

    id: Id
    operations: tuple[Operation, ...]
    due: int | None = None
    weight: float = 1
    release: int = 0


@dataclass(frozen=True)
class Problem:
    """Everything the engine knows. Past the horizon each calendar repeats its last week.

    `setups`  (machine group, family before, family after) → changeover minutes.
    `tools`   tool → number of copies; a tool that is not named has one.
    Raises ValueError, saying what, when something refers to nothing or a number makes no sense.
    """

    machines: tuple[Machine, ...]
    jobs: tuple[Job, ...]
    calendars: tuple[Calendar, ...]
    start: datetime
    horizon: int
    setups: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    tools: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if mistake := next(_mistakes(self), None):
            raise ValueError(mistake)

    @cached_property
    def machine(self) -> dict[str, Machine]:
        return {machine.code: machine for machine in self.machines}

    @cached_property
    def calendar(self) -> dict[str, Calendar]:
        return {calendar.code: calendar for calendar in self.calendars}

    @cached_property
    def operation(self) -> dict[Id, Operation]:
        return {operation.id: operation for job in self.jobs for operation in job.operations}

    @cached_property
    def job_of(self) -> dict[Id, Job]:
        """Operation id → its job."""
        return {operation.id: job for job in self.jobs for operation in job.operations}

    def changeover(self, machine: Machine, before: str, operation: Operation) -> int:
        """Working minutes to set `machine` up for `operation` when it stands in family `before`."""
        after = operation.family
        if not after or after == before or machine.unlimited:
            return 0
        return self.setups.get((machine.group, before, after), operation.setup)

    def open_hours(self, calendar: Calendar, until: int) -> Iterator[tuple[int, int]]:
        """Working intervals up to minute `until`, the last week repeated past the horizon."""
        hours = [(s.start, min(s.end, self.horizon)) for s in calendar.stretches if s.start < self.horizon]
        yield from hours
        span = min(WEEK, self.horizon)
        first = self.horizon - span
        last = [(max(a, first), b) for a, b in hours if b > first]
        for shift in range(span, until - first, span):
            for a, b in last:
                yield a + shift, b + shift


class Reason(NamedTuple):
    """Why something is so: a code of `explain.Why` and the facts to say it in words elsewhere."""

    code: str
    facts: dict[str, object]


@dataclass(frozen=True)
class Slot:
    """An operation in its place: changeover from `setup_start` to `start`, run to `end`.

    `setup` counts the changeover's working minutes; it lies directly before the run.
    """

    operation: Id
    job: Id
    machine: str
    setup_start: int
    start: int
    end: int
    setup: int = 0
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Schedule:
    """Slots in order of start."""

    slots: tuple[Slot, ...]

    @cached_property
    def slot(self) -> dict[Id, Slot]:
        """Operation id → its slot."""
        return {slot.operation: slot for slot in self.slots}

    def lanes(self) -> dict[str, list[Slot]]:
        """Machine → its slots in order of time."""
        lanes: dict[str, list[Slot]] = {}
        for slot in sorted(self.slots, key=lambda s: (s.start, s.end)):
            lanes.setdefault(slot.machine, []).append(slot)
        return lanes

    def finish(self, job: Job) -> int:
        """Minute at which the last operation of the job ends (its release if it has none)."""
        return max((self.slot[o.id].end for o in job.operations if o.id in self.slot), default=job.release)


def _mistakes(problem: Problem) -> Iterator[str]:
    calendars = {calendar.code for calendar in problem.calendars}
    machines = {machine.code for machine in problem.machines}
    if problem.horizon <= 0:
        yield f"the horizon must be above 0, not {problem.horizon}"
    if len(machines) < len(problem.machines):
        yield "two machines have the same code"
    for machine in problem.machines:
        if machine.calendar not in calendars:
            yield f"machine {machine.code} refers to the unknown calendar {machine.calendar!r}"
    seen_jobs: set[Id] = set()
    seen: set[Id] = set()
    for job in problem.jobs:
        if job.id in seen_jobs:
            yield f"job {job.id} is there twice"
        seen_jobs.add(job.id)
        if not job.weight > 0:
            yield f"job {job.id} has the weight {job.weight}; it must be above 0"
        for operation in job.operations:
            if operation.id in seen:
                yield f"operation {operation.id} is there twice"
            seen.add(operation.id)
            yield from _operation_mistakes(operation, machines)


def _operation_mistakes(operation: Operation, machines: set[str]) -> Iterator[str]:
    lock = operation.locked
    if not operation.durations:
        yield f"operation {operation.id} has no machine that can do it"
    for machine, minutes in operation.durations.items():
        if machine not in machines:
            yield f"operation {operation.id} refers to the unknown machine {machine!r}"
        if minutes < 1:
            yield f"operation {operation.id} takes {minutes} minutes on {machine}; it must take at least 1"
    if operation.setup < 0 or (operation.max_wait or 0) < 0:
        yield f"operation {operation.id} has a negative time"
    if lock and lock.machine not in operation.durations:
        yield f"operation {operation.id} is locked to {lock.machine}, which cannot do it"
    if lock and lock.remaining is not None and lock.remaining < 0:
        yield f"operation {operation.id} has a negative time left"
