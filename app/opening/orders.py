"""Open sales orders, line by line, with what the old system had shipped of each."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.core import db
from app.core.quantities import MILLI, Unit, Weight, convert, half_up, plain, shown, unit_of
from app.core.refusals import UNIT_MISSING, Invalid, Refused
from app.core.words import N_
from app.intake.readers.units import unit_in
from app.opening.cells import Cells
from app.opening.known import Known
from app.opening.order_columns import COLUMNS, HEAD, YES_OR_NO
from app.opening.permissions import IMPORT_ORDERS
from app.opening.refusals import (
    LINE_PRICE_MISSING,
    MORE_THAN_ORDERED,
    NO_RATE,
    NOT_ONE_HEAD,
    NOTHING_OPEN,
    READING,
    UNIT_CONTRADICTS,
)
from app.opening.rows import Became, Booking, Kind, Row
from app.sales import drafting, rates, taking_over
from app.sales.drafting import Draft, NewOrder
from app.sales.line_drafting import NewLine
from app.sales.refusals import ALREADY_WORKED_ON
from app.sales.states import GIVEN_AWAY, KINDS_AS_SAID, NORMAL, SAMPLE

Told = dict[str, str]


async def check(cells: Sequence[Cells], known: Known, kept: Mapping[str, Row], whole: bool) -> list[Row]:
    """Rows of one number are read as one order, as sales would; lines of it that the file leaves out stand as they are."""
    orders: dict[str, list[tuple[Cells, Told]]] = {}
    for each in cells:
        number = each.text("number", 80, required=True)
        members = orders.setdefault(number, [])
        members.append((each, _told(each, number, len(members) + 1, known)))
    standing: dict[str, list[Row]] = {}
    for row in kept.values():
        standing.setdefault(row.told["number"], []).append(row)
    rows = []
    for number, members in orders.items():
        named = {told["line_no"] for _each, told in members}
        stands = standing.get(number, [])
        others = [] if whole else [row for row in stands if row.told["line_no"] not in named]
        read = await _order(number, members, others)
        if read and stands:
            await _free_to_change(read, stands)
        rows += read
    return rows


def _told(cells: Cells, number: str, nth: int, known: Known) -> Told:
    """What a row says, in our codes and plain numbers."""
    customer = known.find("customer", cells, "customer")
    item = known.find("item", cells, "item", required=False)
    person = known.find("person", cells, "salesperson", required=False)
    line = cells.number("line_no")
    ordered = cells.number("quantity", required=True, positive=True)
    unit = cells.unit(ordered, "quantity") if ordered else None
    price, per = cells.price("unit_price")
    written = cells.text("price_unit", 20)
    if written and unit_in(written) is None:
        cells.refuse("price_unit", Refused(READING["UNIT_UNKNOWN"], text=written))
    price_unit = unit_in(written) or per or unit
    if price and price_unit is None and cells.sound:
        cells.refuse("price_unit", Refused(UNIT_MISSING))
    kind = cells.choice("kind", KINDS_AS_SAID, NORMAL)
    if not price and kind not in (*GIVEN_AWAY, SAMPLE) and cells.sound:
        cells.refuse("unit_price", Refused(LINE_PRICE_MISSING))
    due, ordered_on = cells.day("due_date", required=True), cells.day("order_date")
    return {
        "number": number, "line_no": str(int(line.value)) if line and line.value and line.value < 10**6 else str(nth),
        "customer": customer["code"] if customer else "", "item": item["code"] if item else "",
        "customer_item": cells.text("customer_item", 80), "quantity": _plain(ordered), "unit": unit.code if unit else "",
        "shipped": _shipped(cells, unit), "unit_price": plain(price) if price else "",
        "price_unit": price_unit.code if price_unit else "", "tax_rate": _plain(cells.number("tax_rate")),
        "tax_included": cells.choice("tax_included", YES_OR_NO, ""), "due_date": _day(due), "order_date": _day(ordered_on),
        "customer_order_number": cells.text("customer_order_number", 80),
        "currency": cells.currency(default="", of="unit_price"), "rate": _plain(cells.number("rate")),
        "salesperson": person["code"] if person else "", "kind": kind, "remark": cells.text("remark", 300),
    }  # fmt: skip


def _shipped(cells: Cells, unit: Unit | None) -> str:
    """In the unit of the order; a cell of another unit is converted only where no piece weight is needed."""
    number = cells.number("shipped")
    if number is None or number.value is None or not number.value:
        return ""
    own = number.unit or cells.places["shipped"].unit or unit
    if unit is None or own is None:
        return ""
    if own.base != unit.base:
        cells.refuse("shipped", Refused(UNIT_CONTRADICTS, text=own.code, unit=unit.code))
        return ""
    ratio = own.factor / unit.factor
    return plain((number.value * ratio.numerator / ratio.denominator).normalize())


def _plain(number: Any) -> str:
    return plain(number.value) if number is not None and number.value is not None else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


async def _order(number: str, members: list[tuple[Cells, Told]], others: Sequence[Row]) -> list[Row]:
    """The order's rows; those of the books that the file leaves out take over its head."""
    first_cells, first = members[0]
    _one_head(members, others)
    if not all(each.sound for each, _t in members):
        return []
    told = [t for _c, t in members] + [{**r.told, **{h: first[h] for h in HEAD}} for r in others]
    new = order_of(told)
    try:
        draft = await drafting.read(new)
    except Invalid as invalid:
        _place(invalid, members)
        return []
    currency = str(draft.values["currency"])
    if not (draft.values["rate_micro"] or await rates.newest(currency)):
        first_cells.refuse("currency", Refused(NO_RATE, currency=currency))
    gone = shipped_of(told, draft)
    for (cells, _t), line, milli in zip(members, draft.lines, gone, strict=False):
        if milli > line.quantity.milli:
            cells.refuse(
                "shipped",
                Refused(MORE_THAN_ORDERED, shipped=shown(milli), ordered=shown(line.quantity.milli)),
            )
    if all(
        milli >= line.quantity.milli for milli, line in zip(gone, draft.lines, strict=True) if line.in_stock
    ):
        first_cells.refuse("shipped", Refused(NOTHING_OPEN, number=number))
    sources = [*(cells for cells, _t in members), *(None for _other in others)]
    return [_row(*each, draft) for each in zip(told, sources, range(len(told)), gone, strict=True)]


