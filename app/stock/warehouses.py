"""Warehouses: what bins stand in. The one that holds the house's own places is not edited."""

from collections.abc import Mapping
from typing import Any

from app.core import db
from app.core.refusals import Refused
from app.people.actors import Actor
from app.stock.bins import OF_THE_HOUSE
from app.stock.refusals import WAREHOUSE_IN_USE, WAREHOUSE_OF_THE_HOUSE


async def may_stand(row: Mapping[str, Any], by: Actor) -> None:
    """Whether a warehouse may be as it was just written: not the house's own, and out of use only without bins in use."""
    if row["code"].startswith(OF_THE_HOUSE):
        raise Refused(WAREHOUSE_OF_THE_HOUSE, "code", warehouse=row["code"])
    if not row["active"] and (standing := await _bins_in_use(row["id"])):
        raise Refused(WAREHOUSE_IN_USE, "active", warehouse=row["code"], bin=standing)


async def _bins_in_use(warehouse_id: int) -> str | None:
    """The code of one of them."""
    return await db.value(
        "select code from bins where warehouse = {} and active order by code limit 1", warehouse_id
    )
