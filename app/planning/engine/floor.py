"""The shop floor while a schedule is being made: who is busy with what, and where the next operation fits.

Every schedule of the engine comes from here, whether decoded, dispatched or promised.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import NamedTuple

from .calendar import Times, WorkingTime, tabulate
from .model import Id, Job, Lock, Machine, Operation, Problem, Schedule, Slot
from .tools import ToolRack


class Fit(NamedTuple):
    """A place for an operation: it becomes slot `index` of its lane."""

    setup_start: int
    start: int
    end: int
    setup: int
    index: int


@dataclass(eq=False)
class Lane:
    """One machine and its slots in order of time. `crowded`: its locked slots overlap."""

    machine: Machine
    time: WorkingTime
    slots: list[Slot] = field(default_factory=list)
    crowded: bool = False

    def ended(self, index: int) -> int:
        """The minute at which all slots before `index` have ended; 0 where nothing stands in a queue."""
        if not index or self.machine.unlimited:
            return 0
        first = 0 if self.crowded else index - 1
        return max(0, *(slot.end for slot in self.slots[first:index]))

    def index_at(self, minute: int) -> int:
        """How many slots begin their run before or at the minute."""
        return bisect_right(self.slots, minute, key=_run_start)

    def idle_from(self, minute: int) -> int:
        """The first working minute from `minute` on at which the machine has nothing to do."""
        slots = () if self.machine.unlimited else self.slots
        for i in range(max(self.index_at(minute) - 1, 0), len(slots)):
            if slots[i].setup_start > minute:
                break
            minute = max(minute, slots[i].end)
        return self.time.next_open(minute)


_run_start = attrgetter("start")


class Step(NamedTuple):
    """An operation put in its place."""

    operation: Operation
    lane: Lane
    fit: Fit


class Floor:
    """Lanes that hold the locked operations from the beginning and get one operation after another.

    An operation goes into the first gap that holds it; no run is ever moved by a later one.
    """

    def __init__(self, problem: Problem, times: Times | None = None) -> None:
        self.problem = problem
        times = times or tabulate(problem)
        self.lanes = {m.code: Lane(m, times[m.calendar]) for m in problem.machines}
        self._over = {code for code, lane in self.lanes.items() if lane.time.ends}
        self._rack = ToolRack(problem)
        self._end: dict[Id, int] = {}
        self._operation = dict(problem.operation)
        self._lock_all()

    @classmethod
    def loaded(cls, problem: Problem, slots: Iterable[Slot]) -> "Floor":
        """A floor on which an existing schedule stands as it is, without machines that are gone."""
        floor = cls(problem)
        floor._rack, floor._end = ToolRack(problem), {}
        for lane in floor.lanes.values():
            lane.slots = []
        for slot in sorted(slots, key=lambda s: (s.start, s.end)):
            if slot.machine in floor.lanes:
                floor.lanes[slot.machine].slots.append(slot)
            floor._end[slot.operation] = slot.end
            if operation := problem.operation.get(slot.operation):
                floor._rack.take(operation, (slot.setup_start, slot.end))
        return floor

    def choices(self, operation: Operation) -> list[Lane]:
        """Lanes that can do the operation and do not stay closed for good."""
        lanes = [self.lanes[code] for code in operation.durations if code not in self._over]
        if not lanes:
            raise ValueError(f"operation {operation.id}: no machine that can do it has working time")
        return lanes

    def ready(self, job: Job, operation: Operation) -> int:
        """The minute from which the operation may run: released, material there, all before it ended."""
        minute = max(job.release, operation.material, 0)
        for earlier in job.operations:
            if earlier.id == operation.id:
                break
            minute = max(minute, self._end.get(earlier.id, 0))
        return minute

    def fit(self, operation: Operation, lane: Lane, ready: int) -> Fit:
        """Where the operation runs in this lane."""
        duration = operation.durations[lane.machine.code]
        first = len(lane.slots) if lane.machine.unlimited else lane.index_at(ready)
        for index in range(first, len(lane.slots)):
            if lane.slots[index].start - max(lane.ended(index), ready) < duration:
                continue
            fit = self._fit_at(operation, lane, index, ready, duration)
            if self._leaves_next_alone(operation, lane, fit):
                return fit
        return self._fit_at(operation, lane, len(lane.slots), ready, duration)

    def best(self, job: Job, operation: Operation) -> tuple[Lane, Fit]:
        """The lane on which the operation ends first; at equal ends the one with less changeover."""
        ready = self.ready(job, operation)
        fits = [(lane, self.fit(operation, lane, ready)) for lane in self.choices(operation)]
        return min(fits, key=lambda pair: (pair[1].end, pair[1].setup))

    def elsewhere(self, slot: Slot) -> dict[str, Fit]:
        """Where the operation of a slot would run on each of its other machines, all else as it is."""
        job, operation = self.problem.job_of[slot.operation], self.problem.operation[slot.operation]
        ready = self.ready(job, operation)
        window = (slot.setup_start, slot.end)
        self._rack.give_back(operation, window)
        lanes = [lane for lane in self.choices(operation) if lane.machine.code != slot.machine]
        fits = {lane.machine.code: self.fit(operation, lane, ready) for lane in lanes}
        self._rack.take(operation, window)
        return fits

    def put(self, job: Job, operation: Operation, lane: Lane, fit: Fit) -> Step:
        """Take the place."""
        step = Step(operation, lane, fit)
        slot = Slot(operation.id, job.id, lane.machine.code, fit.setup_start, fit.start, fit.end, fit.setup)
        lane.slots.insert(fit.index, slot)
        self._end[operation.id] = fit.end
        self._operation[operation.id] = operation
        self._rack.take(operation, (fit.setup_start, fit.end))
        return step

    def take_back(self, steps: Iterable[Step]) -> None:
        """Undo `put`; the last step first."""
        for step in reversed(list(steps)):
            del step.lane.slots[step.fit.index]
            del self._end[step.operation.id]
            self._rack.give_back(step.operation, (step.fit.setup_start, step.fit.end))

    def changeover(self, operation: Operation, lane: Lane, index: int) -> int:
        """Working minutes to set the lane up for the operation as slot `index`."""
        if not operation.family:
            return 0
        return self.problem.changeover(lane.machine, self._family(lane, index), operation)

    def schedule(self) -> Schedule:
        """All slots, with the changeovers that their neighbours now demand."""
        slots = [self._settled(lane, i) for lane in self.lanes.values() for i in range(len(lane.slots))]
        return Schedule(tuple(sorted(slots, key=lambda s: (s.start, s.end, s.machine))))

    def _fit_at(self, operation: Operation, lane: Lane, index: int, ready: int, duration: int) -> Fit:
        time = lane.time
        begin = lane.ended(index)
        setup = self.changeover(operation, lane, index)
        while True:
            start = time.next_open(max(time.finish(begin, setup), ready))
            end = time.finish(start, duration)
            setup_start = time.latest_start(start, setup)
            if operation.tool:
                begin = self._rack.free_from(operation.tool, (setup_start, end))
            if not operation.tool or begin <= setup_start:
                return Fit(setup_start, start, end, setup, index)

    def _leaves_next_alone(self, operation: Operation, lane: Lane, fit: Fit) -> bool:
        """Whether the run after the fit can stay where it is, its changeover included."""
        if fit.end > lane.slots[fit.index].start:
            return False
        family = operation.family or self._family(lane, fit.index)
        free = fit.end
        for slot in lane.slots[fit.index :]:
            following = self._operation.get(slot.operation)
            if following and following.family:
                setup = self.problem.changeover(lane.machine, family, following)
                if setup > slot.setup and following.tool and not following.locked:
                    return False
                return lane.time.finish(free, setup) <= slot.start
            free = slot.end
        return True

    def _family(self, lane: Lane, index: int) -> str:
        """The family in which the lane stands before slot `index`."""
        for i in range(index - 1, -1, -1):
            operation = self._operation.get(lane.slots[i].operation)
            if operation and operation.family:
                return operation.family
        return lane.machine.family

    def _settled(self, lane: Lane, index: int) -> Slot:
        slot = lane.slots[index]
        operation = self._operation.get(slot.operation)
        if not operation or (operation.locked and operation.locked.begun):
            return slot
        setup = self.changeover(operation, lane, index)
        return replace(slot, setup=setup, setup_start=lane.time.latest_start(slot.start, setup))

    def _lock_all(self) -> None:
        locked = [(o.locked, job, o) for job in self.problem.jobs for o in job.operations if o.locked]
        for lock, job, operation in sorted(locked, key=lambda entry: entry[0].start):
            lane = self.lanes[lock.machine]
            end = self._locked_end(lane, lock, operation)
            lane.crowded |= not lock.begun and lock.start < lane.ended(len(lane.slots))
            lane.slots.append(Slot(operation.id, job.id, lock.machine, lock.start, lock.start, end))
            self._end[operation.id] = end
            longest = 0 if lock.begun else self._longest_changeover(lane.machine, operation)
            self._rack.take(operation, (lane.time.latest_start(lock.start, longest), end))

    def _locked_end(self, lane: Lane, lock: Lock, operation: Operation) -> int:
        minutes = operation.durations[lock.machine]
        if not lock.begun:
            return lane.time.finish(lock.start, minutes)
        minutes = minutes if lock.remaining is None else lock.remaining
        return lane.time.finish(lane.ended(len(lane.slots)), minutes)

    def _longest_changeover(self, machine: Machine, operation: Operation) -> int:
        if not operation.family or machine.unlimited:
            return 0
        into = (machine.group, operation.family)
        return max([operation.setup, *(n for (g, _, f), n in self.problem.setups.items() if (g, f) == into)])
