"""How much of a line is delivered when, changed in an order that stands: read and checked before it is written (rewriting.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.core import clock, db, text
from app.core.money import LineAmount, in_cny, line_amount
from app.core.quantities import Quantity, Weight, labelled, number, plain
from app.core.refusals import REQUIRED, TOO_HIGH, TOO_LARGE, Refused
from app.core.rows import gathered
from app.sales import rates, schedules
from app.sales.echo import in_unit
from app.sales.line_drafting import LARGEST_AMOUNT
from app.sales.problems import Problems
from app.sales.progress import made_by
from app.sales.refusals import (
    BELOW_DELIVERED,
    IN_WORK,
    NO_SUCH_LINE,
    NOTHING_CHANGED,
    NOTHING_LEFT,
    ON_A_NOTE,
    PAST_DAY,
)
from app.sales.states import SERVICE
from app.sales.tables import SalesOrder

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One delivery of a line as it is to be, in the unit of the line; `seq` 0 is one more, the quantity 0 is none any more."""

    line_no: int
    quantity: str | Decimal
    due_date: date | None
    seq: int = 0


@dataclass(frozen=True)
class Delivery:
    """One delivery of a line: `milli` at 10⁻³ of the base unit, `entered` in the unit of the line."""

    day: date
    milli: int
    entered: str


def entered_of(deliveries: Sequence[Delivery]) -> str:
    """How much they are together, in the unit of the line."""
    return plain(sum((number(each.entered) for each in deliveries), Decimal(0)))


@dataclass(frozen=True)
class AmendedLine:
    """A line as it stands and as it is to be; without deliveries it is left out."""

    row: Row
    before: Sequence[Delivery]
    after: Sequence[Delivery]
    amount: LineAmount

    @property
    def milli(self) -> int:
        return sum(each.milli for each in self.after)

    @property
    def entered(self) -> str:
        return entered_of(self.after)


@dataclass(frozen=True)
class Amended:
    """What an amendment makes of an order: the lines that differ, its sum, and its days."""

    lines: Sequence[AmendedLine]
    gross: int
    gross_cny: int
    due_date: date
    promised_date: date | None


async def lines_of(order_id: int) -> list[dict[str, Any]]:
    """The lines of an order that goods are delivered of, each with its item and its deliveries under `schedules`."""
    rows = await db.rows(
        "select l.*, i.code, i.name, i.spec as item_spec, i.kind as item_kind, i.base_unit, i.unit_label, i.weight_micro, i.weight_pieces"
        f" from sales_order_lines l join items i on i.id = l.item and i.kind <> '{SERVICE}'"
        ' where l."order" = {} order by l.line_no',
        order_id,
    )  # fmt: skip
    parts = await schedules.of_order(order_id)
    for row in rows:
        row["schedules"] = parts.get(row["id"], [])
    return rows


def standing(line: Row) -> list[Delivery]:
    """The deliveries of a line as they are; of one alone the line says how much."""
    return [
        Delivery(each["requested_date"], each["quantity_q"], each["entered"] or line["entered"])
        for each in line["schedules"]
    ]


async def look(order: SalesOrder, parts: Sequence[Part], problems: Problems | None = None) -> Amended:
    """The order as it would be; Invalid with every problem at its field (`changes-0-quantity`)."""
    problems = problems or Problems()
    lines = {line["line_no"]: line for line in await lines_of(order.id)}
    by_line: dict[int, dict[int, Part]] = {}
    for at, part in enumerate(parts):
        if part.line_no not in lines:
            problems.note(f"changes-{at}-line_no", Refused(NO_SUCH_LINE))
        else:
            by_line.setdefault(part.line_no, {})[at] = part
    found = [_line(order, lines[no], each, problems) for no, each in sorted(by_line.items())]
    problems.check()
    changed = [line for line in found if line is not None and line.before != line.after]
    await _must_be_possible({min(by_line[line.row["line_no"]]): line for line in changed}, problems)
    if not changed:
        problems.note("", Refused(NOTHING_CHANGED))
    elif all(not line.after for line in changed) and len(changed) == order.line_count:
        problems.note("", Refused(NOTHING_LEFT))
    problems.check()
    amended = await _amended(order, changed, list(lines.values()))
    if abs(amended.gross) > LARGEST_AMOUNT:
        problems.note("", Refused(TOO_LARGE, given=""))
    problems.check()
    return amended


