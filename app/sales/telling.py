"""An order's story, as its reader may see it."""

from typing import Any

from app.events.log import timeline
from app.people.actors import Actor


async def story(order_id: int, by: Actor, limit: int, before: int | None = None) -> list[dict[str, Any]]:
    """The newest events about an order, newest first; without amounts for who may not see prices."""
    return await timeline("sales_order", order_id, limit, before, by=by)
