"""Taking in what customers send, and deciding on it."""

import json
from collections.abc import Mapping
from typing import Any

from app.core import clock, db
from app.core import states as machine
from app.core.numbering import next_number
from app.core.refusals import NOT_FOUND, Refused
from app.core.rows import get, locked
from app.documents import attachments
from app.documents.tables import Attachment
from app.events.log import record
from app.intake import events, permissions, states
from app.intake.proposing import customer_of, propose
from app.intake.records import Record
from app.intake.refusals import SAME_NUMBER, WHY_NEEDED
from app.intake.tables import InboundOrder
from app.people.actors import Actor
from app.sales import orders
from app.sales.orders import NewOrder
from app.sales.tables import SalesOrder

CHANNELS = ("file", "paste", "mail", "api", "direct")


async def receive(
    records: list[Record], channel: str, file_name: str = "", data: bytes = b"", *, by: Actor
) -> list[InboundOrder]:
    """Take in every order found in a file (or sent by a program); each waits to be looked at, with its source kept."""
    by.must(permissions.DECIDE)
    return [await _take_in(r, channel, file_name, data, by) for r in records]


async def _take_in(found: Record, channel: str, file_name: str, data: bytes, by: Actor) -> InboundOrder:
    customer = await customer_of(found)
    proposal = await propose(found, customer)
    row = InboundOrder(
        number=await next_number("IO"), channel=channel, state=states.NEW, file_name=file_name[:200],
        sheet=found["sheets"][0]["name"][:80] if found["sheets"] else "", customer=customer["id"] if customer else None,
        customer_order_number=proposal.head["customer_order_number"].value[:80], doubts=proposal.doubts + len(found["problems"]),
        reading=json.dumps(found, ensure_ascii=False), received_at=clock.now(), received_by=by.user_id,
    )  # fmt: skip
    await row.save()
    if data:
        file = await attachments.keep(file_name, data, ("inbound_order", row.id), by=by)
        await db.rows("update inbound_orders set file = {} where id = {}", file.id, row.id)
    received = events.InboundReceived(
        subject=("inbound_order", row.id), also=(("customer", customer["id"]),) if customer else (), number=row.number,
        file=file_name or channel, lines=len(found["lines"]), doubts=row.doubts,
    )  # fmt: skip
    await record(received, by=by)
    return row


async def find(number: str, by: Actor) -> InboundOrder:
    by.must(permissions.SEE)
    return await get(InboundOrder, InboundOrder.number == number.replace("\x00", "")[:40])


async def known_as(customer: int | None, customer_order_number: str) -> str | None:
    """The number of an order in force that has this customer's order number already."""
    if customer is None or not customer_order_number:
        return None
    found: str | None = await db.value(
        "select number from sales_orders where customer = {} and customer_order_number = {} and state <> 'cancelled'"
        " order by id desc limit 1",
        customer, customer_order_number,
    )  # fmt: skip
    return found


async def accept(
    number: str,
    new: NewOrder,
    touches: int = 0,
    another: bool = False,
    *,
    by: Actor,
    version: int | None = None,
) -> SalesOrder:
    """Make the sales order (a draft), note the part numbers that were settled, and keep the source with the order.

    Refused(SAME_NUMBER) when the customer's order number is known already, unless it is `another` order.
    """
    by.must(permissions.DECIDE)
    row = await locked(InboundOrder, InboundOrder.number == number.replace("\x00", "")[:40], version=version)
    await machine.move(row, states.MOVES, "accept", states.LOOKS)
    order = await orders.create(new, by=by)
    double = await db.value(
        "select number from sales_orders where customer = {} and customer_order_number = {} and state <> 'cancelled' and id <> {} limit 1",
        order.customer, order.customer_order_number or "?", order.id,
    )  # fmt: skip
    if double and not another:
        raise Refused(SAME_NUMBER, "customer_order_number", order=double, given=order.customer_order_number)
    await _learn(order, by)
    if row.file is not None:
        kept = await get(Attachment, Attachment.id == row.file)
        await attachments.keep(kept.name, attachments.content(kept), ("sales_order", order.id), by=by)
    seconds = max(0, int((clock.now() - row.received_at).total_seconds()))
    await db.rows(
        "update inbound_orders set sales_order = {}, customer = {}, decided_at = {}, touches = {}, seconds = {} where id = {}",
        order.id, order.customer, clock.now(), touches, seconds, row.id,
    )  # fmt: skip
    accepted = events.InboundAccepted(
        subject=("inbound_order", row.id), also=(("sales_order", order.id), ("customer", order.customer)), number=row.number,
        order=order.number, seconds=seconds, touches=touches,
    )  # fmt: skip
    await record(accepted, by=by)
    return order


async def _learn(order: SalesOrder, by: Actor) -> None:
    """Remember which of our items the customer's part numbers of this order are."""
    fresh = await db.rows(
        "select distinct l.customer_item, l.item, i.code, l.drawing_revision from sales_order_lines l join items i on i.id = l.item"
        ' where l."order" = {} and l.customer_item <> {} and not exists (select 1 from customer_items c'
        " where c.customer = {} and c.code = l.customer_item) order by l.customer_item",
        order.id, "", order.customer,
    )  # fmt: skip
    taught: set[str] = set()
    for line in fresh:
        if line["customer_item"] in taught:
            continue
        taught.add(line["customer_item"])
        await db.rows(
            "insert into customer_items (customer, code, item, drawing_revision) values ({}, {}, {}, {})",
            order.customer, line["customer_item"], line["item"], line["drawing_revision"],
        )  # fmt: skip
        learned = events.PartNumberLearned(
            subject=("customer", order.customer),
            also=(("item", line["item"]),),
            code=line["customer_item"],
            item=line["code"],
        )
        await record(learned, by=by)


async def reject(number: str, note: str, *, by: Actor, version: int | None = None) -> InboundOrder:
    """Turn it down and say why; the source stays."""
    by.must(permissions.DECIDE)
    row = await locked(InboundOrder, InboundOrder.number == number.replace("\x00", "")[:40], version=version)
    if not note.strip():
        raise Refused(WHY_NEEDED, "note")
    await machine.move(row, states.MOVES, "reject", states.LOOKS)
    await db.rows(
        "update inbound_orders set note = {}, decided_at = {} where id = {}", note[:300], clock.now(), row.id
    )
    rejected = events.InboundRejected(subject=("inbound_order", row.id), number=row.number, note=note[:300])
    await record(rejected, by=by)
    return row


def touched(proposed: Mapping[str, str], sent: Mapping[str, Any]) -> int:
    """How many fields a person changed before accepting."""
    return sum(
        1 for name, value in proposed.items() if name in sent and str(sent[name]).strip() != value.strip()
    )


def reading_of(row: InboundOrder) -> Record:
    found: Record = json.loads(row.reading)
    if "lines" not in found:
        raise Refused(NOT_FOUND)
    return found
