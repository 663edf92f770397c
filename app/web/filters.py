"""The filters of a list."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from app.core.paging import Condition
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
