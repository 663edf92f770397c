"""Which rules a command's facts meet. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

COMPARISONS = {">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
               "=": lambda a, b: a == b, "!=": lambda a, b: a != b}  # fmt: skip
Conditions = Sequence[Sequence[Any]]


def _comparable(value: Any) -> Any:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return str(value)


def meets(facts: Mapping[str, Any], conditions: Conditions) -> bool:
    """Whether all conditions [fact, comparison, value] hold; a fact that is not known never meets one."""
    for fact, comparison, wanted in conditions:
        if facts.get(fact) is None or comparison not in COMPARISONS:
            return False
        left, right = _comparable(facts[fact]), _comparable(wanted)
        if type(left) is not type(right):
            left, right = str(facts[fact]), str(wanted)
        if not COMPARISONS[comparison](left, right):
            return False
    return True


def facts_hash(facts: Mapping[str, Any], conditions: Conditions) -> str:
    """A grant holds for these facts only: those that the rule looks at."""
    looked_at = {fact: str(facts.get(fact)) for fact, _, _ in conditions}
    return hashlib.sha256(json.dumps(looked_at, sort_keys=True).encode()).hexdigest()
