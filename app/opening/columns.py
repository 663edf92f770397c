"""The columns a file of opening data may have, and how its heads are recognised whatever system wrote them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.quantities import Unit
from app.core.words import Word, translate
from app.intake.readers.currencies import currency_in
from app.intake.readers.synonyms import key
from app.intake.readers.units import unit_in

_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")


@dataclass(frozen=True)
class Column:
    """A column: its name for programs, its head, other heads that mean the same, what it wants, and two examples."""

    name: str
    label: Word
    also: str = ""
    hint: Word = Word("")
    required: bool = False
    examples: tuple[str, str] = ("", "")

    @property
    def titles(self) -> list[str]:
        """Every head that is understood, as heads are compared."""
        said = (
            self.name,
            str(self.label),
            translate(self.label, "zh_CN"),
            *re.split(r"[,，、]\s*", self.also),
        )
        return list(dict.fromkeys(key(title) for title in said if title.strip()))


@dataclass(frozen=True)
class Place:
    """Where a column stands in a sheet, and what its head says of units and money: 数量（千支）, 单价(元/千支)."""

    column: Column
    index: int
    unit: Unit | None = None
    currency: str = ""


@cache
def _by_title(columns: tuple[Column, ...]) -> dict[str, Column]:
    return {title: column for column in reversed(columns) for title in column.titles}


def place_of(head: str, index: int, columns: tuple[Column, ...]) -> Place | None:
    """The column a head names, None for a head that names none."""
    known, whole = _by_title(columns), key(head)
    if len(whole) > 60:
        return None
    bare = key(_BRACKETS.sub(" ", whole))
    column = known.get(whole) or known.get(bare)
    if column is None:
        return None
    hints = [] if whole in known else [h.strip() for h in _BRACKETS.findall(whole)]
    return Place(
        column,
        index,
        _first(_unit(h) for h in hints),
        _first(currency_in(h.partition("/")[0]) for h in hints) or "",
    )


def _unit(hint: str) -> Unit | None:
    """千支 · 元/千支 · 单位:千支"""
    return unit_in(re.split(r"[/:：每]", hint)[-1])


def _first(found: Iterable[Any]) -> Any:
    return next((each for each in found if each), None)


def lacking(columns: Sequence[Column], found: Iterable[str]) -> list[Column]:
    """The columns that must be there and are not."""
    names = set(found)
    return [column for column in columns if column.required and column.name not in names]
