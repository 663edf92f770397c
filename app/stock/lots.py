"""Lots: batches of one item, each with its own piece weight."""

from app.core import clock, db
from app.core.quantities import Weight
from app.core.rows import get
from app.stock.tables import Lot

UNTRACKED = "-"


async def find_or_make(
    item_id: int, number: str = UNTRACKED, weight: Weight | None = None, heat: str = "", owner: str = ""
) -> Lot:
    """The item's lot of this number, made now if it is new, with the given piece weight or else the item's.

    Two who make it at the same time get the same lot.
    """
    if not weight:
        found = await db.one("select weight_micro, weight_pieces from items where id = {}", item_id)
        weight = Weight(found["weight_micro"], found["weight_pieces"]) if found else Weight(0)
    await db.rows(
        "insert into lots (item, number, owner, heat, weight_micro, weight_pieces, made_at) values ({}, {}, {}, {}, {}, {}, {})"
        " on conflict (item, number) do nothing",
        item_id, number or UNTRACKED, owner, heat, weight.micro, weight.pieces, clock.now(),
    )  # fmt: skip
    return await get(Lot, (Lot.item == item_id) & (Lot.number == (number or UNTRACKED)))
