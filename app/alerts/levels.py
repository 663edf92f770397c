"""How urgent a finding is by its rule. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from app.alerts.kinds import DAYS_LATE, DAYS_LEFT, First, Kind


@dataclass(frozen=True)
class Now:
    """The moment of a sweep: the day, and the working time until it."""

    instant: datetime
    today: date
    worked: Callable[[datetime], float]  # working hours since a moment
    ago: Callable[[int], datetime]  # the moment so many working hours before


def thresholds(rule: dict[str, Any]) -> list[tuple[int, int]]:
    """(level, figure from which on it holds) of the levels that the rule uses, least urgent first."""
    each = ((1, rule["notice"]), (2, rule["warning"]), (3, rule["escalation"]))
    return [(level, figure) for level, figure in each if figure is not None]


def in_order(kind: Kind, figures: list[int]) -> bool:
    """Whether each level is more urgent than the one before."""
    pairs = list(pairwise(figures))
    return all(a > b for a, b in pairs) if kind.falls else all(a < b for a, b in pairs)


def first_of(kind: Kind, rule: dict[str, Any], now: Now) -> First:
    """What the kind's condition compares with: the first level as a day or an instant."""
    figure = thresholds(rule)[0][1]
    day = now.today.fromordinal(now.today.toordinal() + figure) if kind.counts == DAYS_LEFT else None
    return First(rule["customer_level"], rule["stage"], day, now.ago(figure) if day is None else None)


def figure_of(kind: Kind, row: dict[str, Any], now: Now) -> int:
    """Days left, days later than promised, or full working hours waited."""
    if kind.counts == DAYS_LEFT:
        return ((row.get("next_due") or row["due"]) - now.today).days
    if kind.counts == DAYS_LATE:
        return (row["until"] - (row["promised"] or row["due"])).days
    return int(now.worked(row["since"]))


def level_of(kind: Kind, rule: dict[str, Any], figure: int) -> int:
    """0 when not even the first level is reached. Days left are reached from below: fewer than."""
    reached = [
        level
        for level, threshold in thresholds(rule)
        if (figure < threshold if kind.falls else figure >= threshold)
    ]
    return max(reached, default=0)
