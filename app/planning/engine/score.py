"""How good a schedule is."""

from dataclasses import dataclass

from .model import Problem, Schedule

MAKESPAN, SETUP = 0.05, 0.2
"""What a minute of makespan and of changeover costs, in weighted minutes late."""


@dataclass(frozen=True)
class Score:
    """`weighted_tardiness` = Σ weight · minutes late; `setup` = changeover minutes; `makespan` = last end.

    `late` of the `jobs` that have a due date end after it.
    """

    weighted_tardiness: float
    setup: int
    makespan: int
    late: int
    jobs: int

    @property
    def on_time_rate(self) -> float:
        """Share of the jobs with a due date that end by it; 1 when there is none."""
        return 1 - self.late / self.jobs if self.jobs else 1.0

    @property
    def cost(self) -> float:
        """One number to compare schedules by; less is better."""
        return self.weighted_tardiness + MAKESPAN * self.makespan + SETUP * self.setup


def score(problem: Problem, schedule: Schedule) -> Score:
    """Judge a complete schedule."""
    jobs = problem.jobs
    tardiness = [(j.weight, max(schedule.finish(j) - j.due, 0)) for j in jobs if j.due is not None]
    return Score(
        weighted_tardiness=sum(weight * minutes for weight, minutes in tardiness),
        setup=sum(slot.setup for slot in schedule.slots),
        makespan=max((slot.end for slot in schedule.slots), default=0),
        late=sum(minutes > 0 for _, minutes in tardiness),
        jobs=len(tardiness),
    )
