"""How each line of a framework order stands: agreed, called off, in orders, shipped, still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core import db
from app.core.quantities import labelled
from app.frameworks.kind import FRAMEWORK
from app.offers import lines
from app.sales.echo import grouped, in_unit

_ORDERED = (
    "(select cast(coalesce(sum({what}), 0) as bigint) from (select distinct c.sales_order, c.line_no from call_offs c"
    " where c.line = f.id and c.sales_order is not null) t join sales_orders s on s.id = t.sales_order and s.state <> 'cancelled'"
    ' join sales_order_lines l on l."order" = s.id and l.line_no = t.line_no and l.item = f.item)'
)
_TAKEN = (
    "case when s.state = 'closed' or l.delivered_q > l.quantity_q then l.delivered_q else l.quantity_q end"
)
_PLANNED = "(select cast(coalesce(sum(c.quantity_q), 0) as bigint) from call_offs c where c.line = f.id and c.sales_order is null)"


CALLED = f"({_PLANNED} + {_ORDERED.format(what=_TAKEN)})"
"""How much of a line `f` is called off, as SQL."""


@dataclass(frozen=True)
class Figures:
    """Of one line, in 10⁻³ of its base unit. An order that was closed short took what was shipped."""

    agreed: int
    planned: int
    ordered: int
    shipped: int

    @property
    def called(self) -> int:
        return self.planned + self.ordered

    @property
    def open(self) -> int:
        return max(0, self.agreed - self.called)

    def limit(self, beyond_percent: int) -> int:
        """How much may be called off at most."""
        return self.agreed * (100 + beyond_percent) // 100

    def percent(self, part: int) -> int:
        return part * 100 // self.agreed if self.agreed else 0


async def of(framework_id: int) -> dict[int, Figures]:
    """The figures of each line, by its id."""
    return (await of_many([framework_id]))[framework_id]


async def of_many(framework_ids: list[int]) -> dict[int, dict[int, Figures]]:
    """As of(), for several framework orders."""
    rows = await db.rows(
        f"select f.framework, f.id, f.quantity_q as agreed, {_PLANNED} as planned, {_ORDERED.format(what=_TAKEN)} as ordered,"
        f" {_ORDERED.format(what='l.delivered_q')} as shipped from framework_lines f where {{}} order by f.line_no",
        db.any_of("f.framework", framework_ids),
    )
    found: dict[int, dict[int, Figures]] = {id_: {} for id_ in framework_ids}
    for row in rows:
        found[row["framework"]][row["id"]] = Figures(
            row["agreed"], row["planned"], row["ordered"], row["shipped"]
        )
    return found


async def lines_of(framework_id: int) -> list[dict[str, Any]]:
    """The lines with their items."""
    return await lines.lines_of(FRAMEWORK, framework_id)


def unit_said(line: Mapping[str, Any]) -> str:
    """The unit of a line in the word of its item: 千支."""
    return labelled(line["unit"], line["unit_label"] or line["base_unit"])


def said(milli: int, line: Mapping[str, Any]) -> str:
    """So much in words: 5 千支."""
    return f"{grouped(in_unit(milli, line))} {unit_said(line)}"
