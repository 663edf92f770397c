"""What an event says to somebody who may not see prices or costs: the same, without the amounts of money, without costs."""

import re
from collections.abc import Sequence
from typing import Any

from app.core.money import SYMBOLS
from app.people.actors import Actor

PRICE = "sales:order:price"
COST = "catalog:cost:see"
COSTS = ("Standard cost", "margin in percent", "margin_percent")
"""What changes of costs are logged as."""
HIDDEN = "•••"
_AMOUNT = re.compile(
    rf"-?(?:{'|'.join(map(re.escape, sorted(SYMBOLS.values(), key=len, reverse=True)))})[\d,]+(?:\.\d+)?"
)


def readable(events: Sequence[dict[str, Any]], by: Actor) -> list[dict[str, Any]]:
    """Told events as this person may read them."""
    told = list(events) if by.may(COST) else [_without_costs(event) for event in events]
    return told if by.may(PRICE) else [_without_amounts(event) for event in told]


def _without_costs(event: dict[str, Any]) -> dict[str, Any]:
    if not any(name in COSTS for name, _before, _after in event["diff"]):
        return event
    diff = [(name, *((HIDDEN, HIDDEN) if name in COSTS else pair)) for name, *pair in event["diff"]]
    return {**event, "diff": diff, "facts": {}}


def _without_amounts(event: dict[str, Any]) -> dict[str, Any]:
    diff = [(name, _masked(before), _masked(after)) for name, before, after in event["diff"]]
    return {**event, "sentence": _masked(event["sentence"]), "diff": diff, "facts": {}}


def _masked(value: Any) -> Any:
    return _AMOUNT.sub(HIDDEN, value) if isinstance(value, str) else value
