"""A file's rows against the house: every problem at its cell, and what booking it would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.refusals import Refused
from app.opening import known, rows
from app.opening.cells import Cells
from app.opening.refusals import TWICE
from app.opening.rows import Kind, Plan, Row


@dataclass(frozen=True)
class Checked:
    """What a file holds: `problems` as they are kept (row, cell, column, sentence with its facts), else a plan."""

    problems: list[dict[str, Any]]
    plan: Plan
    row_count: int


async def check(kind: Kind, cells: Sequence[Cells], whole: bool) -> Checked:
    for each in cells:
        each.refusals.clear()
    standing = await rows.kept(kind.name)
    read = await kind.check(cells, await known.load(), standing, whole)
    _each_once(kind, read)
    problems = [_problem(each, name, refused) for each in cells for name, refused in each.refusals]
    return Checked(
        problems,
        rows.planned([r for r in read if r.cells is None or r.cells.sound], standing, whole),
        len(cells),
    )


def _each_once(kind: Kind, read: Sequence[Row]) -> None:
    """A key stands once in a file."""
    first: dict[str, int] = {}
    for row in read:
        if row.cells is None:
            continue
        if row.key in first:
            row.cells.refuse(
                kind.columns[0].name, Refused(TWICE, key=row.key.replace("|", " "), row=first[row.key])
            )
        first.setdefault(row.key, row.cells.row)


def _problem(cells: Cells, name: str, refused: Refused) -> dict[str, Any]:
    return {
        "row": cells.row, "cell": cells.cell(name), "field": name, "code": refused.reason.code,
        "sentence": str(refused.reason.sentence), "facts": refused.facts,
    }  # fmt: skip
