"""Deciding on what came in: say that it changes an order or is one by another way, name its columns, turn it down.

Taking it in is `receiving`, making its order `accepting`; this is where the edges find all of it.
"""

import json
from collections.abc import Mapping
from typing import Any

from app.core import clock, db
from app.core import states as machine
from app.core.refusals import NOT_FOUND, REQUIRED, UNKNOWN, Refused
from app.core.rows import get, locked
from app.documents import attachments
from app.documents.tables import Attachment
from app.events.log import record, record_many
from app.intake import events, learning, permissions, states
from app.intake.accepting import Accepted, accept, accept_many, plain
from app.intake.again import Meeting, held_against, meet, order_behind
from app.intake.learning import COLUMN, FIELDS, TABLE
from app.intake.proposal import Proposal
from app.intake.proposing import propose
from app.intake.readers.synonyms import key
from app.intake.receiving import clean, kept, met, receive
from app.intake.records import Record, trouble_said
from app.intake.refusals import (
    ANOTHER_CUSTOMERS,
    NO_ORDER_YET,
    NO_SOURCE,
    NO_SUCH_NUMBER,
    UNREADABLE,
    WHY_NEEDED,
)
from app.intake.sources import records_in
from app.intake.tables import InboundOrder
from app.people.actors import Actor

__all__ = [
    "CHANNELS", "Accepted", "accept", "accept_many", "compare", "find", "known_as", "merge", "name_columns", "reading_of", "receive",
    "reject", "touched",
]  # fmt: skip

CHANNELS = ("file", "paste", "mail", "api", "direct")


async def find(number: str, by: Actor) -> InboundOrder:
    by.must(permissions.SEE)
    return await get(InboundOrder, InboundOrder.number == plain(number))


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


async def reject(number: str, note: str, *, by: Actor, version: int | None = None) -> InboundOrder:
    """Turn it down and say why; the source stays."""
    by.must(permissions.DECIDE)
    row = await locked(InboundOrder, InboundOrder.number == plain(number), version=version)
    if not note.strip():
        raise Refused(WHY_NEEDED, "note")
    await machine.move(row, states.MOVES, "reject", states.LOOKS)
    await db.rows(
        "update inbound_orders set note = {}, decided_at = {} where id = {}", note[:300], clock.now(), row.id
    )
    rejected = events.InboundRejected(subject=("inbound_order", row.id), number=row.number, note=note[:300])
    await record(rejected, by=by)
    return row


async def compare(
    number: str, customer: str, customer_order_number: str, *, by: Actor, version: int | None = None
) -> InboundOrder:
    """Hold it against the order that has this number already, for a customer whom the file did not name."""
    by.must(permissions.DECIDE)
    row = await locked(InboundOrder, InboundOrder.number == plain(number), version=version)
    id_ = await _customer(customer)
    found = reading_of(row)
    proposal = await propose(found, id_)
    proposal.head["customer_order_number"].value = customer_order_number[:80]
    if not await _meet(row, found, proposal, (await meet([found], [proposal]))[0], by=by):
        raise Refused(NO_SUCH_NUMBER, "customer_order_number", given=customer_order_number[:40])
    return row


async def merge(number: str, into: str, *, by: Actor, version: int | None = None) -> InboundOrder:
    """It is the order `into` by another way: nothing is made, its source is kept with that order, and what it says otherwise
    is kept as a change request. `into` may be the inbound order that the order was made of.
    """
    by.must(permissions.DECIDE)
    row = await locked(InboundOrder, InboundOrder.number == plain(number), version=version)
    found = reading_of(row)
    if not into.strip():
        raise Refused(REQUIRED, "into")
    order = await order_behind(plain(into.strip()), by)
    if order is None:
        raise Refused(NO_ORDER_YET, "into", given=into.strip()[:40])
    if row.customer not in (None, order["customer"]):
        raise Refused(ANOTHER_CUSTOMERS, "into", given=order["number"])
    proposal = await propose(found, order["customer"])
    await _meet(row, found, proposal, await held_against(order, found, proposal), by=by)
    if row.file is not None:
        await attachments.also_about(row.file, [("sales_order", order["id"])], by=by)
    return row


async def _meet(row: InboundOrder, found: Record, proposal: Proposal, meeting: Meeting, *, by: Actor) -> bool:
    """Keep the reading with what it meets; whether that is an order."""
    values = kept(found, proposal, meeting, None)
    await db.rows(
        "update inbound_orders set customer = {}, customer_order_number = {}, sheet = {}, reading = {}, doubts = {},"
        " digest = {}, same_as = {}, sales_order = {}, differences = {} where id = {}",
        values["customer"], values["theirs"], values["sheet"], values["reading"], values["doubts"], values["digest"],
        values["same_as"], values["sales_order"], values["differences"], row.id,
    )  # fmt: skip
    if values["state"] == states.NEW:
        return False
    await machine.move(
        row, states.MOVES, "same" if values["state"] == states.SAME else "change", states.LOOKS
    )
    also = (("sales_order", values["sales_order"]), ("customer", values["customer"]))
    await record_many(met(row.id, row.number, values, also), by=by)
    return True


async def _customer(code: str) -> int:
    if not code.strip():
        raise Refused(REQUIRED, "customer")
    id_ = await db.value(
        "select id from customers where code = {} and active", code.replace("\x00", "").strip()[:60]
    )
    if id_ is None:
        raise Refused(UNKNOWN, "customer", given=code[:40])
    return int(id_)


async def name_columns(
    number: str,
    customer: str,
    columns: Mapping[str, str],
    passed_over: str = "",
    *,
    by: Actor,
    version: int | None = None,
) -> list[InboundOrder]:
    """Say what the headings mean ({heading: field}) or which table is none, remember it for the customer, and read again."""
    by.must(permissions.DECIDE)
    row = await locked(InboundOrder, InboundOrder.number == plain(number), version=version)
    id_ = await _customer(customer)
    if row.file is None:
        raise Refused(NO_SOURCE)
    words = {(COLUMN, key(said)): means for said, means in columns.items() if means in FIELDS and key(said)}
    if passed_over:
        words[TABLE, passed_over[: learning.LONGEST]] = ""
    await learning.teach(id_, words, by=by)
    file = await get(Attachment, Attachment.id == row.file)
    found = await clean(await records_in(file.name, attachments.content(file), id_), row.channel)
    mine = _same_place(reading_of(row), found)
    if mine.get("trouble"):
        at = "passed_over" if mine["trouble"]["tables"] else "columns"
        raise Refused(UNREADABLE, at, why=trouble_said(mine))
    others = [each for each in found if each is not mine] if row.state == states.UNREAD else []
    await machine.move(row, states.MOVES, "read", states.LOOKS)
    proposal = await propose(mine, id_)
    read = events.InboundRead(
        subject=("inbound_order", row.id), also=(("customer", id_),), number=row.number, lines=len(mine["lines"]),
        doubts=proposal.doubts,
    )  # fmt: skip
    await record(read, by=by)
    await _meet(row, mine, proposal, (await meet([mine], [proposal]))[0], by=by)
    return [
        row,
        *(await receive(others, row.channel, file.name, attachments.content(file), by=by) if others else []),
    ]


def _same_place(before: Record, found: list[Record]) -> Record:
    """Of several orders of a file the one that stands where this one stood."""
    cells = {line["cell"] for line in before["lines"]}
    return next((r for r in found if any(line["cell"] in cells for line in r["lines"])), found[0])


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
