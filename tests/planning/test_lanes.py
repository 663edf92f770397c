"""Bars that overlap stand below one another; those that follow each other share a row. Hours are hours of work."""

from datetime import datetime

import pytest

from app.config import settings
from app.planning.calendars import DAY
from app.planning.engine import WorkPattern
from app.planning.lanes import _stacked, _worked


@pytest.mark.parametrize(
    ("spans", "rows"),
    [
        ([], []),
        ([(0, 1), (1, 1), (2, 1)], [0, 0, 0]),
        ([(0, 1), (0.5, 1), (0.6, 1), (1.2, 1)], [0, 1, 2, 0]),
        ([(0, 1.01), (1, 1)], [0, 0]),
    ],
)
def test_bars_side_by_side_get_rows_of_their_own(spans: list[tuple[float, float]], rows: list[int]) -> None:
    bars: list[dict[str, float]] = [{"start": start, "width": width} for start, width in spans]
    assert _stacked(bars) == max(1, len(set(rows)))
    assert [bar["row"] for bar in bars] == rows


def test_a_bar_over_a_sunday_counts_the_hours_worked() -> None:
    def at(day: int, hour: int) -> datetime:
        return datetime(2026, 12, day, hour, tzinfo=settings.zone)

    day_shift = WorkPattern("day", dict.fromkeys(range(6), DAY))
    assert _worked(at(12, 16), at(14, 10), day_shift) == 1.5 + 2  # Saturday until 17:30, Monday from 8
    assert _worked(at(13, 0), at(13, 20), day_shift) == 0
    assert _worked(at(12, 16), at(14, 10), None) == 42
