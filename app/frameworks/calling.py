"""A call-off plan as entered, checked against its framework order and laid beside what stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.core import clock, db, text
from app.core.quantities import Quantity, Weight, number
from app.core.refusals import REQUIRED, TOO_HIGH, Refused
from app.frameworks import figures
from app.frameworks.comparing import Change, Comparison, Spot, compare
from app.frameworks.figures import Figures
from app.frameworks.refusals import BEYOND, DAY_IS_OVER, NO_SUCH_LINE, NOTHING_PLANNED, OUTSIDE, SEVERAL_LINES
from app.frameworks.tables import FrameworkOrder
from app.sales.problems import Problems

MOST = 2000
Line = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class NewCallOff:
    """So much of a line for a day. `line` is its number, our item or the customer's part number; without a unit that of the line."""

    line: str | int
    due_date: date | None
    quantity: str | Decimal
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class NewPlan:
    """A plan as it came: all that is wanted from now on, or (`adds`) what is wanted besides. `reference` is the customer's number."""

    call_offs: Sequence[NewCallOff] = field(default_factory=tuple)
    reference: str = ""
    adds: bool = False


@dataclass(frozen=True)
class Looked:
    """A plan that may be taken: how it differs from what stands, and from which day on changes are not firm."""

    reference: str
    lines: Mapping[int, Line]
    comparison: Comparison
    standing: Mapping[Spot, Sequence[int]]
    free_from: date

    def is_firm(self, change: Change) -> bool:
        return any(day < self.free_from for day in change.days)

    @property
    def made(self) -> list[Change]:
        return [change for change in self.comparison.changes if not self.is_firm(change)]

    @property
    def flagged(self) -> list[Change]:
        firm = [change for change in self.comparison.changes if self.is_firm(change)]
        return [*firm, *self.comparison.of_orders]


async def look(framework: FrameworkOrder, new: NewPlan) -> Looked:
    """The plan beside what stands; Invalid with every problem at its field (`call_offs-0-quantity`)."""
    problems, today = Problems(), clock.today()
    lines = {line["id"]: line for line in await figures.lines_of(framework.id)}
    rows = await open_rows(framework.id)
    standing = {spot: sum(q for _id, q in each) for spot, each in rows.items()}
    reference = problems.fit("reference", new.reference, 80)
    wanted, last = _read(framework, new, lines, standing, problems)
    problems.check()
    if new.adds:
        wanted = {spot: standing.get(spot, 0) + wanted.get(spot, 0) for spot in {*standing, *wanted}}
    repeats = framework.repeats and not new.adds
    ordered = await ordered_rows(framework.id, today) if repeats else {}
    comparison = compare(standing, ordered, wanted)
    await _must_be_agreed(framework, lines, comparison, last, problems)
    problems.check()
    first = not await db.value("select 1 from call_off_plans where framework = {} limit 1", framework.id)
    free_from = date.min if first else today + timedelta(days=framework.firm_days)
    ids = {spot: [id_ for id_, _q in each] for spot, each in rows.items()}
    return Looked(reference, lines, comparison, ids, free_from)


async def open_rows(framework_id: int) -> dict[Spot, list[tuple[int, int]]]:
    """What is called off and in no order, by line and day: rows and quantities."""
    found: dict[Spot, list[tuple[int, int]]] = {}
    for row in await db.rows(
        "select id, line, due_date, quantity_q from call_offs where framework = {} and sales_order is null"
        " order by due_date, id",
        framework_id,
    ):
        found.setdefault((row["line"], row["due_date"]), []).append((row["id"], row["quantity_q"]))
    return found


async def ordered_rows(framework_id: int, since: date) -> dict[Spot, list[tuple[int, int]]]:
    """What its orders still have to deliver from a day on, by line and day: orders and quantities."""
    rows = await db.rows(
        "select distinct c.line, l.id as of_line, s.id, d.seq, d.requested_date, d.quantity_q - d.delivered_q as due from call_offs c"
        " join framework_lines f on f.id = c.line join sales_orders s on s.id = c.sales_order and s.state in"
        " ('draft', 'submitted', 'confirmed') join sales_order_lines l on l.\"order\" = s.id and l.line_no = c.line_no"
        " and l.item = f.item join delivery_schedules d on d.line = l.id"
        " where c.framework = {} and d.requested_date >= {} and d.quantity_q > d.delivered_q order by s.id, d.seq",
        framework_id, since,
    )  # fmt: skip
    found: dict[Spot, list[tuple[int, int]]] = {}
    for row in rows:
        found.setdefault((row["line"], row["requested_date"]), []).append((row["id"], row["due"]))
    return found


