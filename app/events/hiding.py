"""What an event says to somebody who may not see prices: the same, without the amounts of money."""

import re
from collections.abc import Sequence
from typing import Any

from app.core.money import SYMBOLS
from app.people.actors import Actor

PRICE = "sales:order:price"
HIDDEN = "•••"
_AMOUNT = re.compile(
    rf"-?(?:{'|'.join(map(re.escape, sorted(SYMBOLS.values(), key=len, reverse=True)))})[\d,]+(?:\.\d+)?"
)


def readable(events: Sequence[dict[str, Any]], by: Actor) -> list[dict[str, Any]]:
    """Told events as this person may read them."""
    return list(events) if by.may(PRICE) else [_without_amounts(event) for event in events]


def _without_amounts(event: dict[str, Any]) -> dict[str, Any]:
    diff = [(name, _masked(before), _masked(after)) for name, before, after in event["diff"]]
    return {**event, "sentence": _masked(event["sentence"]), "diff": diff, "facts": {}}


def _masked(value: Any) -> Any:
    return _AMOUNT.sub(HIDDEN, value) if isinstance(value, str) else value
