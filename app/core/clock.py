"""The only clock. Business time can be moved for demonstrations; real time serves sessions, keys and lock-outs."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from app.config import settings

DAY_SHIFT_BEGINS = 8
QUARTER = 15 * 60
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_offset = timedelta(0)


def real_now() -> datetime:
    """This instant, UTC, whatever the movable clock says."""
    return datetime.now(UTC)


def now() -> datetime:
    """Business time, UTC, to the microsecond."""
    return datetime.now(UTC) + _offset


def today() -> date:
    """The factory's day."""
    return _day_of(int((time.time() + _offset.total_seconds()) // QUARTER))


@lru_cache(2)
def _day_of(quarter: int) -> date:
    """The day of a quarter of an hour since 1970: days begin at one, in every time zone."""
    return local(datetime.fromtimestamp(quarter * QUARTER, UTC)).date()


def local(instant: datetime) -> datetime:
    """The instant on the factory's wall clock."""
    return instant.astimezone(settings.zone)


def shift_day(instant: datetime) -> date:
    """The production day: the night shift belongs to the day on which it began."""
    wall = local(instant)
    return wall.date() - timedelta(days=1) if wall.hour < DAY_SHIFT_BEGINS else wall.date()


def short_day(text: str) -> str:
    """A day as facts keep it, as it is read: 2026-12-10 is 12-10 in that year. Any other text stays as it is."""
    return text[5:] if _DAY.fullmatch(text) and text.startswith(f"{today().year}-") else text


def move_to(instant: datetime) -> None:
    """Move business time. Only a house started with ZHUNJIAO_CLOCK=movable may."""
    global _offset
    if not settings.movable_clock:
        raise PermissionError("the clock of this house does not move")
    _offset = instant - real_now()


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Business time inside the block, for planting a past into a house where nobody is yet."""
    global _offset
    before, _offset = _offset, instant - real_now()
    try:
        yield
    finally:
        _offset = before


def moved() -> bool:
    return abs(_offset) > timedelta(seconds=1)


def reset() -> None:
    global _offset
    _offset = timedelta(0)
