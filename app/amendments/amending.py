"""Changing an order that stands: how much is delivered when, with the cause and the reason, kept as a change request."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.amendments import change_requests, permissions, states
from app.amendments.refusals import OF_ANOTHER_ORDER
from app.amendments.tables import ChangeRequest
from app.approvals import requests
from app.core import clock, db, text
from app.core import states as machine
from app.core.money import Money
from app.core.numbering import next_number
from app.core.refusals import NOT_A_CHOICE, NOT_A_DATE, NOT_NOW, REQUIRED, Invalid, Refused
from app.core.rows import locked
from app.frameworks import ordering, plans
from app.intake import parts as parted
from app.intake.readers.dates import day_in
from app.people.actors import Actor
from app.sales import amending, exposure, orders, rewriting
from app.sales.amending import Amended, AmendedLine, Delivery, Part
from app.sales.echo import in_unit, short
from app.sales.problems import Problems
from app.sales.states import CONFIRMED, DRAFT, LOOKS, SUBMITTED
from app.sales.tables import SalesOrder

AMEND = "sales_order.amend"
"""The command that approval rules may hold back."""
STANDING = (DRAFT, SUBMITTED, CONFIRMED)


async def amend(
    number: str, cause: str, reason: str, parts: Sequence[Mapping[str, Any]], request: str = "", framework: str = "",
    change: int = 0, *, by: Actor, version: int | None = None,
) -> ChangeRequest:  # fmt: skip
    """Change the deliveries of an order, and keep why. A confirmed one is held back when an approval rule asks for it.

    `parts` are {line_no, seq, quantity, due_date}. `request` is the open change request that this carries out; `framework` and
    `change` the change of a call-off plan that is agreed to by it.
    """
    by.must(permissions.AMEND)
    order = await orders.to_change(number, by, version)
    must_stand(order)
    cause, reason, amended = await read(order, cause, reason, parts)
    if order.state == CONFIRMED:
        arguments = {
            "number": number, "cause": cause, "reason": reason, "parts": [dict(part) for part in parts], "request": request,
            "framework": framework, "change": change,
        }  # fmt: skip
        label = f"{order.number} · {order.customer_name}"
        await requests.require(
            AMEND, ("sales_order", order.id), label, await facts(order, cause, amended), arguments, by=by
        )
    row = await _request(order, request, cause, reason, amended, by)
    await rewriting.write(order, amended, row.number, reason, ("change_request", row.id), by=by)
    await ordering.follow(order.id, by=by)
    if framework:
        await plans.decide(framework, change, True, reason, by=by)
    await ordering.give_back(order.id, by=by)
    await requests.withdraw(("sales_order", order.id), by=by)
    return row


def must_stand(order: SalesOrder) -> None:
    if order.state not in STANDING:
        raise Refused(NOT_NOW, state=LOOKS[order.state].label)


async def read(
    order: SalesOrder, cause: str, reason: str, parts: Sequence[Mapping[str, Any]]
) -> tuple[str, str, Amended]:
    """An amendment as entered, checked; Invalid with every problem at its field."""
    problems, reason = Problems(), text.prose(reason)[:300]
    if cause not in states.CAUSES:
        problems.note("cause", Refused(NOT_A_CHOICE, given=cause[:40]) if cause else Refused(REQUIRED))
    if not reason:
        problems.note("reason", Refused(REQUIRED))
    given = [_part(f"changes-{at}", part, problems) for at, part in enumerate(parts)]
    try:
        amended = await amending.look(order, given)
    except Invalid as invalid:
        problems.found = invalid.refusals | problems.found
        raise Invalid(problems.found) from None
    problems.check()
    return cause, reason, amended


def _part(at: str, part: Mapping[str, Any], problems: Problems) -> Part:
    said = str(part["due_date"]).strip()
    day = day_in(said).value
    if said and day is None:
        problems.note(f"{at}-due_date", Refused(NOT_A_DATE, given=said[:20]))
    return Part(line_no=part["line_no"], seq=part["seq"], quantity=str(part["quantity"]), due_date=day)


async def facts(order: SalesOrder, cause: str, amended: Amended) -> dict[str, Any]:
    """What rules about changing an order look at."""
    customer = await db.one("select code, level from customers where id = {}", order.customer)
    assert customer is not None
    stands, more = await exposure.of(order.customer), amended.gross_cny - order.gross_cny
    days = [each.day for line in amended.lines for each in line.after if each not in line.before]
    return {
        "cause": cause, "amount_cny": str(Money(amended.gross_cny)), "more_cny": str(Money(more)),
        "due_in_days": (min(days) - clock.today()).days if days else (amended.due_date - clock.today()).days,
        "customer_level": customer["level"], "customer": customer["code"], "credit_over": str(Money(stands.over(more))),
        "overdue": str(Money(stands.overdue)),
    }  # fmt: skip


async def _request(
    order: SalesOrder, number: str, cause: str, reason: str, amended: Amended, by: Actor
) -> ChangeRequest:
    """The change request that is carried out: the one that asked for it, or one that says what is done."""
    if number:
        found = await change_requests.find(number, by)
        if found["sales_order"] != order.id:
            raise Refused(OF_ANOTHER_ORDER, number=number, order=found["order_number"])
        row = await locked(ChangeRequest, ChangeRequest.id == found["id"])
    else:
        points = [point for line in amended.lines for point in points_of(line)]
        row = ChangeRequest(
            number=await next_number("CR"), sales_order=order.id, customer=order.customer, state=states.OPEN,
            points=len(points), asked_at=clock.now(), asked_by=by.user_id,
        )  # fmt: skip
        await row.save()
        await change_requests.write_points(row.id, points)
    await machine.move(row, states.MOVES, "make", states.LOOKS)
    await db.rows(
        "update change_requests set cause = {}, reason = {}, closed_at = {}, closed_by = {} where id = {}",
        cause, reason, clock.now(), by.user_id, row.id,
    )  # fmt: skip
    return row


def points_of(line: AmendedLine) -> list[dict[str, Any]]:
    """What is otherwise on a line, point by point."""
    row = line.row
    about = {
        "line_no": row["line_no"],
        "item": row["code"],
        "customer_item": row["customer_item"],
        "cell": "",
        "values": None,
    }
    was, now = _whole(line.before, row), _whole(line.after, row)
    if not line.after:
        return [{**about, "what": "dropped_line", "before": was, "after": ""}]
    found = []
    if was != now:
        found.append({**about, "what": "quantity", "before": was, "after": now})
    if len(line.before) == len(line.after) == 1:
        if line.before[0].day != line.after[0].day:
            days = [each[0].day.isoformat() for each in (line.before, line.after)]
            found.append({**about, "what": "due_date", "before": days[0], "after": days[1]})
    else:
        found += [
            {**about, "what": "deliveries", "before": _on(each.before_day, each.before_q, row), "after": _on(each.after_day, each.after_q, row)}
            for each in parted.differing(_by_day(line.before), _by_day(line.after))
        ]  # fmt: skip
    return found


def _whole(deliveries: Sequence[Delivery], row: Mapping[str, Any]) -> str:
    return short(amending.entered_of(deliveries), row["unit"], row["unit_label"] or row["base_unit"])


def _by_day(deliveries: Sequence[Delivery]) -> parted.ByDay:
    found = parted.ByDay()
    for each in deliveries:
        found[each.day] = found.get(each.day, 0) + each.milli
    return found


def _on(day: date | None, milli: int, row: Mapping[str, Any]) -> str:
    """2027-01-15: 5 千支."""
    said = short(in_unit(milli, row), row["unit"], row["unit_label"] or row["base_unit"])
    return f"{day.isoformat()}: {said}" if day else ""
