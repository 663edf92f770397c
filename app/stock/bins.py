"""Bins: where goods lie. The house's own places (customer, production, scrap …) are not edited."""

from typing import Any

from app.core import db
from app.core.refusals import NOT_A_CHOICE, REQUIRED, UNKNOWN, Refused
from app.core.rows import locked
from app.core.words import N_
from app.events.log import changes, record
from app.people.actors import Actor
from app.stock.events import BinChanged, BinMade
from app.stock.permissions import EDIT_BINS
from app.stock.refusals import BIN_CLOSED, BIN_NOT_EMPTY, BIN_OF_THE_HOUSE
from app.stock.tables import Bin, Warehouse

STORE, PLACE, VIRTUAL = "store", "place", "virtual"
KINDS = {STORE: N_("Store"), PLACE: N_("Place on the floor")}
"""The kinds of bins people make; only what lies in a store may be picked for delivery."""
TOLD = {"name": N_("Name"), "kind": N_("Kind of place"), "active": N_("In use")}


async def create(code: str, warehouse: str, name: str = "", kind: str = STORE, *, by: Actor) -> Bin:
    """A new bin in a warehouse (its code). Refused(TAKEN) by the commit when the code is used."""
    by.must(EDIT_BINS)
    if not code or code.startswith("@"):
        raise Refused(REQUIRED if not code else BIN_OF_THE_HOUSE, "code", bin=code)
    if kind not in KINDS:
        raise Refused(NOT_A_CHOICE, "kind", given=kind)
    row = Bin(code=code, name=name or code, warehouse=await _warehouse(warehouse), kind=kind)
    await row.save()
    await record(BinMade(subject=("bin", row.id), code=code), by=by)
    return row


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """A bin as its change is told: by the words people know its fields and kinds by."""
    return {str(label): KINDS.get(row[field], row[field]) for field, label in TOLD.items()}


async def edit(code: str, *, by: Actor, version: int | None = None, **wanted: str | bool) -> Bin:
    """Change `name`, `kind` or `active`. A bin is closed only when it is empty. The code stays: labels carry it."""
    by.must(EDIT_BINS)
    row = await locked(Bin, Bin.code == code, version=version)
    if row.kind == VIRTUAL:
        raise Refused(BIN_OF_THE_HOUSE, bin=code)
    if "kind" in wanted and wanted["kind"] not in KINDS:
        raise Refused(NOT_A_CHOICE, "kind", given=wanted["kind"])
    before = {"name": row.name, "kind": row.kind, "active": bool(row.active)}
    after = {**before, **{field: value for field, value in wanted.items() if field in before}}
    if before["active"] and not after["active"] and await _holds_something(row.id):
        raise Refused(BIN_NOT_EMPTY, "active", bin=code)
    difference = changes(_told(before), _told(after))
    if difference:
        row.name, row.kind, row.active, row.version = (
            after["name"],
            after["kind"],
            after["active"],
            row.version + 1,
        )
        await row.save()
        await record(BinChanged(subject=("bin", row.id), what=code, changes=difference), by=by)
    return row


async def called(reference: int | str, field: str | None = "bin") -> Bin:
    """A bin in use, by id or code; Refused(UNKNOWN) or Refused(BIN_CLOSED) at the field."""
    by_id = isinstance(reference, int)
    row = await Bin.objects().where(Bin.id == reference if by_id else Bin.code == str(reference)[:60]).first()
    if row is None:
        raise Refused(UNKNOWN, field, given=str(reference)[:60])
    if not row.active:
        raise Refused(BIN_CLOSED, field, bin=row.code)
    return row


async def _warehouse(code: str) -> int:
    found = await Warehouse.objects().where((Warehouse.code == code) & (Warehouse.code != "@")).first()
    if found is None:
        raise Refused(UNKNOWN, "warehouse", given=code)
    return found.id


async def _holds_something(bin_id: int) -> bool:
    return (
        await db.value("select 1 from stock_balances where bin = {} and quantity_q <> 0 limit 1", bin_id)
        is not None
    )
