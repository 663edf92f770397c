"""Conditions that nothing can ever meet, found before a rule waits for them in vain. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.approvals.commands import Fact
from app.approvals.rules import OR, Conditions


@dataclass
class _Room:
    """What a fact may still be after some conditions: between two bounds (each with whether it may be reached), or one of a few."""

    fact: Fact
    low: tuple[Decimal, bool] = (Decimal("-Infinity"), False)
    high: tuple[Decimal, bool] = (Decimal("Infinity"), False)
    only: set[str] = field(default_factory=set)
    never: set[str] = field(default_factory=set)

    def take(self, comparison: str, value: str) -> bool:
        """Whether anything is left once this holds too."""
        return (self._number if self.fact.ordered else self._word)(comparison, value)

    def _number(self, comparison: str, value: str) -> bool:
        bound = Decimal(value)
        if comparison in (">", ">=", "="):
            # of two alike the one that is not reached is narrower
            self.low = max(self.low, (bound, comparison == ">"))
        if comparison in ("<", "<=", "="):
            self.high = min(self.high, (bound, comparison != "<"))
        if comparison == "!=":
            self.never.add(str(bound.normalize()))
        if self.low[0] == self.high[0]:
            return not self.low[1] and self.high[1] and str(self.low[0].normalize()) not in self.never
        return self.low[0] < self.high[0]

    def _word(self, comparison: str, value: str) -> bool:
        (self.only if comparison == "=" else self.never).add(value)
        choices = {choice for choice, _label in self.fact.choices}
        if self.only & self.never or (choices and choices <= self.never):
            return False
        return self.fact.several or len(self.only) < 2


def impossible(facts: Mapping[str, Fact], conditions: Conditions, joined: str) -> Sequence[int]:
    """Which conditions, by their place, cannot hold together, the one that is too much last; of a rule that any of them
    meets each has to be possible alone. Nothing where all is well."""
    rooms: dict[str, _Room] = {}
    for i, (name, comparison, value) in enumerate(conditions):
        if joined == OR or name not in rooms:
            rooms[name] = _room(facts[name])
        if not rooms[name].take(comparison, value):
            return [i] if joined == OR else [n for n in range(i + 1) if conditions[n][0] == name]
    return ()


def _room(fact: Fact) -> _Room:
    return _Room(fact, low=(Decimal(0), False)) if fact.never_negative else _Room(fact)
