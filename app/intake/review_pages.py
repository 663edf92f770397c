"""One inbound order beside its source: what was read is looked through, then it is made, compared, read again or turned down."""

import json
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post

from app.core import db
from app.core.db import Done, commit
from app.core.money import CURRENCIES
from app.core.quantities import labelled
from app.core.refusals import Refused
from app.core.states import possible
from app.core.words import N_, _
from app.custom_fields import defined
from app.custom_fields.defined import Fields
from app.events.log import timeline
from app.intake import inbound, permissions, states
from app.intake.again import order_behind
from app.intake.comparing import WHATS
from app.intake.knowing import named_in
from app.intake.learning import FIELDS
from app.intake.own_fields import read_from
from app.intake.proposal import Cell, Proposal
from app.intake.proposing import propose
from app.intake.records import Record, laid_out, problems_said, trouble_said
from app.intake.standard import UNITS
from app.intake.tables import InboundOrder
from app.parties.permissions import EDIT_CUSTOMERS
from app.parties.terms import COUNTED_FROM
from app.people.actors import Actor
from app.sales import orders
from app.sales.entering import order_of
from app.sales.permissions import CONFIRM
from app.sales.states import KINDS
from app.web.input import read_form
from app.web.render import render, see

TWIN = N_("%(order)s has the same lines and days: is it the same order by another way?")


@get("/intake/{number:str}")
async def review(request: Request, by: Actor, number: str) -> Response:
    row = await inbound.find(number, by)
    return await _review(request, by, row, {}, {})


async def _review(request: Request, by: Actor, row: InboundOrder, values: dict[str, Any], problems: dict[str, str],
                  status: int = 200, typed: Mapping[str, str] = {}, wrong: Mapping[str, str] = {}) -> Response:  # fmt: skip
    record = inbound.reading_of(row)
    proposal = await propose(record, row.customer)
    order = await _order(row)
    if row.state == states.NEW and row.same_as:
        proposal.head["customer_order_number"].doubt(TWIN, order=row.same_as)
    seen = [
        {**p, "seen": values.get(f"seen-{i}")}
        for i, p in enumerate(problems_said({"problems": proposal.problems}))
    ]
    return await render(
        request, "intake/review.html", status, row=row, record=record, sheets=laid_out(record), proposal=proposal,
        values=values or proposal.values(),
        problems=problems, said=seen, doubtful_cells=_doubtful(proposal, record), order=order, customer=proposal.customer,
        trouble=trouble_said(record), heading=_heading(request, record), fields=[(f, _(w)) for f, w in FIELDS.items()],
        whose=proposal.customer or (await named_in(record) if record.get("trouble") else None),
        tables=(record.get("trouble") or {}).get("tables", []),
        differences=[{**d, "label": _(WHATS[d["what"]])} for d in json.loads(row.differences)],
        request_number=await _request_of(row), twin=await order_behind(row.same_as, by) if row.state == states.NEW and row.same_as else None,
        double=await inbound.known_as(row.customer, row.customer_order_number) if row.state == states.NEW else None,
        verbs=possible(states.MOVES, row.state) if by.may(permissions.DECIDE) else set(), look=states.LOOKS[row.state],
        **_own(proposal, values or proposal.values(), problems, await defined.fields(), "accept" in possible(states.MOVES, row.state)),
        marks={name: _marks(cell) for name, cell in proposal.head.items()}, may_confirm=by.may(CONFIRM), since=int(row.received_at.timestamp()),
        units=[_units(item) for item in proposal.items], kinds=[(k, _(w)) for k, w in KINDS.items()], currencies=[(c, c) for c in CURRENCIES],
        counted_from=[(code, _(word)) for code, word in COUNTED_FROM],
        events=await timeline("inbound_order", row.id), typed=typed, wrong=wrong, stranger=_stranger(record, proposal, by),
    )  # fmt: skip


