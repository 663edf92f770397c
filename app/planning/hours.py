"""Working hours between two moments by the calendar of the office: what "quiet for four hours" means over a night or a holiday."""

from bisect import bisect_right
from datetime import datetime, timedelta
from itertools import accumulate

from app.core import clock
from app.planning.calendars import patterns

OFFICE = "day"
"""The calendar whose hours count when people are waited for."""
BACK = 120


class WorkingHours:
    """The office's working time of the last months up to `until`."""

    def __init__(self, stretches: list[tuple[datetime, datetime]]) -> None:
        self.stretches = stretches
        self._starts = [start for start, _end in stretches]
        self._before = [timedelta(0), *accumulate(end - start for start, end in stretches)]

    @classmethod
    async def until(cls, now: datetime) -> "WorkingHours":
        start = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=BACK)
        pattern = (await patterns(start.date() - timedelta(days=1), now.date() + timedelta(days=2)))[OFFICE]
        minutes = int((now - start).total_seconds() // 60) + 1
        found = []
        for stretch in pattern.calendar(start, minutes).stretches:
            ends = min(start + timedelta(minutes=stretch.end), now)
            found.append((start + timedelta(minutes=stretch.start), ends))
        return cls(found)

    def worked(self, moment: datetime) -> timedelta:
        """Working time from the beginning of what is known until a moment."""
        at = bisect_right(self._starts, moment)
        if at == 0:
            return timedelta(0)
        start, end = self.stretches[at - 1]
        return self._before[at - 1] + min(moment, end) - start

    def between(self, since: datetime, until: datetime) -> timedelta:
        return self.worked(until) - self.worked(since)

    def ago(self, hours: float, now: datetime) -> datetime:
        """The moment so many working hours before now: who waits since then or longer has waited that long."""
        wanted = self.worked(now) - timedelta(hours=hours)
        if wanted <= timedelta(0):
            return self.stretches[0][0] if self.stretches else now - timedelta(days=BACK)
        at = bisect_right(self._before, wanted) - 1
        if at and self._before[at] == wanted:  # just at the end of a stretch
            return self.stretches[at - 1][1]
        return self.stretches[at][0] + wanted - self._before[at]
