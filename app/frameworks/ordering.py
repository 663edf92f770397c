"""Call-offs become a sales order, exactly once; an order that is cancelled, or loses the line, gives them back."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.core import db
from app.core import states as machine
from app.core.money import MICRO, price_shown
from app.core.quantities import plain
from app.core.refusals import Refused
from app.core.rows import locked
from app.events.log import record
from app.frameworks import calling, events, figures, frameworks, permissions
from app.frameworks.comparing import Spot
from app.frameworks.figures import Figures
from app.frameworks.refusals import NOT_CALLED, NOTHING_CHOSEN, UNDECIDED
from app.frameworks.states import LOOKS, MOVES, OPEN
from app.frameworks.tables import FrameworkOrder
from app.people.actors import Actor
from app.sales import agreed, orders, schedules
from app.sales.echo import in_unit
from app.sales.orders import NewLine, NewOrder
from app.sales.schedules import NewSchedule

Chosen = tuple[int, date]
"""A call-off as people choose it: the number of its line, and its day."""


async def order(
    number: str, chosen: Sequence[Chosen], *, by: Actor, version: int | None = None
) -> tuple[FrameworkOrder, str]:
    """Make one order draft of call-offs, with the prices and terms of the framework order; its number."""
    by.must(permissions.WRITE)
    framework = await frameworks.to_change(number, by, version)
    if not chosen:
        raise Refused(NOTHING_CHOSEN, "chosen")
    frameworks.must_not_have_run_out(framework)
    await machine.move(framework, MOVES, "plan", LOOKS)
    lines = {line["line_no"]: line for line in await figures.lines_of(framework.id)}
    rows = await _rows(framework, chosen, lines)
    await _must_be_agreed(framework, rows, lines)
    parts = _parts(rows)
    made = await orders.create(await _order(framework, rows, parts, lines), by=by)
    for no, part in enumerate(parts, 1):
        await db.rows(
            "update call_offs set sales_order = {}, line_no = {} where {}",
            made.id, no, db.any_of("id", [row["id"] for row in part]),
        )  # fmt: skip
    subject, also = frameworks.about(framework)
    ordered = events.CallOffsOrdered(
        subject=subject, also=(("sales_order", made.id), *also), number=framework.number, order=made.number, call_offs=len(rows)
    )  # fmt: skip
    await record(ordered, by=by)
    return framework, made.number


async def _rows(
    framework: FrameworkOrder, chosen: Sequence[Chosen], lines: dict[int, dict[str, Any]]
) -> list[dict[str, Any]]:
    """The rows of what is chosen, by line and day; refused where one is not open, or is to be decided."""
    found = await db.rows(
        "select c.id, c.line, c.due_date, c.entered, c.quantity_q, f.line_no, p.seq, p.reference from call_offs c"
        " join framework_lines f on f.id = c.line join call_off_plans p on p.id = c.plan"
        " where c.framework = {} and c.sales_order is null order by f.line_no, c.due_date, c.id",
        framework.id,
    )
    by_choice: dict[Chosen, list[dict[str, Any]]] = {}
    for row in found:
        by_choice.setdefault((row["line_no"], row["due_date"]), []).append(row)
    undecided = await _undecided(framework.id)
    rows = list[dict[str, Any]]()
    for no, day in sorted(set(chosen)):
        if (no, day) not in by_choice:
            raise Refused(NOT_CALLED, line=no, day=day.isoformat())
        if (lines[no]["id"], day) in undecided:
            raise Refused(UNDECIDED, line=no, day=day.isoformat())
        rows += by_choice[(no, day)]
    return rows


async def _undecided(framework_id: int) -> set[Spot]:
    """What stands and may change by a decision that is open."""
    rows = await db.rows(
        "select line, before_day from call_off_changes where framework = {} and state = {} and sales_order is null"
        " and before_day is not null",
        framework_id, OPEN,
    )  # fmt: skip
    return {(row["line"], row["before_day"]) for row in rows}


async def _must_be_agreed(
    framework: FrameworkOrder, rows: Sequence[dict[str, Any]], lines: dict[int, dict[str, Any]]
) -> None:
    """With what is ordered already, it stays within what may be called off."""
    stands = await figures.of(framework.id)
    for line in lines.values():
        own, more = stands[line["id"]], sum(row["quantity_q"] for row in rows if row["line"] == line["id"])
        refused = calling.beyond(framework, line, Figures(own.agreed, 0, own.ordered, own.shipped), more)
        if refused is not None:
            raise Refused(refused.reason, None, **refused.facts)


def _parts(rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rows by the order line they become: of a line with more days than an order line has, several."""
    by_line: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        by_line.setdefault(row["line_no"], []).append(row)
    return [
        of_line[start : start + schedules.MOST]
        for of_line in by_line.values()
        for start in range(0, len(of_line), schedules.MOST)
    ]


async def _order(
    framework: FrameworkOrder, rows: Sequence[dict[str, Any]], parts: Sequence[Sequence[dict[str, Any]]],
    lines: dict[int, dict[str, Any]],
) -> NewOrder:  # fmt: skip
    rate = (
        plain(Decimal(framework.rate_micro) / MICRO)
        if framework.rate_micro and framework.currency != "CNY"
        else ""
    )
    newest = max(rows, key=lambda row: row["seq"])
    theirs = [framework.customer_number or framework.number, newest["reference"]]
    return NewOrder(
        customer=framework.customer, lines=[_line(lines[part[0]["line_no"]], part) for part in parts],
        due_date=min(row["due_date"] for row in rows), customer_order_number=" / ".join(filter(None, theirs))[:80],
        currency=framework.currency, tax_included=bool(framework.tax_included), trade_term=framework.trade_term, rate=rate,
        remark=framework.remark, agreed=agreed.again(framework),
    )  # fmt: skip


