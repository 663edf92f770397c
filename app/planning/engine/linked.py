"""Operations that may not wait long for each other are placed together."""

from collections.abc import Iterator, Sequence

from .floor import Floor, Lane, Step
from .model import Job, Operation

ROUNDS = 20
"""Attempts to hold operations back until each maximum wait is kept."""

Run = tuple[Operation, ...]


def runs(job: Job) -> Iterator[Run]:
    """The operations still to be placed, those linked by a maximum wait in one run."""
    run: list[Operation] = []
    linked = False
    for operation in job.operations:
        if run and not (linked and operation.max_wait is not None and not operation.locked):
            yield tuple(run)
            run = []
        if not operation.locked:
            run.append(operation)
        linked = not operation.locked
    if run:
        yield tuple(run)


def choose(floor: Floor, job: Job, run: Run) -> list[Lane]:
    """For each operation of the run the lane on which it ends first."""
    if len(run) == 1:
        return [floor.best(job, run[0])[0]]
    steps: list[Step] = []
    for operation in run:
        lane, fit = floor.best(job, operation)
        steps.append(floor.put(job, operation, lane, fit))
    floor.take_back(steps)
    return [step.lane for step in steps]


def place(floor: Floor, job: Job, run: Run, lanes: Sequence[Lane]) -> None:
    """Put the run in its lanes, each operation held back until the next can follow within its wait.

    A wait that cannot be kept (a lane closed for longer than the wait) is exceeded, and nothing held back
    for it; `validate` names it.
    """
    holds = [0] * len(run)
    for attempt in range(ROUNDS + 1):
        steps: list[Step] = []
        for operation, lane, hold in zip(run, lanes, holds, strict=True):
            ready = max(floor.ready(job, operation), hold)
            steps.append(floor.put(job, operation, lane, floor.fit(operation, lane, ready)))
        late = _first_too_late(steps)
        if late is None or attempt == ROUNDS:
            return
        floor.take_back(steps)
        holds[late - 1] = _hold(steps[late - 1], steps[late])
        if attempt == ROUNDS - 1:
            holds = [0] * len(run)


def _first_too_late(steps: Sequence[Step]) -> int | None:
    for i in range(1, len(steps)):
        wait = steps[i].operation.max_wait
        if wait is not None and steps[i].fit.start - steps[i - 1].fit.end > wait:
            return i
    return None


def _hold(before: Step, late: Step) -> int:
    """The first minute at which `before` may start so that it ends within the wait of `late`."""
    time = before.lane.time
    duration = before.operation.durations[before.lane.machine.code]
    target = late.fit.start - (late.operation.max_wait or 0)
    start = time.latest_start(target, duration)
    return start if time.finish(start, duration) >= target else start + 1
