"""From working hours on the wall clock to a calendar in minutes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from .model import Calendar, Stretch

DAY = 24 * 60
Hours = tuple[tuple[int, int], ...]
"""Working stretches of a shift day, in minutes after its midnight; past 1440 is the next morning."""


def shift(begins: str, ends: str, *breaks: tuple[str, str]) -> Hours:
    """Hours of one shift from clock times: `shift("20:00", "08:00", ("00:00", "00:30"))`.

    A shift that ends at or before its begin ends on the next day, and so do breaks earlier than its begin.
    """
    start = cursor = _clock(begins)
    end = _clock(ends) + (DAY if _clock(ends) <= start else 0)
    pauses = sorted(tuple(m + DAY if m < start else m for m in map(_clock, pause)) for pause in breaks)
    hours = []
    for off, on in [*pauses, (end, end)]:
        if not cursor <= off <= on <= end:
            raise ValueError(f"a break of the shift {begins}–{ends} lies outside it or over another")
        hours.append((cursor, off))
        cursor = on
    return tuple((a, b) for a, b in hours if a < b)


@dataclass(frozen=True)
class WorkPattern:
    """The hours worked on each weekday (0 = Monday; a weekday that is not there is a rest day).

    The night shift belongs to the day on which it begins, so it is worked through into a rest day.
    `days` holds exceptions, which win: day → its hours (none: closed).
    """

    code: str
    week: Mapping[int, Hours]
    days: Mapping[date, Hours] = field(default_factory=dict)

    def hours_on(self, day: date) -> Hours:
        """The hours of the shift day."""
        return self.days[day] if day in self.days else self.week.get(day.weekday(), ())

    def calendar(self, start: datetime, horizon: int) -> Calendar:
        """Working stretches from `start` (aware, in the factory's zone) for `horizon` minutes."""
        if start.tzinfo is None:
            raise ValueError("the start of a calendar needs a time zone")
        stretches: list[Stretch] = []
        last = 0
        for begins, ends, day in sorted(self._moments(start, horizon)):
            stretch = Stretch(max(_minute(begins, start), last), min(_minute(ends, start), horizon), day)
            if stretch.start < stretch.end:
                stretches.append(stretch)
                last = stretch.end
        return Calendar(self.code, tuple(stretches))

    def _moments(self, start: datetime, horizon: int) -> Iterator[tuple[datetime, datetime, date]]:
        first, last = start.date() - timedelta(days=1), (start + timedelta(minutes=horizon)).date()
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            midnight = datetime.combine(day, time(), start.tzinfo)
            for begins, ends in self.hours_on(day):
                yield midnight + timedelta(minutes=begins), midnight + timedelta(minutes=ends), day


def always_open(code: str, horizon: int) -> Calendar:
    """Day and night, for an outside processor whose lead time counts calendar time."""
    return Calendar(code, (Stretch(0, horizon),))


def _clock(text: str) -> int:
    moment = time.fromisoformat(text)
    return moment.hour * 60 + moment.minute


def _minute(moment: datetime, start: datetime) -> int:
    # Through UTC, because subtracting two times of one zone ignores a change of the clock between them.
    return int((moment.astimezone(UTC) - start.astimezone(UTC)).total_seconds() // 60)
