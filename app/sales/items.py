"""Which of our items a customer means: by our id or code, or by the customer's own part number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.core import db, text
from app.core.quantities import Weight
from app.core.refusals import UNKNOWN, Refused
from app.sales.problems import Problems
from app.sales.refusals import ANOTHER_ITEM, ANOTHERS_NUMBER, ITEM_MISSING, NOT_MAPPED, SWITCHED_OFF


@dataclass(frozen=True)
class Ordered:
    """Of an item, what an order line needs."""

    id: int
    code: str
    name: str
    spec: str
    kind: str
    base_unit: str
    unit_label: str
    weight: Weight
    drawing_revision: str
    usual_price_micro: int
    usual_price_unit: str
    active: bool

    @property
    def title(self) -> str:
        return f"{self.name} {self.spec}".strip()


_COLUMNS = (
    "i.id, i.code, i.name, i.spec, i.kind, i.base_unit, i.unit_label, i.weight_micro, i.weight_pieces,"
    " i.drawing_revision, i.usual_price_micro, i.usual_price_unit, i.active"
)


Said = tuple[int | str, str]
"""How a line names its item: our id or code, and the customer's part number."""


@dataclass(frozen=True)
class Items:
    """What several orders name: our items by id and code, each customer's by part number, and whose numbers others are."""

    ours: dict[int | str, Ordered]
    theirs: dict[tuple[int, str], Ordered]
    others: dict[str, str]

    def ordered(self, said: Sequence[Said], customer: int, problems: Problems) -> list[Ordered | None]:
        """The item of each line of an order, None where it is not known; problems at `lines-N-…`."""
        return [self._one(f"lines-{n}", *_cleaned(each), customer, problems) for n, each in enumerate(said)]

    def _one(self, at: str, item: int | str, part: str, customer: int, problems: Problems) -> Ordered | None:
        meant = self.theirs.get((customer, part))
        found = self.ours.get(item) if item != "" else meant
        if item == "" and not part:
            problems.note(f"{at}-item", Refused(ITEM_MISSING))
        elif item == "" and meant is None:
            problems.note(f"{at}-customer_item", self._unknown(part))
        elif found is None:
            problems.note(f"{at}-item", Refused(UNKNOWN, given=str(item)[:40]))
        elif meant and meant.id == found.id:
            found = meant
        elif meant:
            problems.note(f"{at}-customer_item", Refused(ANOTHER_ITEM, given=part[:40], item=meant.code))
        if found is not None and not found.active:
            problems.note(f"{at}-item", Refused(SWITCHED_OFF, what=found.code))
        return found

    def _unknown(self, part: str) -> Refused:
        whose = self.others.get(part)
        if whose:
            return Refused(ANOTHERS_NUMBER, given=part[:40], customer=whose)
        return Refused(NOT_MAPPED, given=part[:40])


def _cleaned(said: Said) -> Said:
    item, part = said
    return item if isinstance(item, int) else text.clean(item), text.clean(part)


async def ordered_items(wanted: Sequence[Said], customer: int, problems: Problems) -> list[Ordered | None]:
    """The item of each (item, customer part number) of one order."""
    return (await items_of([(customer, wanted)])).ordered(wanted, customer, problems)


async def items_of(several: Sequence[tuple[int, Sequence[Said]]]) -> Items:
    """The items that orders name, of each its customer and its lines; in a few reads for all."""
    named = {(customer, *_cleaned(said)) for customer, lines in several for said in lines}
    by_id = await items_by("i.id", {i for _, i, _ in named if isinstance(i, int) and 0 < i < 2**31})
    by_code = await items_by("i.code", {i for _, i, _ in named if isinstance(i, str) and i})
    theirs = await _theirs({c for c, _, part in named if part}, {part for _, _, part in named if part})
    others = await _others({p for c, i, p in named if p and i == "" and (c, p) not in theirs})
    return Items(by_id | by_code, theirs, others)


async def items_by(column: str, values: set[Any]) -> dict[Any, Ordered]:
    found: dict[Any, Ordered] = {}
    for some in _at_once(values):
        rows = await db.rows(f"select {_COLUMNS} from items i where {{}}", db.any_of(column, some))
        found |= {row[column[2:]]: _ordered(row) for row in rows}
    return found


async def _theirs(customers: set[int], codes: set[str]) -> dict[tuple[int, str], Ordered]:
    found: dict[tuple[int, str], Ordered] = {}
    for some in _at_once(codes):
        rows = await db.rows(
            f"select c.customer, c.code as theirs, c.drawing_revision as their_revision, {_COLUMNS}"
            " from customer_items c join items i on i.id = c.item where {} and {}",
            db.any_of("c.customer", sorted(customers)), db.any_of("c.code", some),
        )  # fmt: skip
        found |= {(row["customer"], row["theirs"]): _as_theirs(row) for row in rows}
    return found


async def _others(codes: set[str]) -> dict[str, str]:
    """Whose part numbers these are that the customer does not have."""
    found: dict[str, str] = {}
    for some in _at_once(codes):
        rows = await db.rows(
            "select k.code, c.name from customer_items k join customers c on c.id = k.customer where {} order by c.id desc",
            db.any_of("k.code", some),
        )
        found |= {row["code"]: row["name"] for row in rows}
    return found


def _at_once(values: set[Any]) -> Iterator[list[Any]]:
    wanted = sorted(values)
    return (wanted[start : start + 500] for start in range(0, len(wanted), 500))


def _as_theirs(row: dict[str, Any]) -> Ordered:
    """Our item in the revision that the customer's part number means."""
    item = _ordered(row)
    return replace(item, drawing_revision=row["their_revision"]) if row["their_revision"] else item


def _ordered(row: dict[str, Any]) -> Ordered:
    weight = Weight(row["weight_micro"], row["weight_pieces"])
    return Ordered(
        row["id"], row["code"], row["name"], row["spec"], row["kind"], row["base_unit"],
        row["unit_label"] or row["base_unit"], weight, row["drawing_revision"], row["usual_price_micro"],
        row["usual_price_unit"], bool(row["active"]),
    )  # fmt: skip
