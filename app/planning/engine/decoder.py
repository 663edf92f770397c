"""From an order of operations to the exact schedule: the single source of truth of the engine."""

from collections.abc import Iterable
from typing import NamedTuple

from .calendar import Times
from .floor import Floor
from .linked import place, runs
from .model import Id, Problem, Schedule


class Assignment(NamedTuple):
    """An operation and the machine that does it."""

    operation: Id
    machine: str


def decode(problem: Problem, order: Iterable[Assignment], times: Times | None = None) -> Schedule:
    """Place the operations one after another, each as early as its machine, tool and job allow.

    `order` names every operation that is not locked once, those of one job in their own order. An operation
    linked by a maximum wait goes with the one before it. Raises ValueError, saying what is wrong.
    """
    order = tuple(order)
    machine = _machines(problem, order)
    floor = Floor(problem, times)
    pending = {job.id: list(runs(job)) for job in problem.jobs}
    placed: set[Id] = set()
    for operation, _ in order:
        if operation in placed:
            continue
        job = problem.job_of[operation]
        run = pending[job.id].pop(0)
        if run[0].id != operation:
            raise ValueError(f"operation {operation} comes before {run[0].id} of the same job")
        place(floor, job, run, [floor.lanes[machine[o.id]] for o in run])
        placed.update(o.id for o in run)
    return floor.schedule()


def order_of(problem: Problem, schedule: Schedule) -> list[Assignment]:
    """The order that a schedule implies, without locked operations and those the problem does not know."""
    slots = (s for s in schedule.slots if s.operation in problem.operation)
    rank = {o.id: i for job in problem.jobs for i, o in enumerate(job.operations)}
    return [
        Assignment(s.operation, s.machine)
        for s in sorted(slots, key=lambda s: (s.start, s.end, rank[s.operation]))
        if not problem.operation[s.operation].locked
    ]


def _machines(problem: Problem, order: tuple[Assignment, ...]) -> dict[Id, str]:
    machine: dict[Id, str] = {}
    for assignment in order:
        operation = problem.operation.get(assignment.operation)
        if operation is None:
            raise ValueError(f"operation {assignment.operation} is not part of the problem")
        if operation.locked:
            raise ValueError(f"operation {operation.id} is locked; it has no place in the order")
        if operation.id in machine:
            raise ValueError(f"operation {operation.id} is there twice")
        if assignment.machine not in operation.durations:
            raise ValueError(f"operation {operation.id} cannot be done on {assignment.machine}")
        machine[operation.id] = assignment.machine
    for operation in problem.operation.values():
        if not operation.locked and operation.id not in machine:
            raise ValueError(f"operation {operation.id} is missing in the order")
    return machine
