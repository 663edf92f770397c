"""When one more job would be done, with everything planned left where it is."""

from dataclasses import dataclass, replace

from .floor import Floor
from .linked import choose, place, runs
from .model import Job, Problem, Schedule


@dataclass(frozen=True)
class Promise:
    """The earliest `finish` of a job, and the `schedule` with the job in it."""

    finish: int
    schedule: Schedule


def promise(problem: Problem, schedule: Schedule, job: Job) -> Promise:
    """Fit a job that is not yet planned into the gaps of a schedule; no planned run moves.

    Only a changeover may shift within its gap. Locks of the job do not count, as it has no place yet. Raises
    ValueError if the job is planned already or no machine can do one of its operations.
    """
    planned = [o.id for o in job.operations if o.id in schedule.slot]
    if planned:
        raise ValueError(f"operation {planned[0]} is planned already")
    job = replace(job, operations=tuple(replace(o, locked=None) for o in job.operations))
    floor = Floor.loaded(problem, schedule.slots)
    for run in runs(job):
        place(floor, job, run, choose(floor, job, run))
    together = floor.schedule()
    return Promise(together.finish(job), together)
