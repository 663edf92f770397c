"""What approval rules may speak about: each capability declares its commands and their facts in `approvable.py`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from app.core import house
from app.core.words import Word
from app.people.actors import Actor

NUMBER, MONEY, CHOICE, TEXT = "number", "money", "choice", "text"


@dataclass(frozen=True)
class Fact:
    """Something a rule may look at. Money is CNY; a number has its `unit`; a choice its values with their words.

    `note` says what is counted, where the label alone could be misread; who lacks the `right` does not see it;
    `empty` is said of one that has no value; `known` tells whether there is such a thing as a text names. Money is never
    below zero unless it is `signed`; `several`: a case may be several of its choices at once.
    """

    name: str
    label: Word
    kind: str = TEXT
    choices: Sequence[tuple[str, Word]] = ()
    unit: Word = Word("")
    note: Word = Word("")
    right: str = ""
    empty: Word = Word("—")
    known: Callable[[str], Awaitable[bool]] | None = None
    signed: bool = False
    several: bool = False

    @property
    def ordered(self) -> bool:
        """Whether more and less mean something."""
        return self.kind in (NUMBER, MONEY)

    @property
    def never_negative(self) -> bool:
        return self.kind == MONEY and not self.signed


@dataclass(frozen=True)
class Part:
    """One of what a figure is made up of, with the way to it; the `sum` is what they come to."""

    label: str
    value: str
    href: str = ""
    kind: str = ""
    sum: bool = False


@dataclass(frozen=True)
class Stake:
    """What hangs on a decision, for the one who decides: figures [{label, value, note, kind, parts}] and lines [{main, sub,
    quantity, base, price, amount, warning}]."""

    figures: Sequence[dict[str, Any]]
    lines: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True)
class PastCase:
    """A late case of a command, with the facts a rule would have seen and the user who would have asked."""

    label: str
    href: str
    facts: Mapping[str, Any]
    asker: int | None = None


async def _no_more() -> Sequence[Fact]:
    return ()


@dataclass(frozen=True)
class Command:
    """A verb that may be held back.

    `href(arguments)` leads to what it is about; `recent(since)` gives the late cases, newest first; `stake(arguments, by)`
    tells what hangs on it; `more()` gives the facts that are themselves data (custom fields); who decides is told what
    the rights of `tells` let see, though not elsewhere.
    """

    name: str
    label: Word
    facts: Sequence[Fact]
    href: Callable[[Mapping[str, Any]], str]
    recent: Callable[[date], Awaitable[list[PastCase]]]
    stake: Callable[[Mapping[str, Any], Actor], Awaitable[Stake]] | None = None
    more: Callable[[], Awaitable[Sequence[Fact]]] = field(default=_no_more)
    tells: Sequence[str] = ()

    def reader(self, by: Actor, decides: bool) -> Actor:
        """The person as far as a request may be read: nobody decides about what is hidden from them."""
        return by.with_rights(self.tells) if decides else by

    def readable(self, facts: Mapping[str, Any], by: Actor) -> dict[str, Any]:
        """The facts of a case that this person may see."""
        hidden = {fact.name for fact in self.facts if fact.right and not by.may(fact.right)}
        return {name: value for name, value in facts.items() if name not in hidden}

    def fact(self, name: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.name == name), None)

    async def whole(self) -> "Command":
        """The command with the facts that are data among its facts."""
        return replace(self, facts=(*self.facts, *await self.more()))


@cache
def commands() -> dict[str, Command]:
    """Every command of the house that rules may hold back, by name."""
    return {command.name: command for _module, command in house.instances("approvable", Command)}


async def command_of(name: str) -> Command | None:
    """A command with all its facts; None for a name that is not (or no longer) one."""
    command = commands().get(name)
    return await command.whole() if command else None
