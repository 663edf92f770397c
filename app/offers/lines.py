"""The lines of an offer."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core import db
from app.core.rows import gathered
from app.offers.kinds import Kind


async def lines_of(kind: Kind, offer: int) -> list[dict[str, Any]]:
    """The lines with their items."""
    return (await lines_of_many(kind, [offer]))[offer]


async def lines_of_many(kind: Kind, offers: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
    """The same of many, by the id of their offer."""
    found = await db.rows(
        "select l.*, i.code, i.name, i.spec as item_spec, i.base_unit, i.unit_label, i.weight_micro, i.weight_pieces"
        f" from {kind.lines} l join items i on i.id = l.item where {{}} order by l.line_no",
        db.any_of(f"l.{kind.head}", offers),
    )
    return gathered(found, kind.head)