def _stranger(record: Record, proposal: Proposal, by: Actor) -> str:
    """The name in the source that is no customer of ours, for who may add one."""
    if proposal.customer or not by.may(EDIT_CUSTOMERS):
        return ""
    named = (record["header"].get(name) for name in ("customer_name", "customer"))
    return next((fact["value"][:60] for fact in named if fact and fact["value"]), "")


def _own(
    proposal: Proposal,
    values: dict[str, Any],
    problems: dict[str, str],
    custom: Mapping[str, Fields],
    asked: bool,
) -> dict[str, Any]:
    """The custom fields to be shown, where the file says any or must; what is asked of them stands where their problems do."""
    told = {
        **proposal.head,
        **{f"lines-{i}-{name}": cell for i, line in enumerate(proposal.lines) for name, cell in line.items()},
    }
    doubtful = {n: c.why for n, c in told.items() if asked and "custom-" in n and c.doubtful and c.why}
    doubts = {n: _("; ").join(map(str, why)) for n, why in doubtful.items()}
    at = [f"lines-{i}-" for i in range(len(proposal.lines))]
    return {
        "own": custom["sales_order"] if read_from([proposal.head]) else (),
        "own_of_lines": custom["sales_order_line"] if read_from(proposal.lines) else (),
        "own_values": [
            {n.removeprefix(p): v for n, v in values.items() if n.startswith(f"{p}custom-")} for p in at
        ],
        "own_problems": doubts | problems,
    }


