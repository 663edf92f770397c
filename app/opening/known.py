"""What the codes in a file mean: our code, the code of the old system, or a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core import db
from app.core.quantities import Weight
from app.core.refusals import REQUIRED, UNKNOWN, Refused
from app.opening.cells import Cells
from app.opening.refusals import SEVERAL

_SOURCES: dict[str, tuple[str, Sequence[str]]] = {
    "item": (
        "select id, code, old_code, name, base_unit, unit_label, weight_micro, weight_pieces, kind from items",
        ("old_code",),
    ),
    "customer": (
        "select id, code, old_code, name, short_name, closing_day, payment_days, terms_from from customers",
        ("old_code", "name", "short_name"),
    ),
    "supplier": (
        "select id, code, old_code, name, short_name from suppliers",
        ("old_code", "name", "short_name"),
    ),
    "bin": ("select id, code, name from bins where kind <> 'virtual' and active", ()),
    "person": ("select id, code, name from people", ("name",)),
}
"""By kind of thing: where it stands, and what else than its code names it."""


@dataclass
class _Named:
    by_code: dict[str, dict[str, Any]] = field(default_factory=dict)
    otherwise: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


class Known:
    """All that codes may mean, read once for a whole file."""

    def __init__(self, things: Mapping[str, _Named]) -> None:
        self.things = things

    def find(self, kind: str, cells: Cells, column: str, required: bool = True) -> dict[str, Any] | None:
        """The row that a cell names; refused at the cell when there is none, or several."""
        given = cells.text(column, 120)
        if not given:
            if required:
                cells.refuse(column, Refused(REQUIRED))
            return None
        named = self.things[kind]
        found = named.by_code.get(given.lower())
        if found is not None:
            return found
        meant = named.otherwise.get(given.lower(), [])
        if len(meant) == 1:
            return meant[0]
        if meant:
            cells.refuse(
                column, Refused(SEVERAL, given=given[:40], codes="、".join(m["code"] for m in meant[:4]))
            )
        else:
            cells.refuse(column, Refused(UNKNOWN, given=given[:40]))
        return None


async def load() -> Known:
    things = {}
    for kind, (sql, names) in _SOURCES.items():
        named = things[kind] = _Named()
        for row in await db.rows(sql):
            named.by_code[row["code"].lower()] = row
            for other in {str(row[n]).strip().lower() for n in names}:
                if other:
                    named.otherwise.setdefault(other, []).append(row)
    return Known(things)


def weight_of(item: Mapping[str, Any]) -> Weight:
    return Weight(item["weight_micro"], item["weight_pieces"])
