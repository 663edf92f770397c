"""A line in several deliveries (分批交货) beside what the file says of it: which of them differ, by day and quantity."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.core.quantities import Quantity, plain
from app.frameworks.comparing import Change, compare
from app.intake.proposal import Proposal, base_quantity

ByDay = dict[date, int]
"""How much for which day, at 10⁻³ of the base unit."""


def of_order(line: Mapping[str, Any]) -> ByDay:
    """The deliveries of an order's line."""
    found = ByDay()
    for day, milli in line["parts"]:
        found[day] = found.get(day, 0) + milli
    return found


def of_file(proposal: Proposal, at: int, due: str) -> ByDay:
    """Those that the file says; {} where a day or a quantity of them cannot be told. Of one alone `due` is the day."""
    whole, item = proposal.quantity(at), proposal.items[at]
    parts = proposal.schedules[at]
    if not parts or item is None or whole is None:
        day = _day(due)
        return {day: whole} if day and whole else {}
    found, rest = ByDay(), whole
    for n, part in enumerate(parts, 1):
        unit = proposal.lines[at]["unit"].value
        milli = base_quantity(
            part["quantity"].value, unit, item["base_unit"], item["weight_micro"], item["weight_pieces"]
        )
        day = _day(part["due_date"].value)
        if day is None or milli is None:
            return {}
        milli = (
            rest if n == len(parts) else milli
        )  # what weighing rounded away falls to the last one, as in an order
        found[day] = found.get(day, 0) + milli
        rest -= milli
    return found


def differing(before: ByDay, after: ByDay) -> list[Change]:
    """Each delivery that is otherwise: its quantity, its day, new or gone."""
    return list(
        compare(
            {(0, day): q for day, q in before.items()}, {}, {(0, day): q for day, q in after.items()}
        ).changes
    )


def wanted(change: Change, base_unit: str) -> dict[str, str]:
    """A change for whoever carries it out: the day it stands at, and the day and the quantity it is to have; '' for none."""
    return {
        "day": change.before_day.isoformat() if change.before_day else "",
        "due_date": change.after_day.isoformat() if change.after_day else "",
        "quantity": plain(Quantity(change.after_q, base_unit).decimal) if change.after_day else "0", "unit": base_unit,
    }  # fmt: skip


def said(by_day: ByDay) -> str:
    """Days, with quantities where there are several: what two orders are told apart by."""
    if len(by_day) < 2:
        return "".join(str(day) for day in by_day)
    return ";".join(f"{day}:{by_day[day]}" for day in sorted(by_day))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