def _row(told: Told, cells: Cells | None, i: int, gone: int, draft: Draft) -> Row:
    line = draft.lines[i]
    return Row(
        key=f"{told['number']}/{told['line_no']}", told=told, cells=cells, item=line.item.id, customer=draft.customer["id"],
        unit=line.item.base_unit, quantity_q=line.quantity.milli, done_q=gone, amount=line.amount.gross,
        currency=str(draft.values["currency"]), due_on=line.schedules[0].due_date,
    )  # fmt: skip


def _one_head(members: list[tuple[Cells, Told]], others: Sequence[Row]) -> None:
    """What holds for the whole order is said alike in its rows, or only once; what they leave out stands as in the books."""
    for name in HEAD:
        if others and not any(told[name] for _cells, told in members):
            for _cells, told in members:
                told[name] = others[0].told[name]
            continue
        said = next(((c, t[name]) for c, t in members if t[name]), None)
        for cells, told in members:
            if said and told[name] and told[name] != said[1]:
                cells.refuse(name, Refused(NOT_ONE_HEAD, given=told[name], first=said[1], row=said[0].row))
            elif said:
                told[name] = said[1]


def _place(invalid: Invalid, members: list[tuple[Cells, Told]]) -> None:
    """What sales refuses, at the cells it comes from."""
    for at, refused in invalid.refusals.items():
        parts = at.split("-", 2)
        n = int(parts[1]) if len(parts) == 3 and parts[1].isdigit() else 0
        name = parts[2] if len(parts) == 3 else parts[0]
        cells = members[min(n, len(members) - 1)][0]
        cells.refuse(name, Refused(refused.reason, **refused.facts))


