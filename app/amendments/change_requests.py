"""Keeping what a customer wants changed, and closing it with a note. It blocks nothing and is never lost."""

import json
from typing import Any

from app.amendments import events, permissions, states
from app.amendments.refusals import NOTE_NEEDED
from app.amendments.tables import ChangeRequest
from app.core import clock, db
from app.core import states as machine
from app.core.conditions import Condition
from app.core.numbering import next_number
from app.core.refusals import NOT_FOUND, Refused
from app.core.rows import locked
from app.events.log import Subject, record
from app.people.actors import HOUSE, Actor
from app.sales.conditions import visible_to
from app.sales.permissions import SEE as SEE_ORDERS

SOURCE = (
    "change_requests r join sales_orders o on o.id = r.sales_order join customers c on c.id = r.customer"
    " left join inbound_orders i on i.id = r.inbound_order"
)

OF_ORDER = "(select max(r.number) from change_requests r where r.sales_order = o.id and r.state = 'open')"
"""The newest request about order `o` that waits for a decision."""


async def ask(inbound_order: int) -> ChangeRequest | None:
    """Keep the differences of an inbound order as a change request; an open one of the same order gives way to it.

    A reaction to `inbound_order.differs`. Twice is once.
    """
    row = await db.one(
        "select i.id, i.customer, i.sales_order, i.differences, o.number from inbound_orders i"
        " join sales_orders o on o.id = i.sales_order where i.id = {}",
        inbound_order,
    )
    if row is None or await db.value("select 1 from change_requests where inbound_order = {}", inbound_order):
        return None
    points = json.loads(row["differences"])
    older = await ChangeRequest.objects().where(
        (ChangeRequest.sales_order == row["sales_order"]) & (ChangeRequest.state == states.OPEN)
    )
    request = ChangeRequest(
        number=await next_number("CR"), sales_order=row["sales_order"], customer=row["customer"],
        inbound_order=row["id"], state=states.OPEN, points=len(points), asked_at=clock.now(),
    )  # fmt: skip
    await request.save()
    await write_points(request.id, points)
    asked = events.ChangeAsked(
        subject=("change_request", request.id), also=_about(request, row["id"]), number=request.number, order=row["number"],
        points=len(points),
    )  # fmt: skip
    await record(asked, by=HOUSE)
    for each in older:
        await machine.move(each, states.MOVES, "supersede", states.LOOKS)
        superseded = events.ChangeSuperseded(
            subject=("change_request", each.id), also=_about(each), number=each.number, newer=request.number
        )
        await record(superseded, by=HOUSE)
    return request


def _about(request: ChangeRequest, inbound_order: int | None = None) -> tuple[Subject, ...]:
    also: tuple[Subject, ...] = (("sales_order", request.sales_order), ("customer", request.customer))
    return (*also, ("inbound_order", inbound_order)) if inbound_order else also


async def write_points(request: int, points: list[dict[str, Any]]) -> None:
    """Keep the points of a request, as an inbound order has its differences."""
    await db.write_many(
        "change_points",
        ("request", "seq", "what", "line_no", "item", "customer_item", "stands", "asks", "cell", "their_line", "wanted"),
        [
            (request, seq, p["what"], p["line_no"], p["item"][:60], p["customer_item"][:80], p["before"][:200],
             p["after"][:200], p["cell"][:120], p.get("their_line", "")[:20], json.dumps(p["values"] or {}, ensure_ascii=False))
            for seq, p in enumerate(points, 1)
        ],
    )  # fmt: skip


def seen_by(by: Actor) -> list[Condition]:
    """Change requests of the orders that this person may see."""
    return [Condition("1 = 0")] if not by.may(SEE_ORDERS) else list(visible_to(by))


async def find(number: str, by: Actor) -> dict[str, Any]:
    """The request with its order, customer and points; what one may not see is not found."""
    by.must(permissions.SEE)
    wanted = [Condition("r.number = {}", (number.replace("\x00", "")[:40],)), *seen_by(by)]
    found = await db.one(
        "select r.*, o.number as order_number, o.state as order_state, p.name as asker, c.code as customer_code, c.name as customer_name,"
        f" coalesce(i.number, '') as inbound_number from {SOURCE} left join users u on u.id = r.asked_by"
        " left join people p on p.id = u.person where " + " and ".join(f"({w.sql})" for w in wanted),
        *[a for w in wanted for a in w.args],
    )
    if found is None:
        raise Refused(NOT_FOUND)
    found["lines"] = await db.rows("select * from change_points where request = {} order by seq", found["id"])
    return found


async def close(number: str, note: str, *, by: Actor, version: int | None = None) -> ChangeRequest:
    """Say what became of it; it stays to be read."""
    by.must(permissions.CLOSE)
    request = await _to_decide(number, by, version)
    if not note.strip():
        raise Refused(NOTE_NEEDED, "note")
    await machine.move(request, states.MOVES, "close", states.LOOKS)
    await db.rows(
        "update change_requests set note = {}, closed_at = {}, closed_by = {} where id = {}",
        note.strip()[:300], clock.now(), by.user_id, request.id,
    )  # fmt: skip
    closed = events.ChangeClosed(
        subject=("change_request", request.id),
        also=_about(request),
        number=request.number,
        note=note.strip()[:300],
    )
    await record(closed, by=by)
    return request


async def reopen(number: str, *, by: Actor, version: int | None = None) -> ChangeRequest:
    """It is to be decided after all."""
    by.must(permissions.CLOSE)
    request = await _to_decide(number, by, version)
    await machine.move(request, states.MOVES, "reopen", states.LOOKS)
    await db.rows("update change_requests set closed_at = null, closed_by = null where id = {}", request.id)
    await record(
        events.ChangeReopened(
            subject=("change_request", request.id), also=_about(request), number=request.number
        ),
        by=by,
    )
    return request


async def _to_decide(number: str, by: Actor, version: int | None) -> ChangeRequest:
    found = await find(number, by)
    return await locked(ChangeRequest, ChangeRequest.id == found["id"], version=version)
