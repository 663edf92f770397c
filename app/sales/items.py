"""Which of our items a customer means: by our id or code, or by the customer's own part number."""

from collections.abc import Sequence
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


async def ordered_items(
    wanted: Sequence[tuple[int | str, str]], customer: int, problems: Problems
) -> list[Ordered | None]:
    """The item of each (item, customer part number), None where it is not known; problems at `lines-N-…`."""
    cleaned = [(i if isinstance(i, int) else text.clean(i), text.clean(c)) for i, c in wanted]
    by_id = await items_by("i.id", {i for i, _ in cleaned if isinstance(i, int) and 0 < i < 2**31})
    by_code = await items_by("i.code", {i for i, _ in cleaned if isinstance(i, str) and i})
    theirs = await _theirs(customer, {c for _, c in cleaned if c})
    others = await _others({c for i, c in cleaned if c and i == "" and c not in theirs})
    return [
        _one(f"lines-{n}", item, code, by_id, by_code, theirs, others, problems)
        for n, (item, code) in enumerate(cleaned)
    ]


def _one(
    at: str, item: int | str, customer_item: str, by_id: dict[Any, Ordered], by_code: dict[Any, Ordered],
    theirs: dict[str, Ordered], others: dict[str, str], problems: Problems,
) -> Ordered | None:  # fmt: skip
    if item != "":
        found = by_id.get(item) if isinstance(item, int) else by_code.get(item)
        if found is None:
            problems.note(f"{at}-item", Refused(UNKNOWN, given=str(item)[:40]))
        meant = theirs.get(customer_item)
        if found and meant and meant.id == found.id:
            found = meant
        elif found and meant:
            problems.note(
                f"{at}-customer_item", Refused(ANOTHER_ITEM, given=customer_item[:40], item=meant.code)
            )
    elif customer_item:
        found = theirs.get(customer_item)
        if found is None:
            whose = others.get(customer_item)
            problems.note(
                f"{at}-customer_item",
                Refused(ANOTHERS_NUMBER, given=customer_item[:40], customer=whose)
                if whose
                else Refused(NOT_MAPPED, given=customer_item[:40]),
            )
    else:
        found = None
        problems.note(f"{at}-item", Refused(ITEM_MISSING))
    if found is not None and not found.active:
        problems.note(f"{at}-item", Refused(SWITCHED_OFF, what=found.code))
    return found


async def items_by(column: str, values: set[Any]) -> dict[Any, Ordered]:
    if not values:
        return {}
    marks = ", ".join(["{}"] * len(values))
    rows = await db.rows(f"select {_COLUMNS} from items i where {column} in ({marks})", *values)
    return {row[column[2:]]: _ordered(row) for row in rows}


async def _theirs(customer: int, codes: set[str]) -> dict[str, Ordered]:
    if not codes:
        return {}
    marks = ", ".join(["{}"] * len(codes))
    rows = await db.rows(
        f"select c.code as theirs, c.drawing_revision as their_revision, {_COLUMNS} from customer_items c"
        f" join items i on i.id = c.item where c.customer = {{}} and c.code in ({marks})",
        customer, *codes,
    )  # fmt: skip
    return {row["theirs"]: _as_theirs(row) for row in rows}


async def _others(codes: set[str]) -> dict[str, str]:
    """Whose part numbers these are that the customer does not have."""
    rows = await db.rows(
        "select k.code, c.name from customer_items k join customers c on c.id = k.customer where {} order by c.id desc",
        db.any_of("k.code", sorted(codes)),
    )
    return {row["code"]: row["name"] for row in rows}


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
