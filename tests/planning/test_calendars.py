"""When people work: the week, official holidays, and the company's own word."""

from datetime import date

import pytest

from app.core.db import commit
from app.core.refusals import Refused
from app.planning import calendars

FIRST, LAST = date(2026, 9, 20), date(2027, 1, 31)


async def hours(code: str, day: date):
    return (await calendars.patterns(FIRST, LAST))[code].hours_on(day)


async def test_national_day_is_off_and_the_saturday_made_up_for_it_is_worked(house):
    assert await hours("day", date(2026, 10, 1)) == ()
    assert await hours("day", date(2026, 9, 20)) == calendars.DAY  # a Sunday worked for the bridge day
    assert await hours("day", date(2026, 10, 12)) == calendars.DAY


async def test_a_saturday_is_worked_and_a_sunday_is_not(house):
    assert await hours("two_shifts", date(2026, 12, 12)) != ()
    assert await hours("two_shifts", date(2026, 12, 13)) == ()


async def test_the_night_shift_belongs_to_the_day_it_begins(house):
    assert await hours("night", date(2026, 12, 8)) == ((1200, 1440), (1470, 1920))


async def test_furnaces_run_through_holidays(house):
    assert await hours("around_the_clock", date(2026, 10, 1)) == calendars.AROUND_THE_CLOCK


async def test_the_companys_word_wins_over_week_and_holiday(world):
    await commit(calendars.set_day, "day", date(2026, 12, 13), True, "赶货", by=world.liuyang)
    await commit(calendars.set_day, "day", date(2026, 12, 14), False, "停电", by=world.liuyang)
    assert await hours("day", date(2026, 12, 13)) == calendars.DAY
    assert await hours("day", date(2026, 12, 14)) == ()
    assert (await calendars.day_of("day", date(2026, 12, 14))).name == "停电"
    await commit(calendars.clear_day, "day", date(2026, 12, 14), by=world.liuyang)
    assert await hours("day", date(2026, 12, 14)) == calendars.DAY


async def test_a_year_that_is_not_announced_is_estimated(house):
    assert (await calendars.day_of("day", date(2027, 1, 1))).source == "estimated"
    assert (await calendars.day_of("day", date(2026, 10, 1))).source == "official"
    assert (await calendars.day_of("day", date(2026, 12, 8))).source == "week"


async def test_changing_a_calendar_is_refused_without_the_right(world):
    for verb, args in ((calendars.set_day, ("day", FIRST, True)), (calendars.clear_day, ("day", FIRST))):
        with pytest.raises(Refused, match="forbidden"):
            await commit(verb, *args, by=world.nobody)


async def test_a_calendar_nobody_knows_is_refused(world):
    with pytest.raises(Refused, match="unknown"):
        await commit(calendars.set_day, "nowhere", FIRST, True, by=world.liuyang)
