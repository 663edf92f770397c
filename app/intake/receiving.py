"""Taking in what customers send: read, cleaned, met with what is there already, kept with its source."""

import json
from collections.abc import Sequence
from typing import Any

from app.core import clock, db
from app.core.numbering import next_numbers
from app.documents import attachments
from app.events.log import Event, record_many
from app.intake import cleaning, events, permissions, states
from app.intake.again import Meeting, meet, waiting
from app.intake.comparing import as_kept
from app.intake.knowing import among, know
from app.intake.proposal import Proposal
from app.intake.proposing import propose_all
from app.intake.records import Record
from app.intake.tables import InboundOrder
from app.people.actors import Actor

COLUMNS = (
    "number", "channel", "state", "file", "file_name", "sheet", "customer", "customer_order_number", "reading", "doubts",
    "sales_order", "received_at", "received_by", "decided_at", "note", "touches", "seconds", "digest", "same_as", "differences",
    "version",
)  # fmt: skip


async def receive(
    records: list[Record], channel: str, file_name: str = "", data: bytes = b"", *, by: Actor
) -> list[InboundOrder]:
    """Take in every order found in a file (or sent by a program); each waits to be looked at, with its source kept.

    One that says what an order says already is only linked with it; one that differs from the order of its number
    keeps the differences.
    """
    by.must(permissions.DECIDE)
    records = await clean(records, channel)
    proposals = await propose_all(records)
    meetings = await meet(records, proposals)
    numbers = await next_numbers("IO", len(records))
    rows = _rows(numbers, records, proposals, meetings, await waiting({_digest(p) for p in proposals}))
    now = clock.now()
    ids = await db.insert_many(
        "inbound_orders", COLUMNS,
        [(n, channel, r["state"], None, file_name[:200], r["sheet"], r["customer"], r["theirs"], r["reading"], r["doubts"],
          r["sales_order"], now, by.user_id, None, "", 0, 0, r["digest"], r["same_as"], r["differences"], 1)
         for n, r in zip(numbers, rows, strict=True)],
    )  # fmt: skip
    made = dict(zip(numbers, ids, strict=True))
    if data:
        first = made[numbers[0]]
        file = await attachments.keep(file_name, data, ("inbound_order", first), by=by)
        await among(f"update inbound_orders set file = {int(file.id)} where {{}}", "number", numbers)
    told = [
        event
        for n, row in zip(numbers, rows, strict=True)
        for event in _events(made[n], n, row, file_name or channel)
    ]
    await record_many(told, by=by)
    found = {row.number: row for row in await _kept(numbers)}
    return [found[n] for n in numbers]


async def _kept(numbers: Sequence[str]) -> list[InboundOrder]:
    return await InboundOrder.objects().where(InboundOrder.number.is_in(list(numbers)))


async def clean(records: list[Record], channel: str) -> list[Record]:
    """The records as the cleaning rules leave them."""
    rules = await cleaning.rules()
    if not rules:
        return records
    known = await know(records) if any(rule["customer"] for rule in rules) else None
    customers = [known.customer_of(r) if known else None for r in records]
    return [
        cleaning.cleaned(r, channel, c["id"] if c else None, rules)
        for r, c in zip(records, customers, strict=True)
    ]


def _digest(proposal: Proposal) -> str:
    return proposal.digest() if proposal.lines else ""


def _rows(
    numbers: list[str], records: list[Record], proposals: list[Proposal], meetings: list[Meeting],
    before: dict[str, dict[str, Any]],
) -> list[dict[str, Any]]:  # fmt: skip
    """What is kept of each; the same contents twice in one file are told too."""
    rows = []
    for number, record, proposal, meeting in zip(numbers, records, proposals, meetings, strict=True):
        row = kept(record, proposal, meeting, before.get(_digest(proposal)))
        rows.append(row)
        if row["digest"] and row["state"] in (states.NEW, states.CHANGES):
            before.setdefault(row["digest"], {
                "number": number, "customer_order_number": row["theirs"], "sales_order": row["sales_order"],
            })  # fmt: skip
    return rows


def kept(
    record: Record, proposal: Proposal, meeting: Meeting, before: dict[str, Any] | None
) -> dict[str, Any]:
    """The columns that follow from a record, its proposal and what it meets."""
    theirs = proposal.head["customer_order_number"].value[:80]
    row: dict[str, Any] = {
        "state": states.UNREAD if record.get("trouble") else states.NEW,
        "sheet": record["sheets"][0]["name"][:80] if record["sheets"] else "",
        "customer": proposal.customer["id"] if proposal.customer else None, "theirs": theirs,
        "reading": json.dumps(record, ensure_ascii=False), "doubts": proposal.doubts if proposal.lines else 1,
        "digest": _digest(proposal), "sales_order": None, "order": "", "same_as": "", "differences": "[]",
    }  # fmt: skip
    order = meeting.order
    if order and not meeting.differences:
        return {
            **row,
            "state": states.SAME,
            "sales_order": order["id"],
            "order": order["number"],
            "same_as": order["number"],
        }
    if before and before["customer_order_number"] == theirs and row["digest"]:
        return {
            **row,
            "state": states.SAME,
            "sales_order": before["sales_order"],
            "order": before["number"],
            "same_as": before["number"],
        }
    if order:
        differences = as_kept(meeting.differences)
        return {**row, "state": states.CHANGES, "sales_order": order["id"], "order": order["number"],
                "differences": json.dumps(differences, ensure_ascii=False)}  # fmt: skip
    if twin := meeting.twin or (before["number"] if before and row["digest"] else ""):
        return {**row, "same_as": twin, "doubts": row["doubts"] + 1}
    return row


def _events(id_: int, number: str, row: dict[str, Any], file: str) -> list[Event]:
    customer = (("customer", row["customer"]),) if row["customer"] else ()
    order = (("sales_order", row["sales_order"]),) if row["sales_order"] else ()
    lines = len(json.loads(row["reading"])["lines"])
    received = events.InboundReceived(
        subject=("inbound_order", id_),
        also=customer,
        number=number,
        file=file,
        lines=lines,
        doubts=row["doubts"],
    )
    return [received, *met(id_, number, row, (*order, *customer))]


def met(id_: int, number: str, row: dict[str, Any], also: Any) -> list[Event]:
    """What is to be told of an inbound order that says the same as, or otherwise than, what is there."""
    subject = ("inbound_order", id_)
    if row["state"] == states.SAME:
        return [events.InboundSame(subject=subject, also=also, number=number, order=row["order"])]
    if row["state"] == states.CHANGES:
        differences = len(json.loads(row["differences"]))
        return [events.InboundDiffers(
            subject=subject, also=also, number=number, order=row["order"], differences=differences
        )]  # fmt: skip
    return []
