"""Making the orders of what came in: one that was looked at, or all that are clear at once."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from app.core import clock, db
from app.core import states as machine
from app.core.refusals import REQUIRED, Refused
from app.core.rows import locked_many
from app.documents import attachments
from app.events.log import record, record_many
from app.intake import events, learning, permissions, states
from app.intake.again import refuse_doubles
from app.intake.tables import InboundOrder
from app.people.actors import Actor
from app.sales import orders
from app.sales.orders import NewOrder
from app.sales.tables import SalesOrder

Made = tuple[InboundOrder, SalesOrder, events.InboundAccepted]


def plain(number: str) -> str:
    """An inbound order's number as a database may be asked for it."""
    return number.replace("\x00", "")[:40]


@dataclass(frozen=True)
class Accepted:
    """One inbound order with the order to make of it; `clear` when nothing in it is doubtful."""

    number: str
    new: NewOrder
    version: int | None = None
    clear: bool = True


async def accept_many(several: Sequence[Accepted], *, by: Actor) -> list[SalesOrder]:
    """Make the orders of the clear ones. One that cannot be made is for a person to look at and holds up no other."""
    by.must(permissions.DECIDE)
    try:
        made = await _made_together(several, by)
    except Refused:
        made = [found for each in several for found in await _made_alone(each, by)]
    await record_many([accepted for _row, _order, accepted in made], by=by)
    for file in {row.file for row, _order, _accepted in made if row.file is not None}:
        about = [("sales_order", order.id) for row, order, _accepted in made if row.file == file]
        await attachments.also_about(file, about, by=by)
    return [order for _row, order, _accepted in made]


async def _made_together(several: Sequence[Accepted], by: Actor) -> list[Made]:
    """All of them, or none and the refusal of the first that cannot be made."""
    async with _savepoint():
        return await _make([_clear(each) for each in several], by=by)


async def _made_alone(each: Accepted, by: Actor) -> list[Made]:
    try:
        return await _made_together([each], by)
    except Refused:
        await db.rows("update inbound_orders set doubts = doubts + 1 where number = {}", each.number)
        return []


def _clear(each: Accepted) -> Accepted:
    if not each.clear:
        raise Refused(REQUIRED)
    return each


@asynccontextmanager
async def _savepoint() -> AsyncIterator[None]:
    transaction = db.DB.current_transaction.get()
    assert transaction is not None
    savepoint = await transaction.savepoint()
    try:
        yield
        await savepoint.release()
    except Refused:
        await savepoint.rollback_to()
        raise


async def accept(
    number: str,
    new: NewOrder,
    touches: int = 0,
    another: bool = False,
    *,
    by: Actor,
    version: int | None = None,
) -> SalesOrder:
    """Make the sales order (a draft), remember what was settled, and keep the source with the order.

    Refused(SAME_NUMBER) when the customer's order number is known already, unless it is `another` order.
    """
    by.must(permissions.DECIDE)
    [(row, order, accepted)] = await _make([Accepted(number, new, version)], touches, another, by=by)
    await record(accepted, by=by)
    await learning.learn_from(json.loads(row.reading), order.id, order.customer, by=by)
    if row.file is not None:
        await attachments.also_about(row.file, [("sales_order", order.id)], by=by)
    return order


async def _make(
    several: Sequence[Accepted], touches: int = 0, another: bool = False, *, by: Actor
) -> list[Made]:
    """The orders of inbound orders, and what is to be told of each."""
    versions = {plain(each.number): each.version for each in several}
    rows = list((await locked_many(InboundOrder, InboundOrder.number, versions)).values())
    await machine.move_many(rows, states.MOVES, "accept", states.LOOKS)
    news = {plain(each.number): each.new for each in several}
    made = await orders.create_many([news[row.number] for row in rows], by=by)
    if not another:
        await refuse_doubles(made)
    now = clock.now()
    told = [
        events.InboundAccepted(
            subject=("inbound_order", row.id), also=(("sales_order", order.id), ("customer", order.customer)),
            number=row.number, order=order.number, touches=touches,
            seconds=max(0, int((now - row.received_at).total_seconds())),
        )
        for row, order in zip(rows, made, strict=True)
    ]  # fmt: skip
    await db.update_many(
        "inbound_orders", ("sales_order", "customer", "decided_at", "touches", "seconds"),
        {row.id: (order.id, order.customer, now, touches, event.seconds)
         for row, order, event in zip(rows, made, told, strict=True)},
    )  # fmt: skip
    return list(zip(rows, made, told, strict=True))
