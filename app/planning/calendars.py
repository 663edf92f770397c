"""When people work: patterns of shifts, official holidays, and the company's own word, which wins.

Hours of a day are minutes after its midnight; past 1440 is the next morning. The night shift belongs to the day it begins.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from app.catalog.masters import CALENDARS
from app.core import db
from app.core.refusals import UNKNOWN, Refused
from app.core.rows import locked
from app.core.words import Word, translate
from app.events.log import record
from app.people.actors import Actor
from app.planning.engine import Hours, WorkPattern, shift
from app.planning.events import CalendarChanged
from app.planning.permissions import EDIT_CALENDARS
from app.planning.tables import Calendar, CalendarDay

SIX_DAYS, EVERY_DAY = range(6), range(7)
DAY = shift("08:00", "17:30", ("12:00", "13:00"))
LONG_DAY = shift("08:00", "20:00", ("12:00", "12:30"), ("17:30", "18:00"))
NIGHT = shift("20:00", "08:00", ("00:00", "00:30"))
AROUND_THE_CLOCK: Hours = ((480, 1920),)
OUTSIDE = "outside"
"""The calendar of outside processors: calendar time, and jobs lie side by side."""

NAMES = dict(CALENDARS)
SEEDS: dict[str, tuple[Word, dict[int, Hours], bool]] = {
    "day": (NAMES["day"], dict.fromkeys(SIX_DAYS, DAY), False),
    "two_shifts": (NAMES["two_shifts"], dict.fromkeys(SIX_DAYS, (*LONG_DAY, *NIGHT)), False),
    "night": (NAMES["night"], dict.fromkeys(SIX_DAYS, NIGHT), False),
    "around_the_clock": (NAMES["around_the_clock"], dict.fromkeys(EVERY_DAY, AROUND_THE_CLOCK), True),
    OUTSIDE: (NAMES[OUTSIDE], dict.fromkeys(EVERY_DAY, AROUND_THE_CLOCK), True),
}

COMPANY, OFFICIAL, ESTIMATED, WEEK = "company", "official", "estimated", "week"


@dataclass(frozen=True)
class DayOff:
    """Whether a day is worked, who says so (company, official, estimated, week) and what it is called."""

    works: bool
    source: str
    name: str = ""


async def plant_calendars() -> None:
    """Write the calendars that are not there yet."""
    for code, (name, week, works_holidays) in SEEDS.items():
        await db.rows(
            "insert into calendars (code, name, week, works_holidays, version) values ({}, {}, {}, {}, 1)"
            " on conflict (code) do nothing",
            code, translate(name, "zh_CN"), json.dumps(week), works_holidays,
        )  # fmt: skip


def official(day: date, week: Mapping[int, Hours]) -> DayOff:
    """A day by the State Council's list; a year that is not announced yet is estimated from the week."""
    in_week = day.weekday() in week
    try:
        holiday, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return DayOff(in_week, ESTIMATED)
    if name is None:
        return DayOff(in_week, WEEK)
    return DayOff(not holiday, OFFICIAL, str(name))


async def patterns(first: date, last: date) -> dict[str, WorkPattern]:
    """The working hours of every calendar by its code, with all exceptions between two days."""
    found = {code: (week, works) for code, (_name, week, works) in SEEDS.items()}
    for row in await db.rows("select code, week, works_holidays from calendars"):
        found[row["code"]] = (_week(row["week"]), row["works_holidays"])
    said = await db.rows(
        "select c.code, d.day, d.works from calendar_days d join calendars c on c.id = d.calendar where d.day >= {} and d.day <= {}",
        first, last,
    )  # fmt: skip
    company: dict[str, dict[date, bool]] = {}
    for row in said:
        company.setdefault(row["code"], {})[row["day"]] = bool(row["works"])
    return {
        code: WorkPattern(code, week, _exceptions(week, bool(works), company.get(code, {}), first, last))
        for code, (week, works) in found.items()
    }


def _week(text: str) -> dict[int, Hours]:
    return {int(day): tuple((int(a), int(b)) for a, b in hours) for day, hours in json.loads(text).items()}


def _exceptions(
    week: Mapping[int, Hours], works_holidays: bool, company: Mapping[date, bool], first: date, last: date
) -> dict[date, Hours]:
    usual = next(iter(week.values()), ())
    days: dict[date, Hours] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        works = company.get(day)
        if works is None and not works_holidays:
            word = official(day, week)
            works = word.works if word.source == OFFICIAL else None
        if works is not None and works != (day.weekday() in week):
            days[day] = usual if works else ()
    return days


async def day_of(code: str, day: date) -> DayOff:
    """What the calendar says about one day, and who says it."""
    return (await days_of(code, day, day))[day]


async def days_of(code: str, first: date, last: date) -> dict[date, DayOff]:
    """The same for each day from the first to the last."""
    said = await db.rows(
        "select d.day, d.works, d.note from calendar_days d join calendars c on c.id = d.calendar"
        " where c.code = {} and d.day >= {} and d.day <= {}",
        code, first, last,
    )  # fmt: skip
    pattern = (await patterns(first, last)).get(code)
    week = pattern.week if pattern else {}
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    company = {row["day"]: DayOff(bool(row["works"]), COMPANY, row["note"]) for row in said}
    return {day: company.get(day) or official(day, week) for day in days}


async def set_day(code: str, day: date, works: bool, note: str = "", *, by: Actor) -> CalendarDay:
    """The company's own word on a day, over week and official calendar."""
    by.must(EDIT_CALENDARS)
    calendar = await _calendar(code)
    before = await day_of(code, day)
    await db.rows(
        "insert into calendar_days (calendar, day, works, note) values ({}, {}, {}, {})"
        " on conflict (calendar, day) do update set works = excluded.works, note = excluded.note",
        calendar.id, day, works, note[:80],
    )  # fmt: skip
    changed = CalendarChanged(
        subject=("calendar", calendar.id),
        what=calendar.name,
        changes={day.isoformat(): [before.works, works]},
    )
    await record(changed, by=by)
    found = (
        await CalendarDay.objects()
        .where((CalendarDay.calendar == calendar.id) & (CalendarDay.day == day))
        .first()
    )
    assert found is not None
    return found


async def clear_day(code: str, day: date, *, by: Actor) -> None:
    """Take the company's word on a day back."""
    by.must(EDIT_CALENDARS)
    calendar = await _calendar(code)
    await db.rows("delete from calendar_days where calendar = {} and day = {}", calendar.id, day)
    await record(
        CalendarChanged(
            subject=("calendar", calendar.id), what=calendar.name, changes={day.isoformat(): ["", "—"]}
        ),
        by=by,
    )


async def _calendar(code: str) -> Calendar:
    await plant_calendars()
    try:
        return await locked(Calendar, Calendar.code == code[:60])
    except Refused:
        raise Refused(UNKNOWN, "calendar", given=code[:60]) from None
