"""Pieces of text that stand somewhere on a page, placed under the headings above them."""

from dataclasses import dataclass, field, replace
from itertools import groupby

from app.intake.readers.synonyms import column_named


@dataclass(slots=True)
class Run:
    """Characters that stand together; x to the right, y upwards, in points. `words` are its parts between spaces."""

    left: float
    right: float
    bottom: float
    top: float
    text: str
    after_space: bool = False
    words: list["Run"] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(slots=True)
class Row:
    """Runs on one line of the page; `cells` once they are placed under a heading."""

    page: int
    y: float
    height: float
    runs: list[Run]
    cells: dict[int, str] = field(default_factory=dict)


def place(rows: list[Row]) -> None:
    """Gives each run its column: under the last heading seen, before the first simply one by one."""
    columns: list[Run] = []
    for row in rows:
        if is_heading(row):
            row.runs = [part for run in row.runs for part in _headings(run)]
            columns = [replace(run) for run in row.runs]
        alone = len(row.runs) == 1 and ":" in row.runs[0].text.replace("：", ":")
        if not columns or alone:
            row.cells = {index: run.text for index, run in enumerate(row.runs)}
            continue
        for run in [part for whole in row.runs for part in _parted(columns, whole, row)]:
            index = _column_under(columns, run)
            if len(row.runs) > 2:
                column = columns[index]
                column.left, column.right = min(column.left, run.left), max(column.right, run.right)
            row.cells[index] = f"{row.cells[index]} {run.text}" if index in row.cells else run.text


def _headings(run: Run) -> list[Run]:
    """Headings that stand close: 序号 物料编码 are two, Unit price is one."""
    named = [column_named(word.text)[0] for word in run.words]
    apart = len(run.words) > 1 and all(named) and len(set(named)) == len(named)
    return run.words if apart and not run.text.isascii() else [run]


def _parted(columns: list[Run], run: Run, row: Row) -> list[Run]:
    """`5,000 支` in two where its words stand under two headings and nothing else of the row does."""
    if len(run.words) < 2:
        return [run]
    under = [_column_under(columns, word) for word in run.words]
    others = {_column_under(columns, other) for other in row.runs if other is not run}
    beneath = all(
        _overlap(columns[index], word) > word.bottom - word.top  # less than a character beside it
        for index, word in zip(under, run.words, strict=True)
    )
    if len(set(under)) == 1 or not beneath or others & set(under):
        return [run]
    pairs = zip(under, run.words, strict=True)
    return [
        _together([word for _index, word in group]) for _index, group in groupby(pairs, lambda pair: pair[0])
    ]


def _together(words: list[Run]) -> Run:
    return replace(words[0], right=words[-1].right, text=" ".join(word.text for word in words), words=words)


def _overlap(column: Run, run: Run) -> float:
    return min(column.right, run.right) - max(column.left, run.left)


def is_heading(row: Row) -> bool:
    fields = {column_named(run.text)[0] for run in row.runs}
    return "quantity" in fields and len(fields - {""}) >= 3


def _column_under(columns: list[Run], run: Run) -> int:
    def fit(index: int) -> tuple[float, float]:
        column = columns[index]
        return (max(0.0, _overlap(column, run)), -abs(column.middle - run.middle))

    return max(range(len(columns)), key=fit)
