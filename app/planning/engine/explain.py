"""Why each operation is where it is, and what made a job late. Codes and facts; the words are elsewhere."""

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from .floor import Floor, Lane
from .model import Id, Job, Operation, Problem, Reason, Schedule, Slot


class Why(StrEnum):
    """Codes of reasons, with their facts. `until` and `since` are minutes, `by` and `job` who was in the way.

    The first reason of a slot says what its start waited for:
    """

    AT_ONCE = "at_once"
    BEGUN = "begun"
    """begun on the floor: {since}"""
    PINNED = "pinned"
    """set by the planner: {at}"""
    RELEASE = "release"
    """the job is released: {until}"""
    MATERIAL = "material"
    """its material arrives: {until}"""
    PREVIOUS = "previous"
    """the operation before it: {until, by}"""
    MACHINE = "machine"
    """the machine is busy: {until, by, job}"""
    TOOL = "tool"
    """each copy of the tool is in use: {tool, until, by, job}"""
    HELD = "held"
    """held back so that the next operation follows within its maximum wait: {until, next, max_wait}"""
    PLACED = "placed"
    """nothing in the way any more, it keeps the place that it got: {since}"""

    CLOSED = "closed"
    """beside it, closed hours: {since, until}"""
    SETUP = "setup"
    """a changeover: {minutes, before, after}"""
    SAME_FAMILY = "same_family"
    """a changeover avoided: {family}"""

    ONLY_MACHINE = "only_machine"
    EARLIEST = "earliest"
    """the machine that ends it first: {others: {machine: end}}"""
    SAVES_SETUP = "saves_setup"
    """others would end sooner, each with more changeover: {others}"""
    CHOSEN = "chosen"
    """others would now end sooner: {others}"""

    RUN = "run"
    """only as a kind of minutes in `Lateness`: the work itself"""


class Cause(NamedTuple):
    """What the start of a slot waited for, and until when. The run could then start at `possible`."""

    code: Why
    possible: int
    until: int
    by: Slot | None = None


class Link(NamedTuple):
    """One operation of the chain that ends with the late job, and why it did not start sooner."""

    operation: Id
    job: Id
    machine: str
    start: int
    end: int
    code: Why


@dataclass(frozen=True)
class Lateness:
    """Why a job is late.

    `minutes`  where the time from minute 0 to its finish went, by code: release, material, machine, tool,
               held, placed, setup, run, closed. Their sum is `finish`.
    `chain`    the critical operations back to the one that waited for nothing, the earliest first; those of
               other jobs are there because they held a machine or a tool.
    """

    job: Id
    due: int
    finish: int
    minutes: dict[str, int]
    chain: tuple[Link, ...]

    @property
    def late(self) -> int:
        """Minutes after the due date."""
        return self.finish - self.due


