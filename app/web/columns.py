"""The columns of a list, and which of them are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.words import Word
from app.people.actors import Permission

KINDS = (
    "text", "measure", "code", "quantity", "price", "money", "amount", "day", "due", "moment", "pill", "flag", "number",
    "progress",
)  # fmt: skip
NUMERIC = ("measure", "quantity", "price", "money", "amount", "number")


@dataclass(frozen=True)
class Column:
    """A column: `key` names the row's value, `unit` the row's unit of it, `sub` a second, smaller line (in a file a column of
    its own, headed `below`), `tone` the kind (ok, warn, bad) that colours it; `sort` one of the listing's sorts.
    `shown=False` is there for those who choose it; `right` is needed to see it at all.

    `phone`: where it stands on the card a row becomes: "full" (a line of its own), "start", "end", "head" (beside the
    number), "hide"; else a line with its label.
    """

    key: str
    label: Word
    kind: str = "text"
    sort: str = ""
    sub: str = ""
    below: Word = Word("")
    unit: str = ""
    tone: str = ""
    low: bool = False
    phone: str = ""
    export: bool = True
    shown: bool = True
    right: Permission | None = None

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC


def chosen(columns: Sequence[Column], wanted: str) -> list[Column]:
    """The columns named, in that order; those of the list itself if none of the names is one of its own."""
    named = {column.key: column for column in columns}
    found = [named[key] for key in dict.fromkeys(wanted.split(",")) if key in named]
    return found or [column for column in columns if column.shown]
