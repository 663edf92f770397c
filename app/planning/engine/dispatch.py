"""Priority rules: a machine that falls idle takes the most urgent of the operations that wait for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import log
from random import Random

from .calendar import Times, tabulate
from .decoder import Assignment, decode
from .floor import Floor, Lane
from .linked import Run, choose, place, runs
from .model import Job, Problem, Schedule

ATCS_FACTORS = tuple((k1, k2) for k1 in (0.25, 0.5, 2.0, 4.0) for k2 in (0.2, 1.0))
"""(k1, k2) of the sweep: how far slack and changeovers are looked at; the less, the more they count."""


@dataclass(eq=False)
class Waiting:
    """A run of a job that may go next; `work` = shortest minutes from here to the end of the job."""

    job: Job
    run: Run
    work: int
    tie: float
    placed: bool = False


Priority = Callable[[Floor, Waiting, Lane, int], float]
"""Urgency of a waiting run on a lane at a minute; the highest goes first."""


def edd(floor: Floor, waiting: Waiting, lane: Lane, minute: int) -> float:
    """Earliest due date first: the usual way, kept as the baseline."""
    return float("-inf") if waiting.job.due is None else -waiting.job.due


def atcs(problem: Problem, k1: float, k2: float) -> Priority:
    """Apparent tardiness cost with setups: weight per minute of work, discounted by slack and changeover."""
    operations = problem.operation.values()
    setups = [minutes for minutes in (*problem.setups.values(), *(o.setup for o in operations)) if minutes]
    per_slack = 1 / (k1 * (sum(o.shortest for o in operations) / max(len(operations), 1) or 1))
    per_setup = 1 / (k2 * sum(setups) / len(setups)) if setups else 0.0
    horizon = problem.horizon

    def priority(floor: Floor, waiting: Waiting, lane: Lane, minute: int) -> float:
        job, head = waiting.job, waiting.run[0]
        due = horizon if job.due is None else min(job.due, horizon)
        slack = max(lane.time.between(minute, due) - waiting.work, 0)
        setup = floor.changeover(head, lane, lane.index_at(minute))
        urgency = log(job.weight / head.durations[lane.machine.code])
        return urgency - slack * per_slack - setup * per_setup

    return priority


def dispatch(
    problem: Problem, priority: Priority, seed: int = 0, times: Times | None = None
) -> list[Assignment]:
    """The order in which a rule places the operations, for `decode`. `seed` breaks ties."""
    return _Pass(problem, priority, seed, times or tabulate(problem)).order()


def sweep(problem: Problem, seed: int = 0, times: Times | None = None) -> Iterator[Schedule]:
    """The schedules of ATCS, one for each pair of factors."""
    times = times or tabulate(problem)
    for k1, k2 in ATCS_FACTORS:
        yield decode(problem, dispatch(problem, atcs(problem, k1, k2), seed, times), times)


class _Pass:
    """One pass through time. A machine that falls idle names the most urgent run that waits for it, and the
    run goes to whichever of its machines ends it first, be it another one."""

    def __init__(self, problem: Problem, priority: Priority, seed: int, times: Times) -> None:
        self._floor = Floor(problem, times)
        self._priority = priority
        self._pending = {job.id: list(runs(job)) for job in problem.jobs}
        self._waiting: dict[str, list[Waiting]] = {code: [] for code in self._floor.lanes}
        self._agenda: list[tuple[int, int, int, Job | None, Lane | None]] = []
        self._called: dict[str, int] = {}
        self._order: list[Assignment] = []
        self._random, self._count = Random(seed), count()
        for job in problem.jobs:
            self._announce(job)

    def order(self) -> list[Assignment]:
        """The operations in the order in which they were placed, for `decode`."""
        while self._agenda:
            minute, _, _, job, lane = heappop(self._agenda)
            if job:
                self._arrive(job, minute)
            elif lane:
                self._serve(lane, minute)
        return self._order

    def _announce(self, job: Job) -> None:
        if self._pending[job.id]:
            self._note(self._floor.ready(job, self._pending[job.id][0][0]), 0, job, None)

    def _call(self, lane: Lane, minute: int) -> None:
        """Have the lane served when it is next idle."""
        idle = lane.idle_from(minute)
        if self._called.get(lane.machine.code) != idle:
            self._called[lane.machine.code] = idle
            self._note(idle, 1, None, lane)

    def _note(self, minute: int, rank: int, job: Job | None, lane: Lane | None) -> None:
        heappush(self._agenda, (minute, rank, next(self._count), job, lane))

    def _arrive(self, job: Job, minute: int) -> None:
        left = self._pending[job.id]
        waiting = Waiting(job, left[0], sum(o.shortest for run in left for o in run), self._random.random())
        for lane in self._floor.choices(waiting.run[0]):
            self._waiting[lane.machine.code].append(waiting)
            self._call(lane, minute)

    def _serve(self, lane: Lane, minute: int) -> None:
        """Let the lane take runs until it is busy at this minute or none waits for it."""
        code = lane.machine.code
        self._called.pop(code, None)
        while queue := [w for w in self._waiting[code] if not w.placed]:
            self._waiting[code] = queue
            if lane.idle_from(minute) > minute:
                return self._call(lane, minute)
            self._place(max(queue, key=lambda w: (self._priority(self._floor, w, lane, minute), w.tie)))
        self._waiting[code] = []

    def _place(self, waiting: Waiting) -> None:
        lanes = choose(self._floor, waiting.job, waiting.run)
        place(self._floor, waiting.job, waiting.run, lanes)
        waiting.placed = True
        self._pending[waiting.job.id].pop(0)
        for operation, lane in zip(waiting.run, lanes, strict=True):
            self._order.append(Assignment(operation.id, lane.machine.code))
        self._announce(waiting.job)
