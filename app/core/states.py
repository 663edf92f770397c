"""State machines as tables: `MOVES = {"release": ({State.DRAFT}, State.RELEASED), …}` decides the verbs and the buttons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.columns import Table
from app.core.db import rows
from app.core.refusals import NOT_NOW, Refused
from app.core.words import Word

Moves = Mapping[str, tuple[set[str], str]]


@dataclass(frozen=True)
class Look:
    """How a state is shown: its word, and the kind that gives glyph and colour (todo run ok warn bad chg pause draft)."""

    label: Word
    kind: str


def possible(moves: Moves, state: str) -> set[str]:
    """The verbs that this state allows: what a page draws as buttons."""
    return {verb for verb, (sources, _) in moves.items() if state in sources}


async def move(row: Table, moves: Moves, verb: str, looks: Mapping[str, Look] | None = None) -> Any:
    """Compare and set: the row goes to the verb's target state only from one of its sources, and its version grows."""
    sources, target = moves[verb]
    changed = await rows(
        f"update {row._meta.tablename} set state = {{}}, version = version + 1"
        f" where id = {{}} and state in ({', '.join(['{}'] * len(sources))}) returning version",
        str(target), row.id, *sorted(sources),
    )  # fmt: skip
    if not changed:
        state = row.state  # type: ignore[attr-defined]
        raise Refused(NOT_NOW, state=looks[state].label if looks and state in looks else state)
    row.state, row.version = target, changed[0]["version"]  # type: ignore[attr-defined]
    return row
