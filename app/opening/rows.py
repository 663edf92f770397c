"""Rows of opening data as the books keep them, and what a file changes about them."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.core import db
from app.core.words import Word
from app.opening.cells import Cells
from app.opening.columns import Column
from app.opening.known import Known
from app.people.actors import Actor, Permission

COLUMNS = (
    "item", "customer", "supplier", "lot", "bin", "quality", "unit", "quantity_q", "done_q", "weight_q", "amount", "currency",
    "due_on", "subject_id",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: from a file (`cells`) or from the books (`id`). Two rows of a key are the same when they tell the same."""

    key: str
    told: Mapping[str, str]
    cells: Cells | None = None
    id: int | None = None
    item: int | None = None
    customer: int | None = None
    supplier: int | None = None
    lot: int | None = None
    bin: int | None = None
    quality: str = ""
    unit: str = ""
    quantity_q: int = 0
    done_q: int = 0
    weight_q: int = 0
    amount: int = 0
    currency: str = ""
    due_on: date | None = None
    subject_id: int | None = None


@dataclass
class Plan:
    """What a file makes of the books: `read` is all of the file, `changed` pairs what stands with what comes, `after` is what will be."""

    new: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    after: dict[str, Row] = field(default_factory=dict)
    read: list[Row] = field(default_factory=list)
    same: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.removed)


Became = dict[str, dict[str, int]]
"""By key, what of the house a row became: `subject_id`, `lot`."""


@dataclass(frozen=True)
class Booking:
    """A plan on its way into the books. `tell(done, of)` says how far it is."""

    plan: Plan
    import_id: int
    number: str
    by: Actor
    tell: Callable[[int, int], None] = lambda done, of: None


@dataclass(frozen=True)
class Kind:
    """A kind of opening data: its columns, whose totals are compared, how its rows are checked and booked."""

    name: str
    resource: str
    label: Word
    note: Word
    icon: str
    permission: Permission
    columns: tuple[Column, ...]
    party: str
    party_label: Word
    check: Callable[[Sequence[Cells], Known, Mapping[str, Row], bool], Awaitable[list[Row]]]
    book: Callable[[Booking], Awaitable[Became]]

    def column(self, name: str) -> Column | None:
        return next((c for c in self.columns if c.name == name), None)


async def kept(kind: str) -> dict[str, Row]:
    """What is in the books of a kind, by key."""
    found = await db.rows(
        f"select id, key, told, {', '.join(COLUMNS)} from opening_rows where kind = {{}} order by id", kind
    )
    return {r["key"]: Row(**{**r, "told": json.loads(r["told"])}) for r in found}


def planned(rows: Sequence[Row], standing: Mapping[str, Row], whole: bool) -> Plan:
    """A file's rows beside what stands; with `whole`, what the file lacks goes. A row of nothing (0 on hand) goes too."""
    plan = Plan(after=dict(standing), read=[row for row in rows if row.cells is not None])
    for row in rows:
        old = standing.get(row.key)
        if _is_nothing(row):
            plan.same += old is None
            if old is not None:
                plan.removed.append(old)
                del plan.after[row.key]
        elif old is None:
            plan.new.append(row)
            plan.after[row.key] = row
        elif dict(old.told) == dict(row.told):
            plan.same += row.cells is not None  # not what an order of the file brings along
        else:
            came = replace(row, id=old.id, subject_id=old.subject_id)
            plan.changed.append((old, came))
            plan.after[row.key] = came
    if whole:
        named = {row.key for row in rows}
        for key, old in standing.items():
            if key not in named:
                plan.removed.append(old)
                del plan.after[key]
    return plan


def _is_nothing(row: Row) -> bool:
    return not (row.quantity_q or row.amount or row.weight_q)


def take_out_all(standing: Mapping[str, Row]) -> Plan:
    return Plan(removed=list(standing.values()))


async def write(kind: str, booking: Booking, became: Became) -> None:
    """Keep the rows as they are in the books now; part of the booking's transaction."""
    plan = booking.plan
    columns = ("kind", "key", "taken_by", "told", *COLUMNS)
    await db.write_many(
        "opening_rows", [f'"{c}"' for c in columns],
        [(kind, row.key, booking.import_id, _told(row), *_values(row, became)) for row in plan.new],
    )  # fmt: skip
    sets = ", ".join(f'"{c}" = {{}}' for c in ("taken_by", "told", *COLUMNS))
    for _old, row in plan.changed:
        await db.rows(f"update opening_rows set {sets} where id = {{}}",
                      booking.import_id, _told(row), *_values(row, became), row.id)  # fmt: skip
    for start in range(0, len(plan.removed), 500):
        some = [row.id for row in plan.removed[start : start + 500]]
        await db.rows(f"delete from opening_rows where {db.any_of('id', some).template}", *some)


def _told(row: Row) -> str:
    return json.dumps(dict(row.told), ensure_ascii=False)


def _values(row: Row, became: Became) -> list[Any]:
    made = became.get(row.key, {})
    return [made.get(name, getattr(row, name)) for name in COLUMNS]
