"""Which rules a command's facts meet. Pure."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

COMPARISONS = {">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
               "=": lambda a, b: a == b, "!=": lambda a, b: a != b}  # fmt: skip
AND, OR = "and", "or"
CUSTOM = "custom."
"""How the facts begin that are custom fields."""
Conditions = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Verdict:
    """Whether a rule holds a case back. `unknown`: the facts it would have had to know; not knowing never lets pass."""

    holds: bool
    unknown: tuple[str, ...] = ()


def verdict(facts: Mapping[str, Any], conditions: Conditions, joined: str = AND) -> Verdict:
    """All conditions [fact, comparison, value] must be met, or with `or` any of them; none at all always holds.

    A custom field that is switched off is never met.
    A fact that is not known (absent or None) could be anything: the case is held when that would decide it. One with several
    values (a list) is what any of them is.
    """
    met = {
        i: False if is_off(facts, fact) else _met(facts.get(fact), sign, wanted)
        for i, (fact, sign, wanted) in enumerate(conditions)
    }
    unknown = tuple(dict.fromkeys(conditions[i][0] for i, each in met.items() if each is None))
    if not met:
        return Verdict(True)
    if joined == OR:
        if any(each is True for each in met.values()):
            return Verdict(True)
        return Verdict(bool(unknown), unknown)
    if any(each is False for each in met.values()):
        return Verdict(False)
    return Verdict(True, unknown)


def is_off(facts: Collection[str], fact: str) -> bool:
    """Whether a fact is a custom field that is not in use: cases do not have it."""
    return fact.startswith(CUSTOM) and fact not in facts


def _met(value: Any, comparison: str, wanted: Any) -> bool | None:
    if value is None or comparison not in COMPARISONS:
        return None
    if isinstance(value, list):
        return any(_met(each, "=", wanted) for each in value) == (comparison == "=")
    if value == "" and comparison not in ("=", "!="):
        return False  # nothing is neither more nor less
    left, right = _comparable(value), _comparable(wanted)
    if type(left) is not type(right):
        left, right = str(value), str(wanted)
    return COMPARISONS[comparison](left, right)


def _comparable(value: Any) -> Any:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return number if number.is_finite() else str(value)


def facts_hash(facts: Mapping[str, Any], conditions: Conditions) -> str:
    """A grant holds for these facts only: those that the rule looks at."""
    looked_at = {fact: str(facts.get(fact)) for fact, _, _ in conditions}
    return hashlib.sha256(json.dumps(looked_at, sort_keys=True).encode()).hexdigest()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """{fact: [before, after]} of the facts that are not what they were when somebody looked last."""
    names = dict.fromkeys((*before, *after))
    return {n: [before.get(n), after.get(n)] for n in names if str(before.get(n)) != str(after.get(n))}