def _line(order: SalesOrder, line: Row, parts: Mapping[int, Part], problems: Problems) -> AmendedLine | None:
    before, after, noted = standing(line), list[Delivery](), len(problems.found)
    named = {part.seq: (at, part) for at, part in parts.items() if part.seq}
    for each, stands in zip(line["schedules"], before, strict=True):
        at, part = named.get(each["seq"], (0, None))
        wanted = _part(f"changes-{at}", part, line, stands, problems) if part else stands
        after += [wanted] if wanted else []
    more = [_part(f"changes-{at}", part, line, None, problems) for at, part in parts.items() if not part.seq]
    after += [each for each in more if each]
    if len(after) > schedules.MOST:
        problems.note(f"changes-{min(parts)}-quantity", Refused(TOO_HIGH, most=schedules.MOST))
    if len(problems.found) > noted:
        return None
    weight = Weight(line["weight_micro"], line["weight_pieces"])
    quantity = Quantity(sum(each.milli for each in after), line["base_unit"])
    amount = line_amount(
        quantity, line["price_micro"], line["price_unit"], order.currency, order.tax_included, line["tax_rate"], weight, line["code"]
    )  # fmt: skip
    return AmendedLine(line, before, sorted(after, key=lambda each: each.day), amount)


def _part(at: str, part: Part, line: Row, stands: Delivery | None, problems: Problems) -> Delivery | None:
    """The delivery as it is to be; None where there is to be none, or something is wrong with it."""
    said = text.clean(str(part.quantity))
    day = part.due_date or (stands.day if stands else None)
    milli: int | None = None
    try:
        figure = number(said, "quantity") if said else None
        if figure == 0 or (figure is None and stands is None):
            return None
        if stands is not None and figure == number(stands.entered):
            milli = stands.milli
            if day == stands.day:
                return stands
        else:
            milli = _milli(said, line)
    except Refused as refused:
        problems.note(f"{at}-quantity", refused)
    if day is None:
        problems.note(f"{at}-due_date", Refused(REQUIRED))
    elif day < clock.today() and (stands is None or day != stands.day):
        problems.note(f"{at}-due_date", Refused(PAST_DAY, day=day.isoformat()))
    return None if milli is None or day is None else Delivery(day, milli, said[:40])


def _milli(said: str, line: Row) -> int:
    """A quantity in the unit of the line, as thousandths of the item's own."""
    if not said:
        raise Refused(REQUIRED, "quantity")
    weight = Weight(line["weight_micro"], line["weight_pieces"])
    return Quantity.entered(said, line["unit"], line["base_unit"], weight, line["code"]).milli


async def _must_be_possible(changed: Mapping[int, AmendedLine], problems: Problems) -> None:
    """Of the lines that differ, by where their problems stand: none may be less than has left the house."""
    ids = [line.row["id"] for line in changed.values()]
    packed = await db.rows(
        "select d.order_line, n.number, n.state, d.quantity_q from delivery_note_lines d join delivery_notes n on n.id = d.note"
        " where {} order by n.id",
        db.any_of("d.order_line", ids),
    )
    of_line, made = gathered(packed, "order_line"), await made_by(ids)
    for at, line in changed.items():
        id_ = line.row["id"]
        _must_hold(line, f"changes-{at}-quantity", of_line[id_], made.get(id_, ""), problems)


def _must_hold(line: AmendedLine, field: str, packed: Sequence[Row], made: str, problems: Problems) -> None:
    """No less than has left the house or is being packed; a line that is worked on or stands on a note stays."""
    row = line.row
    out = row["delivered_q"] + sum(
        each["quantity_q"] for each in packed if each["state"] in ("draft", "picking")
    )
    if line.milli < out:
        least = in_unit(out, row)
        problems.note(
            field,
            Refused(
                BELOW_DELIVERED,
                least=least,
                unit=labelled(row["unit"], row["unit_label"] or row["base_unit"]),
            ),
        )
    elif not line.after and packed:
        problems.note(field, Refused(ON_A_NOTE, line=row["line_no"], note=packed[-1]["number"]))
    elif not line.after and made:
        problems.note(field, Refused(IN_WORK, line=row["line_no"], work_order=made))


async def _amended(order: SalesOrder, changed: Sequence[AmendedLine], lines: Sequence[Row]) -> Amended:
    gross = order.gross + sum(line.amount.gross - line.row["gross"] for line in changed)
    rate = order.rate_micro or await rates.newest(order.currency)
    after = {line.row["id"]: line.after for line in changed}
    days = [each.day for line in lines for each in after.get(line["id"], standing(line))]
    was = [each.day for line in lines for each in standing(line)]
    moved = sorted(days) != sorted(was) and bool(days)
    promised = order.promised_date
    if promised and moved and max(days) != max(was):
        promised = max(days)
    due = min(days) if moved else order.due_date
    return Amended(changed, gross, in_cny(gross, order.currency, rate), due, promised)
