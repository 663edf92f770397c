"""What somebody wants to agree with a customer, as entered: checked as an order would be, with how long it holds."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.core import clock, db
from app.core.quantities import unit_of
from app.core.refusals import REQUIRED, Refused
from app.frameworks import figures
from app.frameworks.figures import lines_of
from app.frameworks.refusals import BELOW_CALLED, ENDS_BEFORE, IN_USE, NO_CUSTOM_FIELDS
from app.frameworks.tables import FrameworkOrder
from app.quotations.refusals import IN_THE_PAST
from app.sales import drafting, writing
from app.sales.agreed import percent, whole
from app.sales.drafting import Draft, NewOrder
from app.sales.problems import Problems
from app.sales.refusals import STILL_A_PROSPECT

FIRM_DAYS, MOST_FIRM = 14, 180


@dataclass(frozen=True, kw_only=True)
class NewFramework:
    """A framework order as entered: `agreed` is the order that all of it would make, its customer's number the framework's."""

    agreed: NewOrder
    valid_from: date | None = None
    valid_until: date | None = None
    firm_days: str | Decimal = ""
    beyond_percent: str | Decimal = ""
    repeats: bool = True


@dataclass(frozen=True)
class Agreement:
    """A framework order that may be written: its head's columns, and its lines."""

    draft: Draft
    head: dict[str, Any]


async def read(new: NewFramework, standing: FrameworkOrder | None = None) -> Agreement:
    """The framework order as it would be written; Invalid with every problem at its field."""
    own, today = Problems(), clock.today()
    begins = new.valid_from or (standing.valid_from if standing else today)
    until = new.valid_until
    if until is None:
        own.note("valid_until", Refused(REQUIRED))
    elif until < begins:
        own.note("valid_until", Refused(ENDS_BEFORE))
    elif until < today:
        own.note("valid_until", Refused(IN_THE_PAST))
    firm = whole("firm_days", new.firm_days, MOST_FIRM, FIRM_DAYS, own)
    beyond = percent("beyond_percent", new.beyond_percent, 0, own)
    draft, problems = await drafting.look(replace(_without_custom(new.agreed, own), due_date=until or begins))
    if draft.customer.get("prospect"):
        own.note("customer", Refused(STILL_A_PROSPECT, name=draft.customer["name"]))
    if standing and not problems:
        await _must_hold(standing, draft, beyond, own)
    problems.found = own.found | problems.found
    problems.check()
    head = await writing.offered_head(draft) | {
        "customer_number": draft.values["customer_order_number"], "valid_from": begins, "valid_until": until,
        "firm_days": firm, "beyond_percent": beyond, "repeats": new.repeats,
    }  # fmt: skip
    return Agreement(draft, head)


def _without_custom(agreed: NewOrder, problems: Problems) -> NewOrder:
    """Nothing is kept of custom fields here, so nothing is taken."""
    if agreed.custom:
        problems.note("custom", Refused(NO_CUSTOM_FIELDS))
    for i, line in enumerate(agreed.lines):
        if line.custom:
            problems.note(f"lines-{i}-custom", Refused(NO_CUSTOM_FIELDS))
    return replace(agreed, custom=None, lines=[replace(line, custom=None) for line in agreed.lines])


async def _must_hold(standing: FrameworkOrder, draft: Draft, beyond: int, problems: Problems) -> None:
    """What is called off already stays possible: the line, its item and its unit, and as much as is called off."""
    called, used = await figures.of(standing.id), await _used(standing.id)
    entered = {line.line_no: (i, line) for i, line in enumerate(draft.lines) if line.line_no}
    for row in await lines_of(standing.id):
        stands = called[row["id"]]
        if row["id"] not in used:
            continue
        i, line = entered.get(row["line_no"], (0, None))
        if line is None or line.item.id != row["item"]:
            problems.note(f"lines-{i}-item", Refused(IN_USE, line=row["line_no"]))
        elif unit_of(line.unit) != unit_of(row["unit"]):
            problems.note(f"lines-{i}-unit", Refused(IN_USE, line=row["line_no"]))
        elif line.quantity.milli * (100 + beyond) < stands.called * 100:
            problems.note(
                f"lines-{i}-quantity", Refused(BELOW_CALLED, called=figures.said(stands.called, row))
            )


async def _used(framework_id: int) -> set[int]:
    """The lines that something is, was or is to be called off of."""
    used = "select line from call_offs where framework = {} union select line from call_off_changes where framework = {}"
    return {row["line"] for row in await db.rows(used, framework_id, framework_id)}


async def write_lines(framework: FrameworkOrder, draft: Draft) -> None:
    """The lines as agreed now. One that stood is written over: call-offs point to it."""
    standing = {row["line_no"]: row["id"] for row in await lines_of(framework.id)}
    numbered = writing.renumbered(draft.lines, set(standing))
    kept = {standing[no]: writing.priced(no, line) for no, line in numbered if no in standing}
    gone = [id_ for id_ in standing.values() if id_ not in kept]
    if gone:
        await db.rows("delete from framework_lines where {}", db.any_of("id", gone))
    await db.update_many("framework_lines", writing.PRICED_COLUMNS, kept)
    await db.insert_many("framework_lines", ("framework", *writing.PRICED_COLUMNS), [
        (framework.id, *writing.priced(no, line)) for no, line in numbered if no not in standing
    ])  # fmt: skip
