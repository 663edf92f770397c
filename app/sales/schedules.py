"""When how much of a line is wanted: one delivery for all of it, or several (分批交货) that add up to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from app.core import db, text
from app.core.quantities import Quantity, Weight, labelled, number, plain
from app.core.refusals import REQUIRED, TOO_HIGH, Refused
from app.sales.items import Ordered
from app.sales.problems import Problems
from app.sales.refusals import DO_NOT_ADD_UP

MOST = 24

NEXT_DUE = (
    "(select case when max(s.seq) > 1 then coalesce(min(case when s.delivered_q * 100 < s.quantity_q * (100 - l.under_percent)"
    " then s.requested_date end), max(s.requested_date)) end from delivery_schedules s join sales_order_lines l on l.id = s.line"
    " join items i on i.id = l.item and i.kind <> 'service' where l.\"order\" = sales_orders.id)"
)
"""Of an order with a line in several deliveries the day of the first that is open, as SQL; null for other orders."""


@dataclass(frozen=True, kw_only=True)
class NewSchedule:
    """One delivery of a line as entered, in the unit of the line."""

    quantity: str | Decimal
    due_date: date | None = None


@dataclass(frozen=True)
class Schedule:
    """One delivery of a line; `entered` keeps what the customer wrote, '' where it is the whole line."""

    due_date: date
    quantity_q: int
    entered: str = ""


class Split(Protocol):
    """A line as entered, in as far as its deliveries follow from it."""

    @property
    def quantity(self) -> str | Decimal: ...
    @property
    def unit(self) -> str: ...
    @property
    def due_date(self) -> date | None: ...
    @property
    def schedules(self) -> Sequence[NewSchedule]: ...


def read(
    at: str, new: Split, quantity: Quantity, due: date, item: Ordered, problems: Problems
) -> list[Schedule]:
    """The deliveries in the order of their days; they must make up what the line says, as it is written."""
    if not new.schedules:
        return [Schedule(new.due_date or due, quantity.milli)]
    if len(new.schedules) > MOST:
        problems.note(f"{at}-schedules", Refused(TOO_HIGH, most=MOST))
        return []
    found = [
        _one(f"{at}-schedules-{i}", each, new.unit, quantity.base, item.weight, problems)
        for i, each in enumerate(new.schedules)
    ]
    good = [each for each in found if each is not None]
    if len(good) < len(found):
        return []
    total, whole = sum((number(each.quantity) for each in new.schedules), Decimal(0)), number(new.quantity)
    if total != whole:
        unit = labelled(text.clean(new.unit), item.unit_label)
        problems.note(
            f"{at}-schedules", Refused(DO_NOT_ADD_UP, sum=plain(total), whole=plain(whole), unit=unit)
        )
        return []
    return _exact(sorted(good, key=lambda each: each.due_date), quantity)


def _one(
    at: str, new: NewSchedule, unit: str, base: str, weight: Weight, problems: Problems
) -> Schedule | None:
    if new.due_date is None:
        problems.note(f"{at}-due_date", Refused(REQUIRED))
    if not str(new.quantity).strip():
        problems.note(f"{at}-quantity", Refused(REQUIRED))
        return None
    try:
        milli = Quantity.entered(new.quantity, unit, base, weight).milli
    except Refused as refused:
        problems.note(f"{at}-quantity", refused)
        return None
    return new.due_date and Schedule(new.due_date, milli, text.clean(str(new.quantity))[:40])


def _exact(schedules: list[Schedule], quantity: Quantity) -> list[Schedule]:
    """What weighing into pieces rounded away falls to the last delivery."""
    *first, last = schedules
    rest = quantity.milli - sum(each.quantity_q for each in first)
    return [*first, Schedule(last.due_date, max(rest, 0), last.entered)]


def next_due(lines: Iterable[Sequence[Schedule]]) -> date | None:
    """What NEXT_DUE says, before anything is delivered."""
    lines = list(lines)
    if not any(len(schedules) > 1 for schedules in lines):
        return None
    return min(each.due_date for schedules in lines for each in schedules)


async def of_order(order_id: int) -> dict[int, list[dict[str, Any]]]:
    """The deliveries of each line, by its id, in their order; `open` says whether one is still to be made."""
    rows = await db.rows(
        "select s.line, s.seq, s.entered, s.quantity_q, s.requested_date, s.delivered_q,"
        " s.delivered_q * 100 < s.quantity_q * (100 - l.under_percent) as open from delivery_schedules s"
        ' join sales_order_lines l on l.id = s.line where l."order" = {} order by s.line, s.seq',
        order_id,
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["line"], []).append(row)
    return found


async def give(lines: Sequence[dict[str, Any]], order_id: int) -> None:
    """To each line of an order its `schedules`, empty while there is only one, and its `requested_date`: that of the first open one."""
    found = await of_order(order_id)
    for line in lines:
        of_line = found.get(line["id"], [])
        open_ = [each for each in of_line if each["open"]] or of_line[-1:]
        line["requested_date"] = open_[0]["requested_date"] if open_ else None
        line["schedules"] = of_line if len(of_line) > 1 else []


async def fill(lines: Sequence[int]) -> None:
    """What was delivered of lines, shared out among their deliveries: the earliest first; taken back from the last."""
    marks = ", ".join(["{}"] * len(lines))
    rows = await db.rows(
        "select s.id, s.line, s.quantity_q, l.delivered_q from delivery_schedules s"
        f" join sales_order_lines l on l.id = s.line where s.line in ({marks}) order by s.line, s.seq",
        *lines,
    )
    by_line: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        by_line.setdefault(row["line"], []).append(row)
    await db.update_many("delivery_schedules", ["delivered_q"], _shared(by_line))


def _shared(by_line: Mapping[int, Sequence[dict[str, Any]]]) -> dict[int, tuple[int]]:
    return {
        row["id"]: (part,)
        for rows in by_line.values()
        for row, part in zip(
            rows, filled([r["quantity_q"] for r in rows], rows[0]["delivered_q"]), strict=True
        )
    }


def filled(wanted: Sequence[int], delivered: int) -> list[int]:
    """How much of each delivery is made; what is more than all of them belongs to the last."""
    parts = []
    for quantity in wanted:
        parts.append(min(quantity, delivered))
        delivered -= parts[-1]
    return [*parts[:-1], parts[-1] + delivered]


def due_next(wanted: Sequence[int], done: int, under_percent: int) -> int:
    """How much of a line is due with its next delivery, when so much of it is delivered or on its way; within the tolerance a
    delivery is made."""
    due = 0
    for quantity, made in zip(wanted, filled(wanted, done), strict=True):
        due += quantity
        if made * 100 < quantity * (100 - under_percent):
            return due - done
    return max(due - done, 0)


async def last_day(order_id: int) -> date | None:
    """The day by which all of an order's goods are wanted."""
    found = await db.one(
        "select s.requested_date from delivery_schedules s join sales_order_lines l on l.id = s.line"
        " join items i on i.id = l.item and i.kind <> 'service' where l.\"order\" = {}"
        " order by s.requested_date desc limit 1",
        order_id,
    )
    return found["requested_date"] if found else None
