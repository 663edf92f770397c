"""Lots: batches of one item, each with its own piece weight."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.core import clock, db, search
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
    made = await db.rows(
        "insert into lots (item, number, owner, heat, weight_micro, weight_pieces, made_at) values ({}, {}, {}, {}, {}, {}, {})"
        " on conflict (item, number) do nothing returning id, number, heat",
        item_id, number or UNTRACKED, owner, heat, weight.micro, weight.pieces, clock.now(),
    )  # fmt: skip
    await findable(made)
    return await get(Lot, (Lot.item == item_id) & (Lot.number == (number or UNTRACKED)))


async def find_or_make_many(
    wanted: Mapping[tuple[int, str], Weight | None], heats: Mapping[tuple[int, str], str]
) -> dict[tuple[int, str], int]:
    """find_or_make() for many lots at once: {(item, number): piece weight or None for the item's} → ids. Each has its heat
    afterwards, also where it was there already."""
    found = await _ids(wanted)
    missing = [lot for lot in wanted if lot not in found]
    if missing:
        items = {
            r["id"]: Weight(r["weight_micro"], r["weight_pieces"])
            for r in await _of_items({i for i, _n in missing})
        }
        now, rows = clock.now(), []
        for item, number in missing:
            weight = wanted[item, number] or items[item]
            rows.append((item, number, weight.micro, weight.pieces, now))
        await db.write_many("lots", ("item", "number", "weight_micro", "weight_pieces", "made_at"), rows)
        made = await _ids(dict.fromkeys(missing))
        await findable([{"id": id_, "number": number, "heat": ""} for (_item, number), id_ in made.items()])
        found |= made
    await _heated({found[lot]: heat for lot, heat in heats.items()})
    return found


async def _heated(heats: Mapping[int, str]) -> None:
    """Lots, by id, are of these heats."""
    others: list[dict[str, Any]] = []
    for start in range(0, len(heats), 5000):
        some = sorted(heats)[start : start + 5000]
        condition = db.any_of("id", some).template
        others += await db.rows(f"select id, number, heat from lots where {condition}", *some)
    others = [{**lot, "heat": heats[lot["id"]]} for lot in others if lot["heat"] != heats[lot["id"]]]
    await db.update_many("lots", ("heat",), {lot["id"]: (lot["heat"],) for lot in others})
    await findable(others)


async def findable(made: Sequence[Mapping[str, Any]]) -> None:
    """Lots (id, number, heat) are found by their number and their heat; the one of what is not tracked has neither."""
    words = {lot["id"]: (lot["number"], lot["heat"]) for lot in made if lot["number"] != UNTRACKED}
    await search.index_many("lot", words)


async def _ids(lots: Collection[tuple[int, str]]) -> dict[tuple[int, str], int]:
    items, found = sorted({item for item, _number in lots}), {}
    for start in range(0, len(items), 5000):
        some = items[start : start + 5000]
        for row in await db.rows(
            f"select id, item, number from lots where {db.any_of('item', some).template}", *some
        ):
            if (row["item"], row["number"]) in lots:
                found[row["item"], row["number"]] = row["id"]
    return found


async def _of_items(items: set[int]) -> list[dict[str, Any]]:
    found = []
    for start in range(0, len(items), 5000):
        some = sorted(items)[start : start + 5000]
        found += await db.rows(
            f"select id, weight_micro, weight_pieces from items where {db.any_of('id', some).template}", *some
        )
    return found
