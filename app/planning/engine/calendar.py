"""Exact working minutes: two tables turn "n minutes of work from t on" into one look-up."""

from array import array

from .model import WEEK, Calendar, Problem

LIMIT = 20 * 366 * 24 * 60
"""Minutes after which a plan makes no sense any more: 20 years."""


class WorkingTime:
    """Working minutes of one calendar.

    `before[t]` = working minutes before minute t; `minute_of[w]` = the minute of the w-th working minute.
    The tables begin with the horizon and grow by the calendar's last week when work runs past it.
    """

    def __init__(self, problem: Problem, calendar: Calendar) -> None:
        self._problem, self._calendar = problem, calendar
        self.before = array("i")
        self.minute_of = array("i")
        self._tabulate(problem.horizon)

    @property
    def ends(self) -> bool:
        """Whether work stops for good: nothing is open in the last week before the horizon."""
        horizon = self._problem.horizon
        return self.between(horizon - min(WEEK, horizon), horizon) == 0

    def next_open(self, t: int) -> int:
        """The first working minute at or after t."""
        try:
            return self.minute_of[self.before[t]]
        except IndexError:
            self._grow(t)
            return self.next_open(t)

    def finish(self, t: int, minutes: int) -> int:
        """The minute at which `minutes` of work, begun at or after t, are done (t itself for none)."""
        if minutes <= 0:
            return t
        try:
            return self.minute_of[self.before[t] + minutes - 1] + 1
        except IndexError:
            self._grow(t)
            return self.finish(t, minutes)

    def latest_start(self, end: int, minutes: int) -> int:
        """The latest minute from which `minutes` of work are done by `end`; 0 if there is too little time."""
        if minutes <= 0:
            return end
        return self.minute_of[max(self.work_before(end) - minutes, 0)]

    def work_before(self, t: int) -> int:
        """Working minutes before t."""
        try:
            return self.before[max(t, 0)]
        except IndexError:
            self._grow(t)
            return self.work_before(t)

    def between(self, a: int, b: int) -> int:
        """Working minutes from a to b."""
        return self.work_before(b) - self.work_before(a)

    def _grow(self, t: int) -> None:
        known, work = len(self.before), len(self.minute_of)
        if max(t, known) > LIMIT:
            raise ValueError(f"calendar {self._calendar.code}: the work would end after more than 20 years")
        self._tabulate(2 * max(t, known))
        if len(self.minute_of) == work:
            raise ValueError(f"calendar {self._calendar.code} has no working time at its end")

    def _tabulate(self, until: int) -> None:
        before, minute_of = array("i"), array("i")
        for start, end in self._problem.open_hours(self._calendar, until):
            closed = start - len(before)
            before.extend([len(minute_of)] * closed)
            before.extend(range(len(minute_of), len(minute_of) + end - start))
            minute_of.extend(range(start, end))
        before.extend([len(minute_of)] * (until + 1 - len(before)))
        self.before, self.minute_of = before, minute_of


Times = dict[str, WorkingTime]


def tabulate(problem: Problem) -> Times:
    """Calendar code → its working time; the tables are dear to make and serve any number of floors."""
    return {calendar.code: WorkingTime(problem, calendar) for calendar in problem.calendars}
