"""Who needs what. A peg is a promise of a supply to a demand; it moves nothing.

`quantity_q` is what is promised, `fulfilled_q` what was already handed over.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from app.core import db
from app.core.rows import gathered
from app.events.log import Subject

ORDER_LINE, WORK_ORDER, BALANCE, NOTE_LINE = "sales_order_line", "work_order", "balance", "delivery_note_line"
"""Kinds of supplies and demands. A balance is stock of one lot in one bin: what is pegged of it is reserved."""


async def peg(supply: Subject, demand: Subject, quantity_q: int) -> None:
    """Promise so much (more) of a supply to a demand; quantities at 10⁻³ of the base unit, negative takes back."""
    await db.rows(
        "insert into demands (supply_kind, supply_id, demand_kind, demand_id, quantity_q, fulfilled_q)"
        " values ({}, {}, {}, {}, {}, 0) on conflict (supply_kind, supply_id, demand_kind, demand_id)"
        " do update set quantity_q = demands.quantity_q + excluded.quantity_q",
        *supply, *demand, quantity_q,
    )  # fmt: skip
    if quantity_q < 0:
        await db.rows(
            "delete from demands where supply_kind = {} and supply_id = {} and demand_kind = {} and demand_id = {}"
            " and quantity_q <= 0 and fulfilled_q = 0",
            *supply, *demand,
        )  # fmt: skip


async def unpeg(supply: Subject) -> None:
    """Take back every promise of a supply."""
    await db.rows("delete from demands where supply_kind = {} and supply_id = {}", *supply)


async def release(kind: str, demand_ids: Sequence[int]) -> None:
    """Take back every promise to these demands of a kind."""
    if demand_ids:
        marks = db.any_of("demand_id", demand_ids).template
        await db.rows(f"delete from demands where demand_kind = {{}} and {marks}", kind, *demand_ids)


async def fulfil(kind: str, deltas: Mapping[int, int]) -> None:
    """Hand over so much to each demand of a kind: oldest promise first; a negative delta takes back, newest first.

    What goes beyond all promises is counted on the last one; what was handed over before there was a promise is
    not taken back from any. A demand without promises is passed over.
    """
    ids = sorted(deltas)
    if not ids:
        return
    pegs = await db.rows(
        f"select id, demand_id, quantity_q, fulfilled_q from demands where demand_kind = {{}}"
        f" and {db.any_of('demand_id', ids).template} order by id",
        kind, *ids,
    )  # fmt: skip
    of, shares = gathered(pegs, "demand_id"), defaultdict[int, int](int)
    for demand_id in ids:
        for peg_id, change in _shares(of[demand_id], deltas[demand_id]):
            shares[peg_id] += change
    if shares:
        cases = " ".join(["when {} then cast({} as bigint)"] * len(shares))
        marks = db.any_of("id", list(shares)).template
        await db.rows(
            f"update demands set fulfilled_q = fulfilled_q + case id {cases} else 0 end where {marks}",
            *(value for share in shares.items() for value in share), *shares,
        )  # fmt: skip


async def for_order(order_id: int) -> list[dict[str, Any]]:
    """The promises to an order's lines: line_no, supply_kind, supply_id, quantity_q, fulfilled_q."""
    return await db.rows(
        "select l.line_no, d.supply_kind, d.supply_id, d.demand_id, d.quantity_q, d.fulfilled_q from sales_order_lines l"
        " join demands d on d.demand_kind = {} and d.demand_id = l.id where l.\"order\" = {} order by l.line_no, d.id",
        ORDER_LINE, order_id,
    )  # fmt: skip


def _shares(pegs: list[dict[str, Any]], delta: int) -> list[tuple[int, int]]:
    """How a delta falls on the pegs of one demand: [(peg id, change)]."""
    shares: list[tuple[int, int]] = []
    rest = delta
    for row in pegs if delta > 0 else reversed(pegs):
        room = max(row["quantity_q"] - row["fulfilled_q"], 0) if delta > 0 else -row["fulfilled_q"]
        change = min(rest, room) if delta > 0 else max(rest, room)
        if change:
            shares.append((row["id"], change))
            rest -= change
    if rest > 0 and pegs:
        shares.append((pegs[-1]["id"], rest))
    return shares