def order_of(told: Sequence[Mapping[str, str]]) -> NewOrder:
    """Rows of one order as sales enters it."""
    head = told[0]
    lines = [
        NewLine(
            item=t["item"], customer_item=t["customer_item"], quantity=t["quantity"], unit=t["unit"], unit_price=t["unit_price"],
            price_unit=t["price_unit"], tax_rate=t["tax_rate"], kind=t["kind"], due_date=date.fromisoformat(t["due_date"]),
            remark=t["remark"], line_no=int(t["line_no"]),
        )
        for t in told
    ]  # fmt: skip
    return NewOrder(
        customer=head["customer"], lines=lines, customer_order_number=head["customer_order_number"], currency=head["currency"],
        rate=head["rate"], order_date=date.fromisoformat(head["order_date"]) if head["order_date"] else None,
        tax_included={"yes": True, "no": False}.get(head["tax_included"]),
    )  # fmt: skip


def shipped_of(told: Sequence[Mapping[str, str]], draft: Draft) -> list[int]:
    """What was shipped of each line, at 10⁻³ of its item's base unit."""
    return [
        _milli(t["shipped"], t["unit"], line.item.base_unit, line.item.weight)
        for t, line in zip(told, draft.lines, strict=True)
    ]


def _milli(value: str, unit: str, base: str, weight: Weight) -> int:
    return half_up(convert(Fraction(Decimal(value)) * MILLI, unit_of(unit), base, weight)) if value else 0


async def _free_to_change(rows: Sequence[Row], standing: Sequence[Row]) -> None:
    """An order that somebody worked on here is not written anew: refused at the first row that would change it."""
    stood = {row.key: dict(row.told) for row in standing}
    differing = next((r for r in rows if stood.get(r.key) != dict(r.told) and r.cells is not None), None)
    order_id = standing[0].subject_id
    if differing is None or order_id is None or differing.cells is None:
        return
    paper = await taking_over.worked_on(order_id)
    if paper:
        differing.cells.refuse(
            "number", Refused(ALREADY_WORKED_ON, number=differing.told["number"], paper=paper)
        )


async def book(booking: Booking) -> Became:
    """Every order of which a row is new, changed or gone is written anew as the books will have it."""
    plan = booking.plan
    touched = [r.told["number"] for r in (*plan.new, *(new for _old, new in plan.changed), *plan.removed)]
    numbers, after = list(dict.fromkeys(touched)), dict[str, list[Row]]()
    for row in plan.after.values():
        after.setdefault(row.told["number"], []).append(row)
    standing = await _order_ids(numbers)
    people = {r["code"]: r["id"] for r in await db.rows("select id, code from people")}
    became: Became = {}
    for n, number in enumerate(numbers):
        rows = sorted(after.get(number, []), key=lambda r: int(r.told["line_no"]))
        if not rows:
            await taking_over.give_back(standing[number], by=booking.by)
            continue
        told = [row.told for row in rows]
        new = order_of(told)
        gone = [row.done_q for row in rows]
        person = people.get(told[0]["salesperson"])
        order = await taking_over.take_over(
            number, new, gone, standing.get(number), by=booking.by, salesperson=person
        )
        became |= {row.key: {"subject_id": order.id} for row in rows}
        booking.tell(n + 1, len(numbers))
    return became


async def _order_ids(numbers: Sequence[str]) -> dict[str, int]:
    """Orders we have of these numbers already, those that were given back too."""
    found: dict[str, int] = {}
    for start in range(0, len(numbers), 1000):
        some = numbers[start : start + 1000]
        for row in await db.rows(
            f"select id, old_number from sales_orders where {db.any_of('old_number', some).template} order by id",
            *some,
        ):
            found[row["old_number"]] = row["id"]
    return found


ORDERS = Kind(
    name="orders", resource="open-orders", label=N_("Open orders"), note=N_("With what is shipped of each line"), icon="clipboard-list",
    permission=IMPORT_ORDERS, columns=COLUMNS, party="customer", party_label=N_("Customer"), check=check, book=book,
)  # fmt: skip
