"""The previous schedule carried over to a changed problem: same order, same machines, new work behind it."""

from .calendar import Times, tabulate
from .floor import Floor, Lane
from .linked import Run, choose, place, runs
from .model import Id, Job, Problem, Schedule


def repair(problem: Problem, previous: Schedule, times: Times | None = None) -> Schedule:
    """Place what was planned in its old order on its old machines, then the rest by due date into the gaps.

    Only the order of the old times counts, so they may be minutes of another start.
    """
    floor = Floor(problem, times or tabulate(problem))
    for job, run in _queue(problem, previous):
        place(floor, job, run, _lanes(floor, previous, job, run))
    return floor.schedule()


def moved(problem: Problem, previous: Schedule, schedule: Schedule) -> int:
    """How many operations of the problem changed their machine."""
    old = previous.slot
    return sum(
        s.operation in old and old[s.operation].machine != s.machine
        for s in schedule.slots
        if s.operation in problem.operation
    )


def _queue(problem: Problem, previous: Schedule) -> list[tuple[Job, Run]]:
    queue = []
    for rank, job in enumerate(problem.jobs):
        due = problem.horizon if job.due is None else job.due
        key: tuple[bool, float] = (False, float("-inf"))
        for step, run in enumerate(runs(job)):
            old = previous.slot.get(run[0].id)
            # Never before the earlier operations of its own job, wherever the old schedule had it.
            key = max(key, (False, old.start) if old else (True, due))
            queue.append((key, rank, step, job, run))
    queue.sort(key=lambda entry: entry[:3])
    return [(job, run) for *_, job, run in queue]


def _lanes(floor: Floor, previous: Schedule, job: Job, run: Run) -> list[Lane]:
    old: dict[Id, str] = {o.id: previous.slot[o.id].machine for o in run if o.id in previous.slot}
    free = {o.id: {lane.machine.code: lane for lane in floor.choices(o)} for o in run}
    if all(old.get(o.id) in free[o.id] for o in run):
        return [free[o.id][old[o.id]] for o in run]
    return choose(floor, job, run)
