"""What came in against what is there: the same number, the same lines under another number, the same file twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.core import db
from app.core.conditions import Condition, all_of
from app.core.refusals import Refused
from app.intake.comparing import Difference, compare, lines_of, ordered, ordered_by
from app.intake.knowing import among
from app.intake.proposal import Proposal
from app.intake.records import Record
from app.intake.refusals import SAME_NUMBER
from app.people.actors import Actor
from app.sales.conditions import visible_to
from app.sales.tables import SalesOrder

_ORDER = (
    "o.id, o.number, o.customer, o.customer_order_number, o.currency, o.trade_term, o.line_count, o.due_date"
)


@dataclass
class Meeting:
    """What an inbound order meets: the order of its number with the differences, or its `twin` by another number."""

    order: dict[str, Any] | None = None
    differences: list[Difference] = field(default_factory=list)
    twin: str = ""


async def meet(records: Sequence[Record], proposals: Sequence[Proposal]) -> list[Meeting]:
    """For each proposal what it meets, in a few reads for all."""
    wanted = {number for p in proposals if p.customer and (number := _number(p))}
    by_number: dict[tuple[int, str], dict[str, Any]] = {}
    rows = await among(
        f"select {_ORDER} from sales_orders o where o.state <> 'cancelled' and {{}} order by o.id",
        "o.customer_order_number", wanted,
    )  # fmt: skip
    for row in rows:
        by_number[row["customer"], row["customer_order_number"]] = row
    meetings = [
        Meeting(by_number.get((p.customer["id"], _number(p))) if p.customer and _number(p) else None)
        for p in proposals
    ]
    lines = await lines_of([m.order["id"] for m in meetings if m.order])
    for record, proposal, meeting in zip(records, proposals, meetings, strict=True):
        if meeting.order:
            meeting.differences = compare(record, proposal, meeting.order, lines[meeting.order["id"]])
    await _twins(proposals, meetings)
    return meetings


async def held_against(order: dict[str, Any], record: Record, proposal: Proposal) -> Meeting:
    """What it meets in this order, whatever number it gives itself."""
    lines = await lines_of([order["id"]])
    return Meeting(order, compare(record, proposal, order, lines[order["id"]]))


async def order_behind(number: str, by: Actor) -> dict[str, Any] | None:
    """The order in force of this number, or that the inbound order of this number became, if this person may see it."""
    called = "o.number = {} or o.id = (select i.sales_order from inbound_orders i where i.number = {})"
    limits = () if by.is_house else visible_to(by)
    seen = all_of([Condition("o.state <> 'cancelled'"), Condition(called, (number, number)), *limits])
    return await db.one(f"select {_ORDER} from sales_orders o where {seen.sql}", *seen.args)


def _number(proposal: Proposal) -> str:
    return proposal.head["customer_order_number"].value[:80]


async def _twins(proposals: Sequence[Proposal], meetings: list[Meeting]) -> None:
    """Orders of the same customer with the same lines and days, under another number or none."""
    open_ = [
        (p, m) for p, m in zip(proposals, meetings, strict=True)
        if p.customer and m.order is None and _day(p.head["due_date"].value) and all(p.items)
    ]  # fmt: skip
    if not open_:
        return
    keys = {(p.customer["id"], len(p.lines), p.head["due_date"].value) for p, _m in open_ if p.customer}
    customers, days = {k[0] for k in keys}, sorted({k[2] for k in keys})
    first, last = _day(days[0]), _day(days[-1])
    rows = await among(
        f"select {_ORDER} from sales_orders o where o.state <> 'cancelled' and {{}}"
        f" and o.due_date >= {{}} and o.due_date <= {{}}",
        "o.customer", customers, first, last
    )  # fmt: skip
    near = [r for r in rows if (r["customer"], r["line_count"], str(r["due_date"])) in keys]
    lines = await lines_of([r["id"] for r in near])
    there = {(r["customer"], ordered(lines[r["id"]])): r["number"] for r in near}
    for proposal, meeting in open_:
        if proposal.customer and (what := ordered_by(proposal)):
            meeting.twin = there.get((proposal.customer["id"], what), "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def waiting(digests: set[str]) -> dict[str, dict[str, Any]]:
    """Inbound orders that wait and say the same, by digest."""
    rows = await among(
        "select number, digest, customer_order_number, state, sales_order from inbound_orders"
        " where state in ('new', 'changes') and {} order by id desc",
        "digest", digests - {""},
    )  # fmt: skip
    return {row["digest"]: row for row in rows}


async def refuse_doubles(made: Sequence[SalesOrder]) -> None:
    """Refused(SAME_NUMBER) when an order has a customer's number that another one has already."""
    numbered = {order.id: order for order in made if order.customer_order_number}
    there = await among(
        "select id, number, customer, customer_order_number from sales_orders where state <> 'cancelled' and {} order by id",
        "customer_order_number", {order.customer_order_number for order in numbered.values()},
    )  # fmt: skip
    first: dict[tuple[int, str], str] = {}
    for row in there:
        other = first.setdefault((row["customer"], row["customer_order_number"]), row["number"])
        if row["id"] in numbered and other != row["number"]:
            given = row["customer_order_number"]
            raise Refused(SAME_NUMBER, "customer_order_number", order=other, given=given)
