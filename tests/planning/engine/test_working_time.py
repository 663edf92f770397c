from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.planning.engine import WorkPattern, shift
from app.planning.engine.calendar import tabulate
from tests.planning.engine.small import calendar, shop

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = shift("08:00", "20:00", ("11:30", "12:00"))
NIGHT = shift("20:00", "08:00", ("00:00", "00:30"))


def working_time(*hours: tuple[int, int], horizon: int = 10_000):
    return tabulate(shop(hours=hours, horizon=horizon))["shift"]


def test_work_goes_on_after_the_meal_break():
    time = working_time((480, 720), (780, 1020))
    assert time.finish(480, 240) == 720
    assert time.finish(480, 241) == 781
    assert time.finish(480, 300) == 840
    assert time.finish(730, 10) == 790
    assert time.next_open(720) == 780
    assert time.latest_start(790, 20) == 710
    assert time.between(700, 790) == 30


@given(
    cuts=st.lists(st.integers(0, 300), min_size=2, max_size=12, unique=True).map(sorted),
    begin=st.integers(0, 300),
    minutes=st.integers(1, 120),
)
def test_working_minutes_are_those_counted_one_by_one(cuts, begin, minutes):
    hours = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    time = working_time(*hours, (500, 600), horizon=600)
    again = [(a + 600, b + 600) for a, b in (*hours, (500, 600))]
    minutes_open = [m for a, b in (*hours, (500, 600), *again) for m in range(a, b)]
    worked = [m for m in minutes_open if m >= begin][:minutes]
    assert time.next_open(begin) == worked[0]
    assert time.finish(begin, minutes) == worked[-1] + 1
    assert time.latest_start(worked[-1] + 1, minutes) == worked[0]
    assert time.between(begin, worked[-1] + 1) == minutes


def test_the_night_shift_belongs_to_the_day_on_which_it_begins():
    monday = datetime(2026, 11, 23, 8, tzinfo=SHANGHAI)
    cal = WorkPattern("two", dict.fromkeys(range(6), DAY + NIGHT)).calendar(monday, 3 * 1440)
    tuesday_3_am = 19 * 60
    assert cal.shift_at(tuesday_3_am).day == date(2026, 11, 23)
    assert cal.shift_at(24 * 60).day == date(2026, 11, 24)
    assert cal.shift_at(16 * 60 + 10) is None  # 00:10, the meal of the night


def test_a_plan_made_in_the_morning_still_has_the_rest_of_the_night():
    tuesday_6_am = datetime(2026, 11, 24, 6, tzinfo=SHANGHAI)
    cal = WorkPattern("night", {0: NIGHT}).calendar(tuesday_6_am, 1440)
    assert [(s.start, s.end, s.day) for s in cal.stretches] == [(0, 120, date(2026, 11, 23))]


def test_the_saturday_night_is_worked_into_the_sunday_of_rest():
    saturday = datetime(2026, 11, 28, 20, tzinfo=SHANGHAI)
    cal = WorkPattern("two", dict.fromkeys(range(6), DAY + NIGHT)).calendar(saturday, 2 * 1440)
    sunday_work = [s for s in cal.stretches if s.start < 36 * 60]
    assert [(s.start, s.end) for s in sunday_work] == [(0, 240), (270, 720)]
    assert {s.day for s in sunday_work} == {date(2026, 11, 28)}


def test_an_exception_wins_over_the_week():
    monday = datetime(2026, 11, 23, tzinfo=SHANGHAI)
    sunday = date(2026, 11, 29)
    pattern = WorkPattern(
        "one", dict.fromkeys(range(6), ((480, 720),)), {date(2026, 11, 24): (), sunday: ((600, 660),)}
    )
    days = {s.day: s.end - s.start for s in pattern.calendar(monday, 7 * 1440).stretches}
    assert date(2026, 11, 24) not in days
    assert days[sunday] == 60
    assert len(days) == 6


def test_a_night_in_which_the_clock_is_set_back_is_an_hour_longer():
    saturday = datetime(2026, 10, 24, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    cal = WorkPattern("night", {5: shift("20:00", "08:00")}).calendar(saturday, 2 * 1440)
    assert [(s.start, s.end) for s in cal.stretches] == [(480, 480 + 13 * 60)]


def test_a_break_outside_its_shift_is_refused():
    with pytest.raises(ValueError, match="break"):
        shift("08:00", "17:00", ("18:00", "19:00"))


def test_maintenance_closes_the_middle_of_a_stretch():
    cal = calendar((0, 100), (200, 300)).without(50, 220)
    assert [(s.start, s.end) for s in cal.stretches] == [(0, 50), (220, 300)]


def test_work_past_the_horizon_finds_the_last_week_again():
    week = 7 * 1440
    time = working_time((week, week + 60), horizon=2 * week)
    assert time.finish(0, 60) == week + 60
    assert time.finish(0, 61) == 2 * week + 1
    assert time.finish(0, 600) == 10 * week + 60


def test_a_calendar_that_stays_closed_says_so_instead_of_searching_for_ever():
    with pytest.raises(ValueError, match="no working time at its end"):
        working_time((0, 60), horizon=30_000).finish(0, 61)


def test_stretches_out_of_order_are_refused():
    with pytest.raises(ValueError, match="out of order"):
        calendar((0, 100), (50, 200))
