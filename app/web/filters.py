"""The filters of a list."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from app.config import settings
from app.core.conditions import Condition, since, until
from app.core.words import Word


@dataclass(frozen=True)
class Filter:
    """A filter in the URL: `condition(value)` gives the SQL for one chosen value, None for a value that is not valid.

    With `choices` it is tick boxes (several values are or-ed); without, a text or date field (`kind`).
    """

    name: str
    label: Word
    condition: Callable[[str], Condition | None]
    choices: Callable[[], Awaitable[list[tuple[str, str]]]] | Sequence[tuple[str, Word]] = ()
    kind: str = "choices"


def from_day(column: str, moments: bool = False) -> Callable[[str], Condition | None]:
    """This day and later; `moments`: the column holds instants, of which the day is the factory's."""
    return _by_day(column, since, 0, moments)


def until_day(column: str, moments: bool = False) -> Callable[[str], Condition | None]:
    """This day and earlier."""
    return _by_day(column, until, 1, moments)


def _by_day(
    column: str, bound: Callable[[str, Any], Condition], more: int, moments: bool
) -> Callable[[str], Condition | None]:
    def condition(value: str) -> Condition | None:
        try:
            day = date.fromisoformat(value[:10]) + timedelta(days=more)
            at = datetime.combine(day, time(), settings.zone).astimezone(UTC) if moments else day
        except (ValueError, OverflowError):
            return None
        return bound(column, at)

    return condition
