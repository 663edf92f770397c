"""Inbound orders for programs: a file or JSON in, a sales order out."""

import json
from typing import Any

from litestar import Request, Response, get, post

from app.core import db
from app.custom_fields import defined, values
from app.custom_fields.defined import Fields
from app.intake import inbound, permissions
from app.intake.lists import INBOUND
from app.intake.pages import sent
from app.intake.proposal import Cell
from app.intake.proposing import propose
from app.intake.records import problems_said, record_of_values, trouble_said
from app.intake.sources import records_in
from app.intake.tables import InboundOrder
from app.people.actors import Actor
from app.sales.entering import order_of, schedules_of
from app.web import custom_inputs
from app.web.api import carry_out, if_match, listed, reply
from app.web.input import Input, read_form, read_json

LINE = ("line_no", "item", "customer_item", "drawing_revision", "kind", "quantity", "unit", "unit_price", "price_unit", "due_date",
        "spec", "remark")  # fmt: skip
HEAD = (
    "customer",
    "customer_order_number",
    "channel_order_number",
    "currency",
    "tax_included",
    "trade_term",
    "due_date",
    "remark",
)


async def shown(row: InboundOrder) -> dict[str, Any]:
    """An inbound order for programs: what was read with its cells, and what is proposed."""
    record = inbound.reading_of(row)
    proposal = await propose(record, row.customer)
    order = (
        await db.value("select number from sales_orders where id = {}", row.sales_order)
        if row.sales_order
        else None
    )
    return {
        "id": row.number, "channel": row.channel, "state": row.state, "file_name": row.file_name, "sales_order": order,
        "customer": proposal.head["customer"].value or None, "customer_order_number": row.customer_order_number,
        "received_at": row.received_at.isoformat(), "problems": problems_said(record), "doubts": proposal.doubts,
        "unreadable": trouble_said(record) or None, "same_as": row.same_as or None, "differences": json.loads(row.differences),
        "header": {n: _cell(c) for n, c in proposal.head.items() if c.value or c.doubtful},
        "lines": [_line(line, parts) for line, parts in zip(proposal.lines, proposal.schedules, strict=True)],
        "version": row.version,
    }  # fmt: skip


def _line(line: dict[str, Cell], parts: list[dict[str, Cell]]) -> dict[str, Any]:
    """A line as proposed, of one in several deliveries with them as `schedules`."""
    told: dict[str, Any] = {n: _cell(c) for n, c in line.items() if c.value or c.doubtful}
    return told | ({"schedules": [{n: _cell(c) for n, c in part.items()} for part in parts]} if parts else {})


def _cell(cell: Cell) -> dict[str, Any]:
    """A field as proposed; of an item, which others it may be, how surely and why."""
    told: dict[str, Any] = {"value": cell.value, "cell": cell.cell, "doubtful": cell.doubtful}
    if cell.why:
        told["why"] = [str(remark) for remark in cell.why]
    if cell.choices:
        told["choices"] = [{"item": c.code, "sure": c.sure, "why": str(c.why)} for c in cell.choices]
    return told


async def _all_shown(rows: list[InboundOrder]) -> dict[str, Any]:
    first = await shown(rows[0])
    return {**first, "others": [r.number for r in rows[1:]]}


@get("/api/v1/inbound-orders")
async def list_inbound(request: Request, by: Actor, limit: int = 50) -> Response:
    by.must(permissions.SEE)
    page = await INBOUND.page(request, by, limit)
    names = ("number", "state", "channel", "file_name", "customer_order_number", "customer", "order_number")
    return listed([{"id": r["number"], **{n: r[n] for n in names[1:]}} for r in page.rows], page.next_cursor)


@get("/api/v1/inbound-orders/{number:str}")
async def get_inbound(by: Actor, number: str) -> Response:
    return reply(await shown(await inbound.find(number, by)))


@post("/api/v1/inbound-orders")
async def create(request: Request, by: Actor) -> Response:
    """Multipart `file` + `channel`, or JSON as of a sales order with `channel`; a file of several orders names the `others`."""
    by.must(permissions.DECIDE)
    if (request.headers.get("content-type") or "").startswith("application/json"):
        form = await read_json(request)
        own = await defined.fields()
        head = {n: form.values.get(n) for n in HEAD} | _custom(own["sales_order"], form)
        lines = []
        for i, row in enumerate(form.rows("lines")):
            parts = [{n: each.values.get(n) for n in ("due_date", "quantity")} for each in schedules_of(row)]
            lines.append(
                {n: row.values.get(n) for n in LINE}
                | _custom(own["sales_order_line"], row)
                | {"schedules": parts}
            )
            form.adopt("lines", i, row)
        found, name, data = [record_of_values(head, lines)], "", b""
    else:
        form = await read_form(request)
        _channel, name, data = await sent(form)
        found = await records_in(name, data)
    channel = form.text("channel", 20) or "api"
    form.check()
    return await carry_out(
        request, inbound.receive, found, channel, name, data, shown=_all_shown,
        address=lambda rows: f"/api/v1/inbound-orders/{rows[0].number}", status=201, body=data or form.body,
    )  # fmt: skip


def _custom(fields: Fields, form: Input) -> dict[str, str]:
    """The custom fields of an object `custom`, as the readers would say them; what is wrong stands at its field. What is required
    is asked for when the order is made."""
    if "custom" not in form.values:
        return {}
    given = custom_inputs.sent(form)
    document = values.read(fields, given, "{}", lambda at, refused: form.note(refused, at))
    return custom_inputs.as_written(fields, document)


@post("/api/v1/inbound-orders/{number:str}/accept", status_code=201)
async def accept(request: Request, by: Actor, number: str) -> Response:
    """Make the order as proposed; a body in the shape of a sales order replaces the proposal."""
    form = await read_json(request)
    row = await inbound.find(number, by)
    proposal = await propose(inbound.reading_of(row), row.customer)
    told = {**proposal.values(), **{k: v for k, v in form.values.items() if k != "another"}}
    if "lines" in form.values:
        told = {k: v for k, v in told.items() if not k.startswith("lines-")}
    given = Input(told)
    new = order_of(given)

    async def order(made: Any) -> dict[str, Any]:
        return {"sales_order": made.number, "inbound_order": number}

    return await carry_out(
        request, inbound.accept, number, new, inbound.touched(proposal.values(), told), form.flag("another"),
        version=if_match(request), shown=order, address=lambda made: f"/api/v1/sales-orders/{made.number}", status=201,
    )  # fmt: skip


@post("/api/v1/inbound-orders/{number:str}/reject", status_code=200)
async def reject(request: Request, by: Actor, number: str) -> Response:
    form = await read_json(request)
    note = form.prose("note", 300)
    form.check()
    return await carry_out(request, inbound.reject, number, note, shown=shown, version=if_match(request))


@post("/api/v1/inbound-orders/{number:str}/merge", status_code=200)
async def merge(request: Request, by: Actor, number: str) -> Response:
    """It is the order `into` by another way: its state is then `same`, or `changes` where it says otherwise."""
    form = await read_json(request)
    into = form.text("into", 40)
    form.check()
    return await carry_out(request, inbound.merge, number, into, shown=shown, version=if_match(request))


ROUTES = [list_inbound, get_inbound, create, accept, reject, merge]
