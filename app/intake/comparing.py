"""The same order number again: what the new file says otherwise than the order in force, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from app.core import db
from app.core.money import price_micro, price_shown
from app.core.quantities import Weight, convert_from_base, labelled, shown, unit_of
from app.core.refusals import Refused
from app.core.words import N_, Word
from app.intake import parts
from app.intake.proposal import Proposal
from app.intake.records import Record

QUANTITY, PRICE, DUE_DATE, DELIVERIES, REVISION, KIND, NEW_LINE, DROPPED_LINE, CURRENCY, TRADE_TERM = (
    "quantity", "unit_price", "due_date", "deliveries", "drawing_revision", "kind", "new_line", "dropped_line", "currency", "trade_term",
)  # fmt: skip
WHATS: dict[str, Word] = {
    QUANTITY: N_("Quantity"), PRICE: N_("Price"), DUE_DATE: N_("Due date"), DELIVERIES: N_("Several deliveries"), REVISION: N_("Drawing revision"),
    KIND: N_("Kind"), NEW_LINE: N_("New line"), DROPPED_LINE: N_("Dropped line"), CURRENCY: N_("Currency"), TRADE_TERM: N_("Trade term"),
}  # fmt: skip
"""What may differ, as people read it."""
GIVEN = ("free", "spare")


@dataclass(frozen=True)
class Difference:
    """One point: `line_no` is the order's line (0 for a new one or the head); before and after as people read them.

    `their_line` is what the file calls the line. `values` are the form's values of what the file wants, for whoever carries the change out.
    """

    what: str
    line_no: int = 0
    item: str = ""
    customer_item: str = ""
    before: str = ""
    after: str = ""
    cell: str = ""
    values: dict[str, str] | None = None
    their_line: str = ""


@dataclass(frozen=True)
class Pair:
    """A line of the file with the line of the order that it means."""

    at: int
    line: dict[str, Any]


async def lines_of(orders: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The live lines of orders, with their first day, and their deliveries as `parts`: days and quantities."""
    if not orders:
        return {}
    rows = await db.rows(
        'select l.id, l."order", l.line_no, l.kind, l.item, i.code, i.base_unit, i.unit_label, i.weight_micro, i.weight_pieces, l.customer_item,'
        " l.quantity_q, l.entered, l.unit, l.price_micro, l.price_unit, l.drawing_revision,"
        " (select min(s.requested_date) from delivery_schedules s where s.line = l.id) as due"
        f' from sales_order_lines l join items i on i.id = l.item where l."order" in ({", ".join(map(str, orders))})'
        ' order by l."order", l.line_no',
    )
    deliveries = await db.rows(
        "select s.line, s.requested_date, s.quantity_q from delivery_schedules s join sales_order_lines l on l.id = s.line"
        f' where l."order" in ({", ".join(map(str, orders))}) order by s.line, s.seq'
    )
    of_line: dict[int, list[tuple[date, int]]] = {}
    for each in deliveries:
        of_line.setdefault(each["line"], []).append((each["requested_date"], each["quantity_q"]))
    found: dict[int, list[dict[str, Any]]] = {order: [] for order in orders}
    for row in rows:
        row["parts"] = of_line.get(row["id"], [])
        found[row["order"]].append(row)
    return found


def compare(
    record: Record, proposal: Proposal, order: dict[str, Any], lines: list[dict[str, Any]]
) -> list[Difference]:
    """Everything that differs; only what the file really says is compared."""
    pairs, fresh, dropped = _paired(proposal, lines)
    found = _head(record, proposal, order)
    theirs = [str((line["fields"].get("line_no") or {}).get("value") or "") for line in record["lines"]]
    for pair in sorted(pairs, key=lambda p: p.line["line_no"]):
        found += [replace(each, their_line=theirs[pair.at]) for each in _line(record, proposal, pair)]
    found += [
        Difference(
            DROPPED_LINE, line["line_no"], line["code"], line["customer_item"], before=_quantity_shown(line)
        )
        for line in dropped
    ]
    for at in fresh:
        line = proposal.lines[at]
        found.append(Difference(
            NEW_LINE, 0, line["item"].value, line["customer_item"].value, cell=line["quantity"].cell,
            after=_asked(line, proposal.items[at]), values={n: c.value for n, c in line.items()},
            their_line=theirs[at],
        ))  # fmt: skip
    return found


