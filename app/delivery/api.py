"""Delivery notes for programs."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get, post

from app.core import clock
from app.core.quantities import Quantity, Weight
from app.core.refusals import NOT_FOUND, Refused
from app.core.rows import gathered, only
from app.delivery import notes, permissions, queries
from app.delivery.lists import NOTES
from app.delivery.pages.scans import picked_by_scan
from app.delivery.tables import DeliveryNote, DeliveryNoteLine, Pick
from app.people.actors import Actor
from app.web.api import carry_out, if_match, listed, reply
from app.web.input import Input, read_json


async def note_shown(number: str) -> dict[str, Any]:
    return only(await notes_shown([number[:40]]))


async def notes_shown(numbers: Sequence[str]) -> list[dict[str, Any]]:
    """Delivery notes in the order of their numbers."""
    rows = await queries.notes_called(numbers)
    notes = [row["id"] for row in rows]
    lines = gathered(await queries.lines_of(notes), "note")
    picks = gathered(await queries.picks_of(notes), "line")
    return [_note(row, [_line(line, picks[line["id"]]) for line in lines[row["id"]]]) for row in rows]


def _note(row: dict[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "number": row["number"], "state": row["state"], "customer": row["customer_code"], "customer_name": row["customer_name"],
        "address": row["address"], "contact": row["contact"], "planned_on": row["planned_on"].isoformat(),
        "posted_on": row["posted_on"].isoformat() if row["posted_on"] else None,
        "posted_at": clock.local(row["posted_at"]).isoformat() if row["posted_at"] else None,
        "posting": row["posting_number"], "remark": row["remark"], "version": row["version"], "lines": lines,
    }  # fmt: skip


def _line(line: dict[str, Any], picks: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "line_no": line["line_no"], "sales_order": line["order_number"], "sales_order_line": line["order_line_no"],
        "item": line["item"], "kind": line["kind"], "customer_item": line["customer_item"], "quantity": str(Quantity(line["quantity_q"])),
        "picked": str(Quantity(line["picked_q"])), "unit": line["base_unit"],
        "picks": [
            {"id": str(p["id"]), "lot": p["lot"], "bin": p["bin"], "quantity": str(Quantity(p["quantity_q"])), "person": p["person"],
             "picked_at": clock.local(p["picked_at"]).isoformat()}
            for p in picks
        ],
    }  # fmt: skip


async def _shown(note: DeliveryNote) -> dict[str, Any]:
    return await note_shown(note.number)


def _address(note: DeliveryNote) -> str:
    return f"/api/v1/delivery-notes/{note.number}"


@get("/api/v1/delivery-notes")
async def list_notes(request: Request, by: Actor, limit: int = 50) -> Response:
    by.must(permissions.SEE)
    page = await NOTES.page(request, by, limit)
    return listed(await notes_shown([row["number"] for row in page.rows]), page.next_cursor)


@get("/api/v1/delivery-notes/{number:str}")
async def get_note(by: Actor, number: str) -> Response:
    by.must(permissions.SEE)
    return reply(await note_shown(number))


@post("/api/v1/delivery-notes")
async def make_note(request: Request, by: Actor) -> Response:
    """`{"sales_order": "SO…", "planned_on": "2026-12-10", "lines": [{line_no, quantity, unit}]}`; no lines: what is due next in the store."""
    by.must(permissions.CREATE)
    form = await read_json(request)
    number, planned_on = form.text("sales_order", 40, required=True), form.day("planned_on")
    lines = await _wanted(form, number) if form.values.get("lines") else None
    remark = form.prose("remark", 300)
    form.check()
    return await carry_out(
        request,
        notes.create,
        number,
        lines,
        planned_on=planned_on,
        remark=remark,
        shown=_shown,
        address=_address,
        status=201,
    )


async def _wanted(form: Input, number: str) -> dict[int, int]:
    """{line_no: quantity} of the lines asked for, each with its unit."""
    items = {line["line_no"]: line for line in await queries.items_of_order(number)}
    wanted: dict[int, int] = {}
    for n, row in enumerate(form.rows("lines")):
        line_no = row.whole("line_no", 0)
        item = items.get(line_no)
        if item is None:
            row.refuse("line_no", NOT_FOUND)
        else:
            weight = Weight(item["weight_micro"], item["weight_pieces"])
            quantity = row.quantity("quantity", item["base_unit"], weight, item["code"])
            wanted[line_no] = wanted.get(line_no, 0) + (quantity.milli if quantity else 0)
        form.adopt("lines", n, row)
    return wanted


async def _pick_shown(pick: Pick) -> dict[str, Any]:
    line = await DeliveryNoteLine.objects().get(DeliveryNoteLine.id == pick.line)
    note = await DeliveryNote.objects().get(DeliveryNote.id == line.note) if line else None
    if note is None:
        raise Refused(NOT_FOUND)
    return {
        "id": str(pick.id),
        "quantity": str(Quantity(pick.quantity_q)),
        "delivery_note": await note_shown(note.number),
    }


@post("/api/v1/delivery-notes/{number:str}/pick", status_code=200)
async def pick(request: Request, by: Actor, number: str) -> Response:
    """`{"scan": "a lot's code or number", "bin": "A-01-01", "line_no": 1, "quantity": "5", "unit": "千件"}`.

    Without a bin the one that holds most of the lot, without a quantity all that is still wanted.
    """
    form = await read_json(request)
    return await carry_out(request, picked_by_scan, number, form, shown=_pick_shown)


@post("/api/v1/delivery-notes/{number:str}/picks/{pick_id:int}/undo", status_code=200)
async def unpick(request: Request, by: Actor, number: str, pick_id: int) -> Response:
    return await carry_out(request, notes.unpick, number, pick_id, shown=_shown)


@post("/api/v1/delivery-notes/{number:str}/post", status_code=200)
async def post_note(request: Request, by: Actor, number: str) -> Response:
    return await carry_out(request, notes.post, number, shown=_shown, version=if_match(request))


@post("/api/v1/delivery-notes/{number:str}/reverse", status_code=200)
async def reverse_note(request: Request, by: Actor, number: str) -> Response:
    form = await read_json(request)
    reason = form.prose("reason")
    form.check()
    return await carry_out(request, notes.reverse, number, reason, shown=_shown, version=if_match(request))


@post("/api/v1/delivery-notes/{number:str}/cancel", status_code=200)
async def cancel_note(request: Request, by: Actor, number: str) -> Response:
    return await carry_out(request, notes.cancel, number, shown=_shown, version=if_match(request))


ROUTES = [list_notes, get_note, make_note, pick, unpick, post_note, reverse_note, cancel_note]
