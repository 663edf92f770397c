"""Finite scheduling: a problem goes in, a schedule that explains itself comes out.

Pure Python over plain, picklable data: no table, no clock, no other part of the house, so that `plan` can run
in a child process. Times are minutes since `Problem.start`; `floor` holds the one way to place an operation.
"""

from .decoder import Assignment, decode, order_of
from .explain import Explainer, Lateness, Link, Why, explain
from .model import Calendar, Id, Job, Lock, Machine, Operation, Problem, Reason, Schedule, Slot, Stretch
from .planner import Plan, plan
from .promise import Promise, promise
from .score import Score, score
from .shifts import Hours, WorkPattern, always_open, shift
from .validate import Finding, validate

__all__ = [
    "Assignment",
    "Calendar",
    "Explainer",
    "Finding",
    "Hours",
    "Id",
    "Job",
    "Lateness",
    "Link",
    "Lock",
    "Machine",
    "Operation",
    "Plan",
    "Problem",
    "Promise",
    "Reason",
    "Schedule",
    "Score",
    "Slot",
    "Stretch",
    "Why",
    "WorkPattern",
    "always_open",
    "decode",
    "explain",
    "order_of",
    "plan",
    "promise",
    "score",
    "shift",
    "validate",
]