class Explainer:
    """Answers for one complete schedule of the problem, whoever made it."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem, self.schedule = problem, schedule
        self._floor = Floor.loaded(problem, schedule.slots)
        pairs = (pair for lane in schedule.lanes().values() for pair in pairwise(lane))
        self._before = {slot.operation: before for before, slot in pairs}
        self._users: dict[str, list[Slot]] = {}
        for slot in schedule.slots:
            self._users.setdefault(problem.operation[slot.operation].tool, []).append(slot)

    def explained(self) -> Schedule:
        """The same schedule with the reasons of each slot."""
        return Schedule(tuple(replace(slot, why=tuple(self._reasons(slot))) for slot in self.schedule.slots))

    def late(self) -> dict[Id, Lateness]:
        """Late job → why."""
        answer = {}
        for job in self.problem.jobs:
            finish = self.schedule.finish(job)
            if job.operations and job.due is not None and finish > job.due:
                answer[job.id] = Lateness(job.id, job.due, finish, self._minutes(job), self._chain(job))
        return answer

    def cause(self, slot: Slot) -> Cause:
        """What the slot waited for."""
        operation = self.problem.operation[slot.operation]
        if lock := operation.locked:
            return Cause(Why.BEGUN if lock.begun else Why.PINNED, slot.start, slot.start)
        # The first of equals is named: the own job before others.
        cause = max(self._limits(slot, operation), key=lambda limit: limit.possible)
        if self._lane(slot).time.next_open(cause.possible) >= slot.start:
            return cause
        following = self._following(slot)
        held = following is not None and following.max_wait is not None
        return Cause(Why.HELD if held else Why.PLACED, slot.start, slot.start)

    def _limits(self, slot: Slot, operation: Operation) -> list[Cause]:
        job, lane = self.problem.job_of[slot.operation], self._lane(slot)
        limits = [Cause(Why.AT_ONCE, 0, 0)]
        if earlier := self._earlier(slot):
            last = max(earlier, key=lambda s: s.end)
            limits.append(Cause(Why.PREVIOUS, last.end, last.end, last))
        before = self._before.get(slot.operation)
        if before and before.end > 0 and not lane.machine.unlimited:
            limits.append(Cause(Why.MACHINE, lane.time.finish(before.end, slot.setup), before.end, before))
        if holder := self._tool_holder(slot, operation):
            limits.append(Cause(Why.TOOL, lane.time.finish(holder.end, slot.setup), holder.end, holder))
        limits.append(Cause(Why.MATERIAL, operation.material, operation.material))
        limits.append(Cause(Why.RELEASE, job.release, job.release))
        limits.append(Cause(Why.SETUP, lane.time.finish(0, slot.setup), 0))
        return limits

    def _tool_holder(self, slot: Slot, operation: Operation) -> Slot | None:
        """The slot that gave a copy of the tool back last before this one, if no other copy was free then."""
        if not operation.tool:
            return None
        users = [s for s in self._users[operation.tool] if s is not slot]
        holder = max((s for s in users if s.end <= slot.setup_start), key=lambda s: s.end, default=None)
        if holder is None:
            return None
        in_use = sum(s.setup_start < holder.end <= s.end for s in users)
        return holder if in_use >= self.problem.tools.get(operation.tool, 1) else None

    def _reasons(self, slot: Slot) -> list[Reason]:
        operation = self.problem.operation[slot.operation]
        cause = self.cause(slot)
        reasons = [Reason(cause.code, self._facts(slot, operation, cause))]
        if cause.possible < slot.start and not operation.locked:
            reasons.append(Reason(Why.CLOSED, {"since": cause.possible, "until": slot.start}))
        if cause.code is not Why.SETUP:
            reasons += self._setup_reasons(slot, operation)
        if not operation.locked:
            reasons.append(self._machine_reason(slot))
        return reasons

    def _facts(self, slot: Slot, operation: Operation, cause: Cause) -> dict[str, object]:
        match cause.code:
            case Why.AT_ONCE | Why.SETUP:
                return self._setup_facts(slot, operation) if cause.code is Why.SETUP else {}
            case Why.BEGUN | Why.PLACED:
                return {"since": slot.start}
            case Why.PINNED:
                return {"at": slot.start}
            case Why.HELD:
                following = self._following(slot)
                assert following
                return {"until": slot.start, "next": following.id, "max_wait": following.max_wait}
        facts: dict[str, object] = {"until": cause.until}
        if cause.by:
            facts |= {"by": cause.by.operation}
        if cause.by and cause.code is not Why.PREVIOUS:
            facts |= {"job": cause.by.job}
        return facts | ({"tool": operation.tool} if cause.code is Why.TOOL else {})

    def _setup_facts(self, slot: Slot, operation: Operation) -> dict[str, object]:
        return {"minutes": slot.setup, "before": self._family_before(slot), "after": operation.family}

    def _setup_reasons(self, slot: Slot, operation: Operation) -> list[Reason]:
        if slot.setup:
            return [Reason(Why.SETUP, self._setup_facts(slot, operation))]
        if operation.family and operation.family == self._family_before(slot):
            return [Reason(Why.SAME_FAMILY, {"family": operation.family})]
        return []

    def _machine_reason(self, slot: Slot) -> Reason:
        others = self._floor.elsewhere(slot)
        facts: dict[str, object] = {"others": {code: fit.end for code, fit in others.items()}}
        sooner = [fit for fit in others.values() if fit.end < slot.end]
        if not others:
            return Reason(Why.ONLY_MACHINE, {})
        if not sooner:
            return Reason(Why.EARLIEST, facts)
        saves = all(fit.setup > slot.setup for fit in sooner)
        return Reason(Why.SAVES_SETUP if saves else Why.CHOSEN, facts)

    def _minutes(self, job: Job) -> dict[str, int]:
        minutes: Counter[str] = Counter()
        cursor = 0
        for operation in job.operations:
            slot = self.schedule.slot[operation.id]
            if slot.end > cursor:
                minutes += self._wait(job, operation, slot, cursor)
                minutes += self._run(operation, slot, max(cursor, slot.start))
                cursor = slot.end
        return {str(code): n for code, n in minutes.items() if n}

    def _wait(self, job: Job, operation: Operation, slot: Slot, since: int) -> Counter[str]:
        """Minutes from `since` to the start of the run."""
        if slot.start <= since:
            return Counter()
        time = self._lane(slot).time
        there = min(max(job.release, operation.material, since), slot.start)
        setup_start = max(slot.setup_start, there)
        waiting, setup = time.between(there, setup_start), time.between(setup_start, slot.start)
        cause = self.cause(slot).code
        blocked = cause if cause in (Why.TOOL, Why.HELD, Why.PLACED, Why.PINNED) else Why.MACHINE
        return Counter(
            {
                Why.RELEASE if job.release >= operation.material else Why.MATERIAL: there - since,
                blocked: waiting,
                Why.SETUP: setup,
                Why.CLOSED: slot.start - there - waiting - setup,
            }
        )

    def _run(self, operation: Operation, slot: Slot, since: int) -> Counter[str]:
        """Minutes from `since` to the end of the run."""
        since = max(since, 0)
        work = self._lane(slot).time.between(since, slot.end)
        lock = operation.locked
        own = lock.remaining if lock and lock.begun and lock.remaining is not None else work
        own = min(own, work)
        return Counter({Why.RUN: own, Why.MACHINE: work - own, Why.CLOSED: slot.end - since - work})

    def _chain(self, job: Job) -> tuple[Link, ...]:
        links: list[Link] = []
        slot = max((self.schedule.slot[o.id] for o in job.operations), key=lambda s: s.end)
        while slot:
            cause = self.cause(slot)
            links.append(Link(slot.operation, slot.job, slot.machine, slot.start, slot.end, cause.code))
            slot = cause.by
        return tuple(reversed(links))

    def _lane(self, slot: Slot) -> Lane:
        return self._floor.lanes[slot.machine]

    def _earlier(self, slot: Slot) -> list[Slot]:
        """The slots of the operations before it in its job."""
        operations = self.problem.job_of[slot.operation].operations
        index = next(i for i, o in enumerate(operations) if o.id == slot.operation)
        return [self.schedule.slot[o.id] for o in operations[:index]]

    def _following(self, slot: Slot) -> Operation | None:
        operations = self.problem.job_of[slot.operation].operations
        index = next(i for i, o in enumerate(operations) if o.id == slot.operation)
        return operations[index + 1] if index + 1 < len(operations) else None

    def _family_before(self, slot: Slot) -> str:
        """The family in which the machine stood before the slot."""
        before = self._before.get(slot.operation)
        while before:
            if family := self.problem.operation[before.operation].family:
                return family
            before = self._before.get(before.operation)
        return self.problem.machine[slot.machine].family


def explain(problem: Problem, schedule: Schedule) -> tuple[Schedule, dict[Id, Lateness]]:
    """The schedule with the reasons of each slot, and why each late job is late."""
    explainer = Explainer(problem, schedule)
    return explainer.explained(), explainer.late()
