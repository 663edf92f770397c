"""The way from a problem to the plan that is shown."""

from dataclasses import dataclass

from .calendar import tabulate
from .decoder import decode
from .dispatch import dispatch, edd, sweep
from .explain import Lateness, explain
from .model import Id, Problem, Schedule
from .repair import moved, repair
from .score import Score, score

MOVED = 30
"""What it costs, in weighted minutes late, to send an operation to another machine than the floor knows."""


@dataclass(frozen=True)
class Plan:
    """`schedule` with its reasons; `baseline_score` is what the earliest due date rule would reach;
    `reasons` tells for each late job why it is late."""

    schedule: Schedule
    score: Score
    baseline_score: Score
    reasons: dict[Id, Lateness]


def plan(problem: Problem, previous: Schedule | None = None, seed: int = 0) -> Plan:
    """The best of earliest due date, the ATCS sweep and, if there is one, the previous schedule repaired.

    The same input gives the same plan; `seed` breaks ties between equal priorities. Raises ValueError, saying
    why, when an operation can never be done.
    """
    times = tabulate(problem)
    baseline = decode(problem, dispatch(problem, edd, seed, times), times)
    candidates = [baseline, *sweep(problem, seed, times)]
    if previous:
        candidates.append(repair(problem, previous, times))

    def cost(schedule: Schedule) -> float:
        unrest = moved(problem, previous, schedule) if previous else 0
        return score(problem, schedule).cost + MOVED * unrest

    best = min(candidates, key=cost)
    schedule, reasons = explain(problem, best)
    return Plan(schedule, score(problem, schedule), score(problem, baseline), reasons)
