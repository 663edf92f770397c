"""The form of an amendment as it is opened: what stands, or already what a call-off plan or a customer's file asks for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.core import db, text
from app.core.quantities import Quantity, Weight, number
from app.core.refusals import NOT_FOUND, Refused
from app.frameworks import frameworks
from app.frameworks.states import DAY, DROPPED
from app.people.actors import Actor
from app.sales.amending import standing
from app.sales.echo import in_unit


@dataclass(frozen=True)
class Filled:
    """One delivery in the form: what stands, and what is typed; `seq` 0 is one more."""

    line: dict[str, Any]
    seq: int
    stands: str
    stands_day: date | None
    quantity: str
    due_date: str
    delivered_q: int = 0
    milli: int = 0

    @property
    def changed(self) -> bool:
        return self.quantity != self.stands or (
            self.stands_day is not None and self.due_date != self.stands_day.isoformat()
        )


@dataclass(frozen=True)
class Origin:
    """What asks for the change: words for the page, and what the form carries along."""

    said: dict[str, Any] = field(default_factory=dict)
    cause: str = ""
    reason: str = ""
    hidden: dict[str, str] = field(default_factory=dict)


def as_it_stands(lines: Sequence[dict[str, Any]]) -> list[Filled]:
    """Each delivery of each line, and after them one that could be added."""
    found = []
    for line in lines:
        for each, stands in zip(line["schedules"], standing(line), strict=True):
            found.append(Filled(
                line, each["seq"], stands.entered, stands.day, stands.entered, stands.day.isoformat(), each["delivered_q"], stands.milli
            ))  # fmt: skip
        found.append(Filled(line, 0, "", None, "", ""))
    return found


async def of_call_off(
    rows: list[Filled], order_id: int, number: str, seq: int, by: Actor
) -> tuple[list[Filled], Origin]:
    """With the change of a call-off plan in it: the deliveries of that day get its quantity, or its day."""
    framework = await frameworks.find(number, by)
    change = await db.one(
        "select k.*, p.seq as plan_seq, p.reference from call_off_changes k join call_off_plans p on p.id = k.plan"
        " where k.framework = {} and k.seq = {} and k.sales_order = {} and k.state = 'open'",
        framework.id, min(seq, 2**31 - 1), order_id,
    )  # fmt: skip
    if change is None:
        raise Refused(NOT_FOUND)
    numbers = {
        row["line_no"]
        for row in await db.rows(
            "select distinct line_no from call_offs where line = {} and sales_order = {}",
            change["line"],
            order_id,
        )
    }
    meant = [
        row
        for row in rows
        if row.seq and row.line["line_no"] in numbers and row.stands_day == change["before_day"]
    ]
    plan = change["reference"] or f"#{change['plan_seq']}"
    after = change["after_day"].isoformat() if change["after_day"] else ""
    if change["what"] == DAY:
        filled = {id(row): replace(row, due_date=after) for row in meant}
    else:
        filled = _less(meant, change["before_q"] - (0 if change["what"] == DROPPED else change["after_q"]))
    said = {"framework": framework.number, "plan": plan}
    origin = Origin(
        said,
        "customer",
        f"{framework.number} {plan}",
        {"framework": framework.number, "change": str(change["seq"])},
    )
    return [filled.get(id(row), row) for row in rows], origin


def _less(rows: Sequence[Filled], less: int) -> dict[int, Filled]:
    """So much less is wanted of these deliveries, taken from the last; never less than is delivered."""
    filled = dict[int, Filled]()
    for row in reversed(rows):
        taken = min(less, row.milli - row.delivered_q)
        less -= taken
        filled[id(row)] = replace(row, quantity=in_unit(row.milli - taken, row.line))
    return filled


def of_request(rows: list[Filled], request: dict[str, Any]) -> tuple[list[Filled], Origin]:
    """With the points of a change request in it that are about quantities and days; the others are decided on the order."""
    filled, rest = list(rows), list[dict[str, Any]]()
    parted = {point["line_no"] for point in request["lines"] if point["what"] == "deliveries"}
    for point in request["lines"]:
        own = [i for i, row in enumerate(filled) if row.line["line_no"] == point["line_no"]]
        told = point["what"] == "quantity" and point["line_no"] in parted
        if not told and not (own and _take_in(filled, own, point)):
            rest.append(point)
    origin = Origin(
        {"request": request["number"], "rest": rest}, "customer", "", {"request": request["number"]}
    )
    return filled, origin


def _take_in(filled: list[Filled], own: Sequence[int], point: dict[str, Any]) -> bool:
    wanted, more = json.loads(point["wanted"]), own[-1]
    own = [i for i in own if filled[i].seq]
    if point["what"] == "deliveries":
        return _take_in_delivery(filled, own, more, wanted)
    if point["what"] == "dropped_line":
        for i in own:
            filled[i] = replace(filled[i], quantity="0")
    elif point["what"] == "due_date":
        filled[own[0]] = replace(filled[own[0]], due_date=str(wanted.get("due_date", "")))
    elif point["what"] == "quantity" and len(own) == 1 and wanted.get("quantity"):
        said = _converted(filled[own[0]].line, str(wanted["quantity"]), str(wanted.get("unit", "")))
        if said is None:
            return False
        filled[own[0]] = replace(filled[own[0]], quantity=said)
    else:
        return False
    return True


def _take_in_delivery(filled: list[Filled], own: Sequence[int], more: int, wanted: dict[str, str]) -> bool:
    """One delivery of several: the one of its day is written over; one more goes before the empty row."""
    said = _converted(filled[more].line, wanted["quantity"], wanted["unit"])
    if said is None:
        return False
    of_day = [i for i in own if wanted["day"] and str(filled[i].stands_day) == wanted["day"]]
    if not wanted["day"]:
        filled.insert(more, replace(filled[more], quantity=said, due_date=wanted["due_date"]))
        return True
    for n, i in enumerate(of_day):
        day = wanted["due_date"] or filled[i].due_date
        filled[i] = replace(filled[i], quantity="0" if n else said, due_date=day)
    return bool(of_day)


def _converted(line: dict[str, Any], quantity: str, unit: str) -> str | None:
    """A file's quantity in the unit of the line; None where it cannot be read."""
    try:
        if number(quantity) == 0:
            return "0"
        weight = Weight(line["weight_micro"], line["weight_pieces"])
        meant = Quantity.entered(
            text.clean(quantity), unit or line["unit"], line["base_unit"], weight, line["code"]
        )
    except Refused:
        return None
    return in_unit(meant.milli, line)
