"""Bars that overlap stand below one another; those that follow each other share a row."""

import pytest

from app.planning.lanes import _stacked


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
