"""Bins: where goods lie. The house's own places (customer, production, scrap …) are not edited."""

from collections.abc import Mapping
from typing import Any

from app.core import db
from app.core.refusals import UNKNOWN, Refused
from app.core.words import N_
from app.people.actors import Actor
from app.stock.refusals import BIN_CLOSED, BIN_NOT_EMPTY, BIN_OF_THE_HOUSE
from app.stock.tables import Bin

STORE, PLACE, VIRTUAL = "store", "place", "virtual"
KINDS = {STORE: N_("Store"), PLACE: N_("Place on the floor")}
"""The kinds of bins people make; only what lies in a store may be picked for delivery."""
OF_THE_HOUSE = "@"
"""What the codes of the house's own places and of their warehouse begin with."""


async def may_stand(row: Mapping[str, Any], by: Actor) -> None:
    """Whether a bin may be as it was just written: none of the house's own places, and out of use only when it is empty."""
    if row["code"].startswith(OF_THE_HOUSE):
        raise Refused(BIN_OF_THE_HOUSE, "code", bin=row["code"])
    if row["warehouse_code"].startswith(OF_THE_HOUSE):
        raise Refused(UNKNOWN, "warehouse", given=row["warehouse_code"])
    if not row["active"] and await _holds_something(row["id"]):
        raise Refused(BIN_NOT_EMPTY, "active", bin=row["code"])


async def called(reference: int | str, field: str | None = "bin") -> Bin:
    """A bin in use, by id or code; Refused(UNKNOWN) or Refused(BIN_CLOSED) at the field."""
    by_id = isinstance(reference, int)
    row = await Bin.objects().where(Bin.id == reference if by_id else Bin.code == str(reference)[:60]).first()
    if row is None:
        raise Refused(UNKNOWN, field, given=str(reference)[:60])
    if not row.active:
        raise Refused(BIN_CLOSED, field, bin=row.code)
    return row


async def _holds_something(bin_id: int) -> bool:
    return (
        await db.value("select 1 from stock_balances where bin = {} and quantity_q <> 0 limit 1", bin_id)
        is not None
    )
