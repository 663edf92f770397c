"""An order's story for those who may not see prices: amounts of money are left out."""

import re
from typing import Any

from app.core.money import SYMBOLS
from app.events.log import timeline
from app.people.actors import Actor
from app.sales.permissions import PRICE

_AMOUNT = re.compile(
    rf"-?(?:{'|'.join(map(re.escape, sorted(SYMBOLS.values(), key=len, reverse=True)))})[\d,]+(?:\.\d+)?"
)
HIDDEN = "***"


async def story(order_id: int, by: Actor, limit: int, before: int | None = None) -> list[dict[str, Any]]:
    """The newest events about an order, newest first, as this person may read them."""
    events = await timeline("sales_order", order_id, limit, before)
    return events if by.may(PRICE) else [_without_amounts(event) for event in events]


def _without_amounts(event: dict[str, Any]) -> dict[str, Any]:
    diff = [(name, _masked(before), _masked(after)) for name, before, after in event["diff"]]
    return {**event, "sentence": _masked(event["sentence"]), "diff": diff, "facts": {}}


def _masked(value: Any) -> Any:
    return _AMOUNT.sub(HIDDEN, value) if isinstance(value, str) else value