def _read(
    framework: FrameworkOrder,
    new: NewPlan,
    lines: Mapping[int, Line],
    standing: Mapping[Spot, int],
    problems: Problems,
) -> tuple[dict[Spot, int], dict[int, int]]:
    """What is wanted by line and day, and the last entry of each line; what is wanted twice for a day adds up."""
    wanted, last = dict[Spot, int](), dict[int, int]()
    if not new.call_offs:
        problems.note("call_offs", Refused(NOTHING_PLANNED))
    if len(new.call_offs) > MOST:
        problems.note("call_offs", Refused(TOO_HIGH, most=MOST))
        return wanted, last
    for i, entered in enumerate(new.call_offs):
        at = f"call_offs-{i}"
        line = _line_of(f"{at}-line", entered.line, lines, problems)
        milli = _quantity(at, entered, line, problems) if line else None
        if line is None or not milli:
            continue
        if _day_fits(f"{at}-due_date", framework, line["id"], entered.due_date, standing, problems):
            assert entered.due_date is not None
            spot = (line["id"], entered.due_date)
            wanted[spot], last[line["id"]] = wanted.get(spot, 0) + milli, i
    return wanted, last


def _line_of(at: str, given: str | int, lines: Mapping[int, Line], problems: Problems) -> Line | None:
    said = text.clean(str(given))
    if not said:
        problems.note(at, Refused(REQUIRED))
        return None
    found = [
        line
        for line in lines.values()
        if said.lower() in (line["customer_item"].lower(), line["code"].lower())
    ]
    found = found or [line for line in lines.values() if said.lstrip("#") == str(line["line_no"])]
    if len(found) != 1:
        problems.note(at, Refused(SEVERAL_LINES if found else NO_SUCH_LINE, given=said[:40]))
        return None
    return found[0]


def _quantity(at: str, entered: NewCallOff, line: Line, problems: Problems) -> int | None:
    """In 10⁻³ of the base unit; 0 where nothing is wanted, None where it cannot be read."""
    try:
        if number(entered.quantity, "quantity") == 0:
            return 0
        weight = Weight(line["weight_micro"], line["weight_pieces"])
        unit = entered.unit.strip() or line["unit"]
        return Quantity.entered(entered.quantity, unit, line["base_unit"], weight, line["code"]).milli
    except Refused as refused:
        problems.note(f"{at}-{'unit' if refused.field == 'unit' else 'quantity'}", refused)
        return None


def _day_fits(
    at: str,
    framework: FrameworkOrder,
    line: int,
    day: date | None,
    standing: Mapping[Spot, int],
    problems: Problems,
) -> bool:
    if day is None:
        problems.note(at, Refused(REQUIRED))
    elif (line, day) in standing:
        return True
    elif day < clock.today():
        problems.note(at, Refused(DAY_IS_OVER, day=day.isoformat()))
    elif not framework.valid_from <= day <= framework.valid_until:
        begins, ends = framework.valid_from.isoformat(), framework.valid_until.isoformat()
        problems.note(at, Refused(OUTSIDE, begins=begins, ends=ends))
    else:
        return True
    return False


async def _must_be_agreed(
    framework: FrameworkOrder,
    lines: Mapping[int, Line],
    comparison: Comparison,
    last: Mapping[int, int],
    problems: Problems,
) -> None:
    """No line calls off more than is agreed, with what may be beyond it."""
    stands = await figures.of(framework.id)
    for id_, line in lines.items():
        more = sum(q for (of, _day), q in comparison.wanted.items() if of == id_) - stands[id_].planned
        refused = beyond(framework, line, stands[id_], more)
        if refused is not None:
            problems.note(f"call_offs-{last.get(id_, 0)}-quantity", refused)


def beyond(framework: FrameworkOrder, line: Line, stands: Figures, more: int) -> Refused | None:
    """Why so much more of a line is not called off; None where it may be."""
    called, limit = stands.called + more, stands.limit(framework.beyond_percent)
    if more <= 0 or called <= limit:
        return None
    return Refused(BEYOND, "quantity", called=figures.said(called, line), limit=figures.said(limit, line))
