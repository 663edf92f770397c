"""What is on hand, and what of it is still free."""

from collections.abc import Sequence
from typing import Any

from app.core import db
from app.core.rows import locked
from app.stock import demands, ledger
from app.stock.tables import Balance

RESERVED = (
    "coalesce((select sum(d.quantity_q - d.fulfilled_q) from demands d"
    f" where d.supply_kind = '{demands.BALANCE}' and d.supply_id = b.id), 0)"
)
"""Of a balance `b`, what is promised to somebody, as SQL."""
FREE = f"cast(b.quantity_q - {RESERVED} as bigint)"
IN_STORE = f"p.kind = 'store' and b.quality = '{ledger.GOOD}' and b.quantity_q > 0"
"""Of a balance `b` in a bin `p`: it may be delivered."""


async def free_of(items: Sequence[int]) -> dict[int, int]:
    """By item, what lies good in stores and is promised to nobody; an item that has none is left out."""
    rows = await db.rows(
        f"select b.item, cast(sum({FREE}) as bigint) as free_q from stock_balances b join bins p on p.id = b.bin"
        f" where {IN_STORE} and {db.any_of('b.item', items).template} group by b.item",
        *items,
    )
    return {row["item"]: row["free_q"] for row in rows}


async def free_places(items: Sequence[int]) -> list[dict[str, Any]]:
    """Where free stock of these items lies, oldest lot first: item, lot, lot_number, bin, bin_code, free_q."""
    rows = await db.rows(
        f"select b.item, b.lot, l.number as lot_number, b.bin, p.code as bin_code, {FREE} as free_q from stock_balances b"
        f" join bins p on p.id = b.bin join lots l on l.id = b.lot where {IN_STORE}"
        f" and {db.any_of('b.item', items).template} order by l.made_at, l.id, p.code",
        *items,
    )
    return [row for row in rows if row["free_q"] > 0]


async def lock(lot: int, bin_id: int, quality: str = ledger.GOOD) -> tuple[int, int] | None:
    """The balance of a lot in a bin, locked until the end of the transaction: (its id, what is free). None: never any."""
    found = (
        await Balance.objects()
        .where((Balance.lot == lot) & (Balance.bin == bin_id) & (Balance.quality == quality))
        .first()
    )
    if found is None:
        return None
    row = await locked(Balance, Balance.id == found.id)
    reserved = await db.value(
        f"select cast({RESERVED} as bigint) from stock_balances b where b.id = {{}}", row.id
    )
    return row.id, row.quantity_q - int(reserved)
