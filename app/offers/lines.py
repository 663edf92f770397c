"""The lines of an offer."""

from typing import Any

from app.core import db
from app.offers.kinds import Kind


async def lines_of(kind: Kind, offer: int) -> list[dict[str, Any]]:
    """The lines with their items."""
    return await db.rows(
        "select l.*, i.code, i.name, i.spec as item_spec, i.base_unit, i.unit_label, i.weight_micro, i.weight_pieces"
        f" from {kind.lines} l join items i on i.id = l.item where l.{kind.head} = {{}} order by l.line_no",
        offer,
    )
