"""Dates as order files write them: cells, serial numbers, 2025年12月20日, 20-Dec-2025, 12月20日前."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.text import clean
from app.intake.readers.reading import Raw

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
SOON = 183  # days
_SERIALS = range(36526, 73051)  # 2000-01-01 … 2099-12-31 as Excel counts
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_AFTER = re.compile(r"\s*(?:前|之前|以前|止|交货|到货|交|周.|星期.|\(.*\))*$")
_TIME = re.compile(r"[ t]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?z?$")
_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})\s*([-/.年])\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_DMY = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/ .]*([a-z]{3,9})[-/ .,]*(\d{4}|\d{2})")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})[-/ .]*(\d{1,2})(?:st|nd|rd|th)?[-/ .,]+(\d{4})")
_MD = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")


@dataclass(frozen=True, slots=True)
class Day:
    """A date with its certainty; two readings have both named and no value."""

    value: date | None = None
    sure: float = 1.0
    code: str = ""
    either: tuple[date, date] | None = None


def day_in(raw: Raw, near: date | None = None, day_first: bool | None = None, past: bool = False) -> Day:
    """The date in a cell. `near` is the order's date: a day without a year is the first one after it (`past`: the last
    one before it).

    `day_first` is what the other dates of the column show: 20/12/2025 (True) or 12/20/2025 (False)."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return Day(raw) if FIRST <= raw <= LAST else Day(code="NOT_A_DATE")
    if isinstance(raw, bool) or raw is None:
        return Day(code="NOT_A_DATE")
    if isinstance(raw, int | float):
        return _from_figures(raw)
    text = clean(raw).lower()
    if len(text) > 40:
        return Day(code="NOT_A_DATE")
    text = _AFTER.sub("", _TIME.sub("", text)).strip()
    if text.isascii() and text.isdigit() and len(text) == 5:
        return _from_figures(int(text))
    day = _from_words(text, near, past)
    if day.code == "DATE_AMBIGUOUS" and day.either and day_first is not None and _DMY.fullmatch(text):
        return Day(day.either[0 if day_first else 1], 0.9)
    return day


def day_first_in(text: str) -> bool | None:
    """Whether this date shows beyond doubt that the day is written first; None when it shows nothing."""
    match = _DMY.fullmatch(_TIME.sub("", clean(text)))
    if not match or (int(match[1]) > 12) == (int(match[2]) > 12):
        return None
    return int(match[1]) > 12


def _from_figures(figures: float) -> Day:
    """20251220 or a serial number."""
    if not math.isfinite(figures) or abs(figures) > 10**8:
        return Day(code="NOT_A_DATE")
    if int(figures) in _SERIALS:
        return Day(date(1899, 12, 30) + timedelta(days=int(figures)), 0.85)
    return _from_words(str(int(figures)), None, False) if figures == int(figures) else Day(code="NOT_A_DATE")


def _from_words(text: str, near: date | None, past: bool) -> Day:
    if match := _YMD.fullmatch(text) or _RUN.fullmatch(text):
        return _certain(*(int(part) for part in match.groups()))
    if match := _NAMED.fullmatch(text):
        return _named(match[1], match[2], match[3])
    if match := _NAMED_FIRST.fullmatch(text):
        return _named(match[2], match[1], match[3])
    if match := _DMY.fullmatch(text):
        return _day_or_month_first(int(match[1]), int(match[2]), int(match[3]))
    if match := _SHORT.fullmatch(text):
        return _two_digit_year(*(int(match[i]) for i in (1, 3, 4)), certain=match[2] == "年")
    if match := _MD.fullmatch(text):
        return _without_year(int(match[1]), int(match[2]), near, past)
    return Day(code="NOT_A_DATE")


def _at(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if FIRST <= found <= LAST else None


def _certain(year: int, month: int, day: int) -> Day:
    found = _at(year, month, day)
    return Day(found) if found else Day(code="NOT_A_DATE")


def _named(day: str, month: str, year: str) -> Day:
    number = _MONTHS.get(month[:3], 0)
    return _certain(int(year) + (2000 if len(year) == 2 else 0), number, int(day))


def _day_or_month_first(one: int, two: int, year: int) -> Day:
    day_first, month_first = _at(year, two, one), _at(year, one, two)
    if day_first and month_first and day_first != month_first:
        return Day(sure=0.3, code="DATE_AMBIGUOUS", either=(day_first, month_first))
    found = day_first or month_first
    return Day(found, 0.95) if found else Day(code="NOT_A_DATE")


def _two_digit_year(one: int, two: int, three: int, certain: bool) -> Day:
    """25/12/20: the year first, as here; doubtful where the day could be first as well."""
    year_first = _at(2000 + one, two, three)
    day_first = _at(2000 + three, two, one)
    if not year_first and not day_first:
        return Day(code="NOT_A_DATE")
    if year_first and day_first and not certain and year_first != day_first:
        nearer = abs(one - three) > 3 and 20 <= one <= 40  # the other reading would be years away
        return Day(year_first, 0.9) if nearer else Day(code="DATE_AMBIGUOUS", either=(year_first, day_first))
    return Day(year_first or day_first, 0.95 if certain else 0.85)


def _without_year(month: int, day: int, near: date | None, past: bool) -> Day:
    """The nearest such day: beyond doubt while it is within half a year."""
    if near is None:
        possible = _at(2024, month, day)
        return Day(code="YEAR_MISSING" if possible else "NOT_A_DATE")
    years = (near.year, near.year - 1) if past else (near.year, near.year + 1)
    days = [found for year in years if (found := _at(year, month, day))]
    found = next((d for d in days if (d <= near if past else d >= near)), None)
    if found is None:
        return Day(code="NOT_A_DATE")
    return Day(found, 0.9 if abs((found - near).days) <= SOON else 0.75)
