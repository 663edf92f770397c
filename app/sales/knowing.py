"""What orders name, read once for all of them: customers by id or code, items by whatever they are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core import db, text
from app.core.refusals import REQUIRED, UNKNOWN, Refused
from app.custom_fields.defined import Fields, fields
from app.sales.agreed import NOBODY
from app.sales.items import Items, Said, items_of
from app.sales.problems import Problems
from app.sales.refusals import SWITCHED_OFF


@dataclass(frozen=True)
class Known:
    """The customers' files by what they are called, the items, and the custom fields of orders and lines."""

    customers: dict[int | str, dict[str, Any]]
    items: Items
    custom: Mapping[str, Fields]

    def customer(self, given: int | str, problems: Problems) -> dict[str, Any]:
        """The customer's file; that of nobody, with a problem noted, where there is none."""
        called = _called(given)
        found = self.customers.get(called)
        if found is None:
            unknown = Refused(UNKNOWN, given=str(called)[:40])
            problems.note("customer", Refused(REQUIRED) if called == "" else unknown)
            return NOBODY
        if not found["active"]:
            problems.note("customer", Refused(SWITCHED_OFF, what=found["name"]))
        return found


async def know(named: Sequence[tuple[int | str, Sequence[Said]]]) -> Known:
    """What several orders name, of each its customer and how its lines call their items."""
    called = {_called(customer) for customer, _lines in named}
    ids = [c for c in called if isinstance(c, int) and 0 < c < 2**31]
    customers: dict[int | str, dict[str, Any]] = {}
    for column, values in (("id", ids), ("code", [c for c in called if isinstance(c, str) and c])):
        for start in range(0, len(values), 500):
            condition = db.any_of(column, values[start : start + 500])
            rows = await db.rows("select * from customers where {}", condition)
            customers |= {row[column]: row for row in rows}
    lines = [(customers.get(_called(customer), NOBODY)["id"], said) for customer, said in named]
    return Known(customers, await items_of(lines), await fields())


def _called(given: int | str) -> int | str:
    return given if isinstance(given, int) else text.clean(given)
