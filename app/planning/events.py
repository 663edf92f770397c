"""What happened to schedules and to what they promise."""

from dataclasses import dataclass, field
from typing import Any

from app.core.words import N_
from app.events.log import Changed, Event


@dataclass(frozen=True, kw_only=True)
class ScheduleMade(Event):
    name = "schedule.made"
    sentence = N_("made schedule %(number)s: on time %(on_time)s %% (by due date alone %(baseline)s %%)")
    icon = "calendar-range"

    number: str
    on_time: int
    baseline: int
    operations: int


@dataclass(frozen=True, kw_only=True)
class ScheduleFailed(Event):
    name = "schedule.failed"
    sentence = N_("could not make schedule %(number)s: %(why)s")
    icon = "triangle-alert"

    number: str
    why: str


@dataclass(frozen=True, kw_only=True)
class SchedulePublished(Event):
    name = "schedule.published"
    sentence = N_("published schedule %(number)s: %(operations)s operations")
    icon = "calendar-check"

    number: str
    operations: int


@dataclass(frozen=True, kw_only=True)
class OrderProjected(Event):
    """Planning expects the goods of an order on another day than before."""

    name = "order.projected"
    sentence = N_("planned %(number)s: ready on %(day)s")
    icon = "calendar-check"

    number: str
    day: str
    before: str
    due: str
    late: bool
    changes: dict[str, list[Any]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Changed):
    name = "calendar.changed"
    sentence = N_("changed calendar %(what)s")
    icon = "calendar-cog"
