"""What a bill of materials must be before it is kept."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from app.catalog.refusals import BOM_IN_USE, PART_OF_ITSELF
from app.core import db
from app.core.quantities import Weight, convert, unit_of
from app.core.refusals import NOT_POSITIVE, Invalid, Refused
from app.people.actors import Actor

DEEPEST = 20


async def hold(row: Mapping[str, Any], by: Actor) -> None:
    """Quantities are more than nothing in a unit the component has, nothing is part of itself, one list is in use."""
    components = {r["id"]: r for r in await db.rows(
        "select i.id, i.code, i.base_unit, i.weight_micro, i.weight_pieces from items i join bom_lines l on l.item = i.id"
        " where l.bom = {}", row["id"],
    )}  # fmt: skip
    wrong = {}
    for n, line in enumerate(row["lines"]):
        try:
            _measured(line, components[line["item"]])
        except Refused as refused:
            wrong[f"lines-{n}-{refused.field}"] = refused
    if wrong:
        raise Invalid(wrong)
    if row["active"]:
        await _only_one(row)
    await _no_loop(row)


def _measured(line: Mapping[str, Any], item: Mapping[str, Any]) -> None:
    if line["quantity_q"] <= 0:
        raise Refused(NOT_POSITIVE, "quantity")
    weight = Weight(item["weight_micro"], item["weight_pieces"])
    convert(Fraction(1), unit_of(line["unit"], "unit"), item["base_unit"], weight, item["code"], "unit")


async def _only_one(row: Mapping[str, Any]) -> None:
    other = await db.value(
        "select code from boms where item = {} and active and id <> {} limit 1", row["item"], row["id"]
    )
    if other:
        raise Refused(BOM_IN_USE, "item", item=row["item_code"], code=other)


async def _no_loop(row: Mapping[str, Any]) -> None:
    """Follow the components down: none of them is made of the item itself."""
    ways = {line["item"]: f"{row['item_code']} → {line['item_code']}" for line in row["lines"]}
    for _level in range(DEEPEST):
        if row["item"] in ways:
            raise Refused(PART_OF_ITSELF, "lines", item=row["item_code"], way=ways[row["item"]])
        if not ways:
            return
        below = await db.rows(
            "select distinct b.item as made, l.item, i.code from boms b join bom_lines l on l.bom = b.id"
            f" join items i on i.id = l.item where b.active and {db.any_of('b.item', list(ways)).template}",
            *ways,
        )
        ways = {r["item"]: f"{ways[r['made']]} → {r['code']}" for r in below}