def _units(item: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """The units to choose from, in the word of the item: 千支 of screws that are counted in 支."""
    return [(unit, labelled(unit, item["unit_label"]) if item else unit) for unit in UNITS]


async def _order(row: InboundOrder) -> str | None:
    if not row.sales_order:
        return None
    found: str | None = await db.value("select number from sales_orders where id = {}", row.sales_order)
    return found


async def _request_of(row: InboundOrder) -> str | None:
    """The change request that came of it."""
    found: str | None = await db.value("select number from change_requests where inbound_order = {}", row.id)
    return found


def _heading(request: Request, record: Record) -> list[dict[str, str]]:
    """The columns to be named: those that were read, or the cells of the row that a person says is the heading."""
    at = request.query_params.get("row", "")
    if record["columns"] and not at:
        return list(record["columns"])
    sheet = next(iter(record["sheets"]), {"rows": [], "name": ""})
    rows = sheet["rows"]
    best = max(
        range(len(rows)),
        key=lambda r: sum(1 for c in rows[r] if c.strip() and not c[:1].isdigit()),
        default=0,
    )
    row = int(at) - 1 if at.isascii() and at.isdigit() and 0 < int(at[:6]) <= len(rows) else best
    cells = rows[row] if rows else []
    return [
        {"label": c[:60], "cell": f"{sheet['name']}!{row + 1}", "field": ""}
        for c in dict.fromkeys(cells)
        if c.strip()
    ][:40]


def _marks(cell: Cell) -> dict[str, str]:
    """What the page needs to light a field's source and to stop at a doubtful one."""
    return {"data-cell": cell.cell, **({"data-doubt": "1"} if cell.doubtful else {})}


def _doubtful(proposal: Proposal, record: Record) -> set[str]:
    cells = {c.cell for c in proposal.cells() if c.doubtful}
    return (cells | {p["cell"] for p in record["problems"]}) - {""}


@post("/intake/{number:str}/accept", status_code=303)
async def accept(request: Request, by: Actor, number: str) -> Response:
    """Make the order and, when asked to, confirm it at once."""
    form = await read_form(request)
    row = await inbound.find(number, by)

    async def where(done: Done) -> dict[str, Any]:
        return {"number": done.value.number}

    try:
        proposed = (await propose(inbound.reading_of(row), row.customer)).values()
        done = await commit(
            inbound.accept, number, order_of(form), inbound.touched(proposed, form.values), form.flag("another"),
            by=by, version=form.version, key=form.key, body=form.body, answer=where,
        )  # fmt: skip
    except Refused as refused:
        return await _review(request, by, row, form.values, refused.on_form(), refused.status)
    order = done.answer["number"]
    return see(f"/orders/{order}", await _told(order, number, form.flag("confirm"), by))


async def _told(order: str, number: str, confirm: bool, by: Actor) -> str:
    """Confirm the order when that was wanted, and say what came of it and how long it took."""
    took = await db.one("select seconds, touches from inbound_orders where number = {}", number)
    facts = {"number": order, **(took or {"seconds": 0, "touches": 0})}
    if not confirm:
        return _(
            "Order %(number)s is written as a draft: %(seconds)s seconds, %(touches)s fields touched", **facts
        )
    try:
        done = await commit(orders.confirm, order, by=by)
    except Refused as refused:
        return _(
            "Order %(number)s is written as a draft; not confirmed: %(why)s",
            number=order,
            why=refused.sentence(),
        )
    if done.deferred:
        return _("Order %(number)s is written; confirming it waits for approval", number=order)
    return _(
        "Order %(number)s is confirmed: %(seconds)s seconds from the file, %(touches)s fields touched",
        **facts,
    )


@post("/intake/{number:str}/columns", status_code=303)
async def columns(request: Request, by: Actor, number: str) -> Response:
    """Name the columns, or say which of two tables is none, and read the file again."""
    form = await read_form(request)
    row = await inbound.find(number, by)
    named = {each.raw("label"): each.raw("field") for each in form.rows("columns", 200) if each.has("field")}
    passed_over = form.text("passed_over", 200)
    try:
        form.check()
        done = await commit(
            inbound.name_columns, number, form.chosen("customer"), named, passed_over,
            by=by, version=form.version, key=form.key, body=form.body,
        )  # fmt: skip
    except Refused as refused:
        return await _review(request, by, row, form.values, refused.on_form(), refused.status)
    if done.value and len(done.value) > 1:
        return see("/intake?state=new", _("%(n)s orders were found", n=len(done.value)))
    return see(f"/intake/{number}", _("Read again; this customer's next file needs no help"))


@post("/intake/{number:str}/compare", status_code=303)
async def compare(request: Request, by: Actor, number: str) -> Response:
    """Hold it against the order of the same number."""
    form = await read_form(request)
    row = await inbound.find(number, by)
    customer, theirs = (
        form.chosen("customer"),
        form.text("customer_order_number", 80),
    )
    try:
        form.check()
        await commit(
            inbound.compare,
            number,
            customer,
            theirs,
            by=by,
            version=form.version,
            key=form.key,
            body=form.body,
        )
    except Refused as refused:
        return await _review(request, by, row, {}, refused.on_form(), refused.status)
    return see(f"/intake/{number}")


@post("/intake/{number:str}/reject", status_code=303)
async def reject(request: Request, by: Actor, number: str) -> Response:
    form, row = await read_form(request), await inbound.find(number, by)
    note = form.text("note", 300, lines=True)
    try:
        form.check()
        await commit(inbound.reject, number, note, by=by, version=form.version, key=form.key, body=form.body)
    except Refused as refused:
        wrong = refused.in_dialog("note")
        return await _review(request, by, row, {}, {}, 422, form.values, wrong)
    return see(f"/intake/{number}", _("Turned down; the source stays here"))


@post("/intake/{number:str}/merge", status_code=303)
async def merge(request: Request, by: Actor, number: str) -> Response:
    """It is an order that is there, by another way."""
    form = await read_form(request)
    row = await inbound.find(number, by)
    into = form.text("into", 40)
    try:
        form.check()
        await commit(inbound.merge, number, into, by=by, version=form.version, key=form.key, body=form.body)
    except Refused as refused:
        return await _review(request, by, row, {}, refused.on_form(), refused.status)
    return see(f"/intake/{number}")


ROUTES = [review, accept, columns, compare, merge, reject]