def _paired(
    proposal: Proposal, lines: list[dict[str, Any]]
) -> tuple[list[Pair], list[int], list[dict[str, Any]]]:
    """Lines of the same item, those that agree most first; what is left on either side is new or dropped."""
    possible = []
    for at, drawn in enumerate(proposal.lines):
        item = proposal.items[at]
        for line in lines:
            theirs = drawn["customer_item"].value
            if (item and item["id"] == line["item"]) or (
                not item and theirs and theirs == line["customer_item"]
            ):
                possible.append((-_agreement(proposal, at, line), at, line["line_no"], line))
    possible.sort(key=lambda each: each[:3])
    pairs, taken_at, taken_line = [], set[int](), set[int]()
    for _points, at, line_no, line in possible:
        if at not in taken_at and line_no not in taken_line:
            pairs.append(Pair(at, line))
            taken_at.add(at)
            taken_line.add(line_no)
    fresh = [at for at in range(len(proposal.lines)) if at not in taken_at]
    return pairs, fresh, [line for line in lines if line["line_no"] not in taken_line]


def _agreement(proposal: Proposal, at: int, line: dict[str, Any]) -> int:
    drawn = proposal.lines[at]
    due = drawn["due_date"].value or proposal.head["due_date"].value
    return (
        4 * ((drawn["kind"].value in GIVEN) == (line["kind"] in GIVEN)) + 3 * (proposal.quantity(at) == line["quantity_q"])
        + 2 * (due == str(line["due"])) + (drawn["customer_item"].value == line["customer_item"])
    )  # fmt: skip


def _head(record: Record, proposal: Proposal, order: dict[str, Any]) -> list[Difference]:
    found = []
    for what in (CURRENCY, TRADE_TERM):
        cell = proposal.head[what]
        if what in record["header"] and record["header"][what]["value"] and cell.value != order[what]:
            found.append(
                Difference(
                    what, before=order[what], after=cell.value, cell=cell.cell, values={what: cell.value}
                )
            )
    return found


def _line(record: Record, proposal: Proposal, pair: Pair) -> list[Difference]:
    drawn, line, facts = proposal.lines[pair.at], pair.line, record["lines"][pair.at]["fields"]
    found = []

    def differs(what: str, before: str, after: str, *names: str) -> None:
        values = {name: drawn[name].value for name in names}
        cell = drawn[names[0]].cell or drawn["quantity"].cell
        found.append(
            Difference(
                what, line["line_no"], line["code"], line["customer_item"], before, after, cell, values
            )
        )

    if not _same_quantity(proposal, pair):
        after = proposal.quantity(pair.at)
        said = _pieces(after, line) if after is not None else _asked(drawn, line)
        differs(QUANTITY, _quantity_shown(line), said, "quantity", "unit")
    if "unit_price" in facts and drawn["unit_price"].value and not _same_price(drawn, line):
        word = line["unit_label"]
        before = f"{price_shown(line['price_micro'])} / {labelled(line['price_unit'], word)}"
        differs(
            PRICE,
            before,
            f"{drawn['unit_price'].value} / {labelled(drawn['price_unit'].value, word)}",
            "unit_price",
            "price_unit",
        )
    due = drawn["due_date"].value or (record["header"].get("due_date") or {}).get("value") or ""
    asked = parts.of_file(proposal, pair.at, due)
    if len(asked) > 1 or (len(line["parts"]) > 1 and drawn["due_date"].value):
        found += _deliveries(proposal, pair, asked)
    elif due and due != str(line["due"]):
        found.append(Difference(
            DUE_DATE, line["line_no"], line["code"], line["customer_item"], str(line["due"]), due,
            drawn["due_date"].cell or proposal.head["due_date"].cell, {"due_date": due},
        ))  # fmt: skip
    revision = drawn["drawing_revision"].value
    if revision and revision != line["drawing_revision"]:
        differs(REVISION, line["drawing_revision"], revision, "drawing_revision")
    if (drawn["kind"].value in GIVEN) != (line["kind"] in GIVEN):
        differs(KIND, line["kind"], drawn["kind"].value, "kind")
    return found


