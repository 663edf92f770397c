"""What approval rules may speak about: each capability declares its commands and their facts in `approvable.py`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core import house
from app.core.words import Word
from app.people.actors import Actor

NUMBER, MONEY, CHOICE, TEXT = "number", "money", "choice", "text"


@dataclass(frozen=True)
class Fact:
    """Something a rule may look at. Money is CNY; a choice has its values with their words."""

    name: str
    label: Word
    kind: str = TEXT
    choices: Sequence[tuple[str, Word]] = ()

    @property
    def ordered(self) -> bool:
        """Whether more and less mean something."""
        return self.kind in (NUMBER, MONEY)


@dataclass(frozen=True)
class Stake:
    """What hangs on a decision, for the one who decides: figures [{label, value, note, kind}] and lines [{main, sub,
    quantity, base, price, amount, warning}]."""

    figures: Sequence[dict[str, Any]]
    lines: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True)
class Command:
    """A verb that may be held back. `href(arguments)` leads to what it is about; `recent()` gives facts of late cases;
    `stake(arguments, by)` tells what hangs on it."""

    name: str
    label: Word
    facts: Sequence[Fact]
    href: Callable[[Mapping[str, Any]], str]
    recent: Callable[[], Awaitable[list[dict[str, Any]]]]
    stake: Callable[[Mapping[str, Any], Actor], Awaitable[Stake]] | None = None

    def fact(self, name: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.name == name), None)


@cache
def commands() -> dict[str, Command]:
    """Every command of the house that rules may hold back, by name."""
    return {command.name: command for _module, command in house.instances("approvable", Command)}
