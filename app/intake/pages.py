"""接单中心: drop a file, look at what was read beside its source, make the order."""

import asyncio
from typing import Any

from litestar import Request, Response, get, post

from app.core import db
from app.core.db import Done, commit
from app.core.money import CURRENCIES
from app.core.refusals import Refused
from app.core.states import possible
from app.core.words import _
from app.events.log import timeline
from app.intake import inbound, permissions, states
from app.intake.lists import INBOUND
from app.intake.proposing import Proposal, customer_of, propose
from app.intake.readers import Unreadable, read
from app.intake.records import Record, laid_out, problems_said, record_of
from app.intake.refusals import NOTHING_SENT, UNREADABLE
from app.intake.tables import InboundOrder
from app.people.actors import Actor
from app.sales.entering import order_of
from app.sales.states import KINDS
from app.web.export import export_route
from app.web.input import Input, read_form
from app.web.lists import draw
from app.web.render import render, see

UNITS = ("件", "千件", "万件", "kg", "吨")


async def records_in(name: str, data: bytes) -> list[Record]:
    """The orders in a file; Refused at the file with the reader's own sentence."""
    try:
        reading = await asyncio.to_thread(read, name, data)
    except Unreadable as unreadable:
        raise Refused(UNREADABLE, "file", why=unreadable.sentence()) from None
    return [record_of(reading, order) for order in reading.orders]


async def sent(form: Input) -> tuple[str, str, bytes]:
    """(channel, file name, bytes) of an upload or of pasted text."""
    file = form.files.get("file")
    if file is not None:
        return "file", file.filename, await file.read()
    text = form.raw("text")
    if not text.strip():
        raise Refused(NOTHING_SENT, "file")
    return "paste", "", text.encode()


@get("/intake")
async def index(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    return await draw(request, by, INBOUND, problems={}, text="", may_decide=by.may(permissions.DECIDE))


export_page = export_route(INBOUND, permissions.SEE)


@post("/intake", status_code=303)
async def take_in(request: Request, by: Actor) -> Response:
    by.must(permissions.DECIDE)
    form = await read_form(request)

    async def numbers(done: Done) -> dict[str, Any]:
        return {"numbers": [row.number for row in done.value]}

    try:
        channel, name, data = await sent(form)
        found = await records_in(name, data)
        done = await commit(
            inbound.receive,
            found,
            channel,
            name or _("Pasted text"),
            data,
            by=by,
            key=form.key,
            body=data,
            answer=numbers,
        )
    except Refused as refused:
        problems = refused.fields() or {"file": refused.sentence()}
        answer = await draw(request, by, INBOUND, problems=problems, text=form.raw("text"), may_decide=True)
        answer.status_code = refused.status
        return answer
    made = done.answer["numbers"]
    if len(made) == 1:
        return see(f"/intake/{made[0]}")
    return see("/intake?state=new", _("%(n)s orders were found in the file", n=len(made)))


@get("/intake/{number:str}")
async def review(request: Request, by: Actor, number: str) -> Response:
    row = await inbound.find(number, by)
    return await _review(request, by, row, {}, {})


async def _review(request: Request, by: Actor, row: InboundOrder, values: dict[str, Any], problems: dict[str, str],
                  status: int = 200) -> Response:  # fmt: skip
    record = inbound.reading_of(row)
    customer = await customer_of(record)
    proposal = await propose(record, customer)
    order = (
        await db.value("select number from sales_orders where id = {}", row.sales_order)
        if row.sales_order
        else None
    )
    return await render(
        request, "intake/review.html", status, row=row, record=record, sheets=laid_out(record), proposal=proposal, values=values or proposal.values(),
        problems=problems, said=problems_said(record), doubtful_cells=_doubtful(proposal, record), order=order, customer=customer,
        double=await inbound.known_as(row.customer, row.customer_order_number) if row.state == states.NEW else None,
        verbs=possible(states.MOVES, row.state) if by.may(permissions.DECIDE) else set(), look=states.LOOKS[row.state],
        units=[(u, u) for u in UNITS], kinds=[(k, _(w)) for k, w in KINDS.items()], currencies=[(c, c) for c in CURRENCIES],
        events=await timeline("inbound_order", row.id),
    )  # fmt: skip


def _doubtful(proposal: Proposal, record: Record) -> set[str]:
    cells = {c.cell for c in proposal.head.values() if c.doubtful} | {
        c.cell for x in proposal.lines for c in x.values() if c.doubtful
    }
    return (cells | {p["cell"] for p in record["problems"]}) - {""}


@post("/intake/{number:str}/accept", status_code=303)
async def accept(request: Request, by: Actor, number: str) -> Response:
    form = await read_form(request)
    row = await inbound.find(number, by)
    record = inbound.reading_of(row)

    async def where(done: Done) -> dict[str, Any]:
        return {"number": done.value.number}

    try:
        proposed = (await propose(record, await customer_of(record))).values()
        done = await commit(
            inbound.accept, number, order_of(form), inbound.touched(proposed, form.values), form.flag("another"),
            by=by, version=form.version, key=form.key, body=form.body, answer=where,
        )  # fmt: skip
    except Refused as refused:
        if refused.status == 403:
            raise
        problems = refused.fields() or {"": refused.sentence()}
        return await _review(request, by, row, form.values, problems, refused.status)
    return see(
        f"/orders/{done.answer['number']}",
        _("Order %(number)s is written as a draft", number=done.answer["number"]),
    )


@post("/intake/{number:str}/reject", status_code=303)
async def reject(request: Request, by: Actor, number: str) -> Response:
    form = await read_form(request)
    note = form.text("note", 300, lines=True)
    form.check()
    await commit(inbound.reject, number, note, by=by, version=form.version, key=form.key, body=form.body)
    return see(f"/intake/{number}", _("Turned down; the source stays here"))


ROUTES = [index, export_page, take_in, review, accept, reject]