def _deliveries(proposal: Proposal, pair: Pair, asked: parts.ByDay) -> list[Difference]:
    """Each delivery that is otherwise, where the file can be read."""
    line, drawn = pair.line, proposal.lines[pair.at]
    cells = {part["due_date"].value: part["due_date"].cell for part in proposal.schedules[pair.at]}
    return [
        Difference(
            DELIVERIES, line["line_no"], line["code"], line["customer_item"], _on(change.before_day, change.before_q, line),
            _on(change.after_day, change.after_q, line), cells.get(str(change.after_day)) or drawn["quantity"].cell,
            parts.wanted(change, line["base_unit"]),
        )
        for change in (parts.differing(parts.of_order(line), asked) if asked else ())
    ]  # fmt: skip


def _on(day: date | None, milli: int, line: dict[str, Any]) -> str:
    return f"{day.isoformat()}: {_pieces(milli, line)}" if day else ""


def _same_quantity(proposal: Proposal, pair: Pair) -> bool:
    milli = proposal.quantity(pair.at)
    if milli is not None:
        return milli == pair.line["quantity_q"]
    drawn = proposal.lines[pair.at]
    return not drawn["unit"].value and drawn["quantity"].value == pair.line["entered"]


def _same_price(drawn: dict[str, Any], line: dict[str, Any]) -> bool:
    """The same for one base unit, whatever unit the price is for; without a unit, the same figure."""
    try:
        given = price_micro(drawn["unit_price"].value)
        if not drawn["price_unit"].value or drawn["price_unit"].value == line["price_unit"]:
            return given == line["price_micro"]
        weight = Weight(line["weight_micro"], line["weight_pieces"])
        one, other = (
            convert_from_base(1, line["base_unit"], unit_of(unit), weight)  # type: ignore[arg-type]
            for unit in (drawn["price_unit"].value, line["price_unit"])
        )
    except Refused:
        return False
    return abs(given * one - line["price_micro"] * other) * 1000 < 1


def _quantity_shown(line: dict[str, Any]) -> str:
    return _pieces(line["quantity_q"], line)


def _pieces(milli: int, line: dict[str, Any]) -> str:
    return f"{shown(milli)} {line['unit_label'] or line['base_unit']}"


def _asked(drawn: dict[str, Any], item: Mapping[str, Any] | None) -> str:
    """A quantity of the file, in the item's word where that is known."""
    unit = labelled(drawn["unit"].value, item["unit_label"] if item else "")
    return f"{drawn['quantity'].value} {unit}".strip()


def as_kept(differences: list[Difference]) -> list[dict[str, Any]]:
    """Differences as JSON."""
    return [asdict(each) for each in differences]


Ordered = tuple[tuple[int, int, str], ...]
"""What is ordered, whatever its number: items with quantities and days, in no order."""


def ordered(lines: list[dict[str, Any]]) -> Ordered:
    return tuple(
        sorted(
            (line["item"], line["quantity_q"], parts.said(parts.of_order(line)) or str(line["due"]))
            for line in lines
        )
    )


def ordered_by(proposal: Proposal) -> Ordered:
    due = proposal.head["due_date"].value
    return tuple(sorted(
        (item["id"] if item else 0, proposal.quantity(i) or 0, parts.said(parts.of_file(proposal, i, own)) or own)
        for i, item in enumerate(proposal.items) for own in (proposal.lines[i]["due_date"].value or due,)
    ))  # fmt: skip
