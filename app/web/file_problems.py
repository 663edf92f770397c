"""What is wrong in a file, told once: a problem that many rows have stands with all the rows that have it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.words import _


@dataclass(frozen=True)
class FileProblem:
    """A problem of one column and the places that have it: cells, or rows where the file has no such column."""

    column: str
    message: str
    places: list[str] = field(default_factory=list)


def gathered(problems: Sequence[Mapping[str, Any]]) -> list[FileProblem]:
    """The problems (`row`, `cell`, `message`, and `label` or `column`) in the order of the rows that have them first."""
    found: dict[tuple[str, str], FileProblem] = {}
    for each in problems:
        column = each.get("label") or each.get("column") or each["field"]
        problem = found.setdefault((column, each["message"]), FileProblem(column, each["message"]))
        problem.places.append(each["cell"] or _("row %(n)s", n=each["row"]))
    return list(found.values())
