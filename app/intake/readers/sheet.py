"""A grid as a reader looks at it: a merged range says the same in each of its cells."""

from datetime import date
from functools import cached_property
from typing import Any

from app.intake.readers import limits
from app.intake.readers.reading import Grid, Raw, shown
from app.intake.readers.vocabulary import NONE, Vocabulary

Place = tuple[int, int]


class Sheet:
    """Answers what stands at a place, and where that is written when the place is inside a merged range."""

    def __init__(self, grid: Grid, words: Vocabulary = NONE, received: date | None = None) -> None:
        self.grid, self.words, self.received = grid, words, received
        self.height = grid.height
        self.headings: dict[int, Any] = {}  # what `tables.heading_at` has found, by row
        self.days: dict[int, Any] = {}  # what `across.days_at` has found, by row

    @cached_property
    def _origins(self) -> dict[Place, Place]:
        origins: dict[Place, Place] = {}
        for span in self.grid.merged:
            bottom, right = min(span.bottom, self.height - 1), min(span.right, limits.COLUMNS - 1)
            if (
                len(origins) + max(0, bottom - span.top + 1) * max(0, right - span.left + 1)
                > limits.CELLS // 4
            ):
                break
            origin = (span.top, span.left)
            origins.update(
                ((row, column), origin)
                for row in range(span.top, bottom + 1)
                for column in range(span.left, right + 1)
            )
        return origins

    def origin(self, row: int, column: int) -> Place:
        return self._origins.get((row, column), (row, column))

    def own(self, row: int, column: int) -> Raw:
        """What is written in this very cell."""
        return self.grid.value(row, column)

    def at(self, row: int, column: int) -> Raw:
        """What a person sees there: the merged range's value in every cell of it."""
        return self.grid.value(*self.origin(row, column))

    def text(self, row: int, column: int) -> str:
        return shown(self.at(row, column))

    def cell(self, row: int, column: int) -> str:
        return self.grid.cell(*self.origin(row, column))

    def span_of(self, row: int, column: int) -> int:
        """How many columns a merged cell is wide; 1 for a plain one."""
        origin, wide = self.origin(row, column), 1
        while wide < limits.COLUMNS and self._origins.get((row, column + wide)) == origin:
            wide += 1
        return wide

    def width(self, row: int) -> int:
        return len(self.grid.values[row]) if 0 <= row < self.height else 0

    def filled(self, row: int) -> list[int]:
        """The columns of a row that hold something of their own."""
        cells = self.grid.values[row] if 0 <= row < self.height else ()
        return [
            c
            for c, value in enumerate(cells)
            if value is not None and (not isinstance(value, str) or value.strip())
        ]