def _line(line: dict[str, Any], part: Sequence[dict[str, Any]]) -> NewLine:
    """One line for the days of its call-offs; several are its deliveries."""
    whole = plain(sum((Decimal(row["entered"]) for row in part), Decimal(0)))
    several = (
        [NewSchedule(quantity=row["entered"], due_date=row["due_date"]) for row in part]
        if len(part) > 1
        else ()
    )
    price = line["price_micro"]
    return NewLine(
        item=line["item"], customer_item=line["customer_item"], quantity=whole, unit=line["unit"],
        unit_price=price_shown(price) if price else "", price_unit=line["price_unit"] if price else "", kind=line["kind"],
        tax_rate=f"{line['tax_rate'] / 100:g}", over_percent=line["over_percent"], under_percent=line["under_percent"],
        due_date=part[0]["due_date"], schedules=several, drawing_revision=line["drawing_revision"], spec=line["spec"],
        remark=line["remark"],
    )  # fmt: skip


async def give_back(order_id: int, *, by: Actor) -> None:
    """Call-offs whose order was cancelled, or has their line no more, are open again. A consequence: no right."""
    rows = await db.rows(
        "select c.id, c.framework, s.number from call_offs c join sales_orders s on s.id = c.sales_order"
        " join framework_lines f on f.id = c.line where s.id = {} and (s.state = 'cancelled' or not exists"
        ' (select 1 from sales_order_lines l where l."order" = s.id and l.line_no = c.line_no and l.item = f.item)) order by c.id',
        order_id,
    )
    by_framework: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        by_framework.setdefault(row["framework"], []).append(row)
    for framework_id, freed in by_framework.items():
        await _give_back(framework_id, order_id, freed, by)


async def follow(order_id: int, *, by: Actor) -> None:
    """The call-offs of an order that was changed are what the deliveries of its lines are now. A consequence: no right."""
    rows = await db.rows(
        "select c.id, c.framework, c.line, c.plan, c.line_no, c.due_date, c.quantity_q, l.id as of_line, s.number from call_offs c"
        " join sales_orders s on s.id = c.sales_order join framework_lines f on f.id = c.line"
        ' join sales_order_lines l on l."order" = s.id and l.line_no = c.line_no and l.item = f.item'
        " where s.id = {} order by c.framework, c.line_no, c.due_date, c.id",
        order_id,
    )
    deliveries = await schedules.of_order(order_id)
    by_line: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in rows:
        by_line.setdefault((row["framework"], row["of_line"]), []).append(row)
    changed: dict[int, list[dict[str, Any]]] = {}
    for (framework_id, of_line), standing in by_line.items():
        wanted = [(each["requested_date"], each["quantity_q"]) for each in deliveries[of_line]]
        if sorted((row["due_date"], row["quantity_q"]) for row in standing) != sorted(wanted):
            await _write_over(order_id, standing, wanted)
            changed.setdefault(framework_id, []).extend(standing)
    for framework_id, standing in changed.items():
        await _tell_followed(framework_id, order_id, standing, by)


async def _write_over(
    order_id: int, standing: Sequence[dict[str, Any]], wanted: Sequence[tuple[date, int]]
) -> None:
    first = standing[0]
    lines = {line["id"]: line for line in await figures.lines_of(first["framework"])}
    said = [(day, in_unit(milli, lines[first["line"]]), milli) for day, milli in wanted]
    await db.update_many("call_offs", ["due_date", "entered", "quantity_q"], {
        row["id"]: each for row, each in zip(standing, said, strict=False)
    })  # fmt: skip
    if gone := [row["id"] for row in standing[len(said) :]]:
        await db.rows("delete from call_offs where {}", db.any_of("id", gone))
    await db.write_many(
        "call_offs", ("framework", "line", "plan", "due_date", "entered", "quantity_q", "sales_order", "line_no"),
        [(first["framework"], first["line"], first["plan"], *each, order_id, first["line_no"]) for each in said[len(standing) :]],
    )  # fmt: skip


async def _tell_followed(framework_id: int, order_id: int, rows: Sequence[dict[str, Any]], by: Actor) -> None:
    framework = await locked(FrameworkOrder, FrameworkOrder.id == framework_id)
    await db.rows("update framework_orders set version = version + 1 where id = {}", framework.id)
    subject, also = frameworks.about(framework)
    followed = events.CallOffsFollowed(
        subject=subject, also=(("sales_order", order_id), *also), number=framework.number, order=rows[0]["number"]
    )  # fmt: skip
    await record(followed, by=by)


async def _give_back(framework_id: int, order_id: int, freed: Sequence[dict[str, Any]], by: Actor) -> None:
    framework = await locked(FrameworkOrder, FrameworkOrder.id == framework_id)
    await db.rows(
        "update call_offs set sales_order = null, line_no = 0 where {}",
        db.any_of("id", [row["id"] for row in freed]),
    )
    await db.rows("update framework_orders set version = version + 1 where id = {}", framework.id)
    subject, also = frameworks.about(framework)
    back = events.CallOffsGivenBack(
        subject=subject, also=(("sales_order", order_id), *also), number=framework.number, order=freed[0]["number"],
        call_offs=len(freed),
    )  # fmt: skip
    await record(back, by=by)
