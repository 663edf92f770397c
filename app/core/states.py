"""State machines as tables: `MOVES = {"release": ({State.DRAFT}, State.RELEASED), …}` decides the verbs and the buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.columns import Table
from app.core.db import any_of, rows
from app.core.refusals import NOT_NOW, Refused
from app.core.words import Word, _

AT_ONCE = 500
Moves = Mapping[str, tuple[set[str], str]]


@dataclass(frozen=True)
class Look:
    """How a state is shown: its word, the kind that gives glyph and colour (todo run ok warn bad chg pause draft), and whether the
    word is struck out: the thing does not count any more."""

    label: Word
    kind: str
    struck: bool = False

    @property
    def pill(self) -> tuple[str, str, bool]:
        """As lists draw it, in the language spoken now."""
        return _(self.label), self.kind, self.struck


def possible(moves: Moves, state: str) -> set[str]:
    """The verbs that this state allows: what a page draws as buttons."""
    return {verb for verb, (sources, _) in moves.items() if state in sources}


async def move(row: Table, moves: Moves, verb: str, looks: Mapping[str, Look] | None = None) -> Any:
    """Compare and set: the row goes to the verb's target state only from one of its sources, and its version grows."""
    await move_many([row], moves, verb, looks)
    return row


async def move_many(
    several: Sequence[Table], moves: Moves, verb: str, looks: Mapping[str, Look] | None = None
) -> None:
    """As move(), for many rows of one table; refused for all when one cannot."""
    sources, target = moves[verb]
    for start in range(0, len(several), AT_ONCE):
        some = several[start : start + AT_ONCE]
        changed = await rows(
            f"update {some[0]._meta.tablename} set state = {{}}, version = version + 1"
            f" where {any_of('id', [row.id for row in some]).template}"
            f" and state in ({', '.join(['{}'] * len(sources))}) returning id, version",
            str(target), *[row.id for row in some], *sorted(sources),
        )  # fmt: skip
        versions = {each["id"]: each["version"] for each in changed}
        for row in some:
            if row.id not in versions:
                state = row.state  # type: ignore[attr-defined]
                raise Refused(NOT_NOW, state=looks[state].label if looks and state in looks else state)
            row.state, row.version = target, versions[row.id]  # type: ignore[attr-defined]
