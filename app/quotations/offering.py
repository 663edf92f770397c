"""What somebody wants to offer, as entered: checked as an order would be, with how long it holds and how soon it is delivered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.core import clock, db
from app.core.refusals import Refused
from app.offers import lines
from app.quotations import breaks
from app.quotations.breaks import Break
from app.quotations.kind import QUOTATION
from app.quotations.refusals import IN_THE_PAST
from app.quotations.tables import Quotation
from app.sales import drafting, writing
from app.sales.agreed import whole
from app.sales.drafting import Draft, NewOrder
from app.sales.line_drafting import DraftLine, Standing
from app.sales.problems import Problems

VALID_DAYS, LEAD_DAYS, MOST_DAYS = 30, 15, 730


@dataclass(frozen=True, kw_only=True)
class NewQuotation:
    """An offer as entered: `offered` is the order it would make. `breaks` are the quantity breaks of its lines, as text;
    `inquiry` is the number of the one it answers."""

    offered: NewOrder
    valid_until: date | None = None
    lead_days: str | Decimal = ""
    breaks: Sequence[str] = ()
    inquiry: str = ""


@dataclass(frozen=True)
class Offer:
    """A quotation that may be written: its head's columns, its lines, and the breaks of each."""

    draft: Draft
    head: dict[str, Any]
    breaks: Sequence[Sequence[Break]]


async def read(new: NewQuotation, standing: Standing | None = None) -> Offer:
    """The quotation as it would be written, its custom fields as they stand where nothing is said of them; Invalid with every
    problem at its field."""
    today, own = clock.today(), Problems()
    lead = whole("lead_days", new.lead_days, MOST_DAYS, LEAD_DAYS, own)
    until = new.valid_until or today + timedelta(days=VALID_DAYS)
    if until < today:
        own.note("valid_until", Refused(IN_THE_PAST))
    draft, problems = await drafting.look(
        replace(new.offered, due_date=today + timedelta(days=lead)), standing
    )
    if not problems:
        found = [_breaks(i, line, new.breaks, own) for i, line in enumerate(draft.lines)]
    problems.found = own.found | problems.found
    problems.check()
    columns = await writing.offered_head(draft)
    columns |= {
        "custom": draft.values["custom"], "customer_reference": draft.values["customer_order_number"],
        "quoted_on": today, "valid_until": until, "lead_days": lead,
    }  # fmt: skip
    return Offer(draft, columns, found)


def _breaks(i: int, line: DraftLine, entered: Sequence[str], problems: Problems) -> list[Break]:
    try:
        return breaks.read(entered[i], line) if i < len(entered) else []
    except Refused as refused:
        problems.note(f"lines-{i}-breaks", refused)
        return []


LINE_COLUMNS = ("quotation", *writing.PRICED_COLUMNS, "breaks", "custom", "schedules")


async def write_lines(quotation: Quotation, offer: Offer, numbers: set[int]) -> None:
    """The lines of a quotation that has none (any more); those whose numbers stood before keep them."""
    numbered = writing.renumbered(offer.draft.lines, numbers)
    await db.insert_many("quotation_lines", LINE_COLUMNS, [
        (quotation.id, *writing.priced(no, line), json.dumps(given), line.custom, _deliveries(line))
        for (no, line), given in zip(numbered, offer.breaks, strict=True)
    ])  # fmt: skip


def _deliveries(line: DraftLine) -> str:
    """The deliveries of a line as its document, none where it comes at once."""
    several = line.schedules if len(line.schedules) > 1 else ()
    return json.dumps([[each.due_date.isoformat(), each.entered] for each in several], ensure_ascii=False)


async def lines_of(quotation_id: int) -> list[dict[str, Any]]:
    """The lines with their items, and their breaks and deliveries read."""
    return (await lines_of_many([quotation_id]))[0]


async def lines_of_many(quotations: Sequence[int]) -> list[list[dict[str, Any]]]:
    """The same of each of many."""
    found = await lines.lines_of_many(QUOTATION, quotations)
    return [[_read(row) for row in found[id_]] for id_ in quotations]


def _read(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row, "breaks": json.loads(row["breaks"]), "schedules": [
            {"requested_date": date.fromisoformat(day), "entered": entered} for day, entered in json.loads(row["schedules"])
        ],
    }  # fmt: skip
