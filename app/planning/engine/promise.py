"""When one more job would be done, with everything planned left where it is."""

from dataclasses import dataclass

from .floor import Floor
from .linked import choose, place, runs
from .model import Job, Problem, Schedule, Slot


@dataclass(frozen=True)
class Promise:
    """The earliest `finish` of a job and the gaps that it would take."""

    finish: int
    slots: tuple[Slot, ...]


def promise(problem: Problem, schedule: Schedule, job: Job) -> Promise:
    """Fit a job that is not yet planned into the gaps of a schedule; no planned run moves.

    Raises ValueError if the job is planned already or no machine can do one of its operations.
    """
    planned = [o.id for o in job.operations if o.id in schedule.slot]
    if planned:
        raise ValueError(f"operation {planned[0]} is planned already")
    floor = Floor.loaded(problem, schedule.slots)
    for run in runs(job):
        place(floor, job, run, choose(floor, job, run))
    mine = {o.id for o in job.operations}
    slots = [s for lane in floor.lanes.values() for s in lane.slots if s.operation in mine]
    slots.sort(key=lambda s: (s.start, s.end))
    return Promise(max((s.end for s in slots), default=job.release), tuple(slots))
