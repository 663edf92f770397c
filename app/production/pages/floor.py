"""Reporting at a desk: a leader corrects, a clerk types last night's cards. The same verbs as the tablet's."""

from typing import Any

from litestar import Request, Response, get, post

from app.catalog.tables import Item
from app.core import clock, db
from app.core.db import commit
from app.core.quantities import KILOGRAM, PIECE, labelled
from app.core.refusals import NOT_FOUND, REQUIRED, Refused
from app.core.rows import get as row_of
from app.core.words import _
from app.people.actors import Actor
from app.production import operations, permissions, queries, reasons, reports
from app.production.booking import job_of
from app.production.pages.said import said
from app.web.input import Input, read_form
from app.web.render import render, see

SCRAP_ROWS = 3


@get("/work-orders/{number:str}/operations/{seq:int}/report")
async def report_form(request: Request, number: str, seq: int, by: Actor) -> Response:
    by.must(permissions.CORRECT)
    return await _form(request, number, seq, by, Input({}))


@post("/work-orders/{number:str}/operations/{seq:int}/report", status_code=303)
async def report(request: Request, number: str, seq: int, by: Actor) -> Response:
    by.must(permissions.CORRECT)
    form = await read_form(request)
    try:
        happened_at, scrap = form.moment("happened_at"), _scrap(form)
        form.check()
        booked = await commit(
            operations.report, f"{number}/{seq}", form.raw("good").strip() or None, form.raw("good_unit"),
            weight=form.raw("weight").strip() or None, scrap=scrap, machine=form.text("machine", 60), person=form.id("person"),
            happened_at=happened_at, hand_entered=True, by=by, key=form.key, body=form.body, answer=_told,
        )  # fmt: skip
    except Refused as refused:
        return await _form(request, number, seq, by, form, refused)
    kind = "warn" if booked.answer["flags"] else "ok"
    return see(f"/work-orders/{number}", booked.answer["said"], kind)


def _scrap(form: Input) -> list[dict[str, str]]:
    """The scrap of each row; a reason and a quantity belong together."""
    rows = form.rows("scrap", SCRAP_ROWS)
    for n, row in enumerate(rows):
        if row.has("reason") != row.has("quantity"):
            form.refuse(f"scrap-{n}-{'quantity' if row.has('reason') else 'reason'}", REQUIRED)
    return [
        {"reason": row.raw("reason"), "quantity": row.raw("quantity"), "unit": row.raw("quantity_unit")}
        for row in rows
    ]


async def _told(done: Any) -> dict[str, Any]:
    booked: operations.Booked = done.value
    item = await row_of(Item, Item.id == booked.work_order.item)
    assert booked.report is not None
    good = said(booked.report.good_q, item.base_unit, item.label)
    text = _("Reported %(good)s of %(operation)s", good=good, operation=booked.operation.name)
    flags = "、".join(_(reasons.COLLISIONS[f]) for f in booked.flags)
    return {"said": f"{text}（{flags}）" if flags else text, "flags": bool(flags)}


async def _form(
    request: Request, number: str, seq: int, by: Actor, form: Input, refused: Refused | None = None
) -> Response:
    work_order = await queries.find(number, by)
    steps = await queries.steps(work_order.id)
    step = next((s for s in steps if s["seq"] == seq), None)
    if step is None:
        raise Refused(NOT_FOUND)
    item = await row_of(Item, Item.id == work_order.item)
    people = await db.rows(
        "select p.id, p.name, p.code from people p where p.active order by p.name limit 600"
    )
    machines = [
        m for m in await queries.machines_for(work_order.id) if m["work_center"] == step["work_center"]
    ]
    weight = reports.weight_of
    per_thousand = await weight(await job_of(step["id"])) if item.base_unit == PIECE else None
    values = {k: str(v) for k, v in form.values.items()}
    problems = {} if refused is None else refused.fields() or {"": refused.sentence()}
    label = item.label
    units = (
        [(PIECE, label), ("千件", labelled("千件", label)), (KILOGRAM, "kg")]
        if item.base_unit == PIECE
        else [(KILOGRAM, "kg")]
    )
    return await render(
        request, "production/work_order/report.html", 200 if refused is None else refused.status, work_order=work_order,
        step=step, item=item, values=values, problems=problems, units=units, per_thousand=per_thousand,
        people=[(p["id"], f"{p['name']} {p['code']}") for p in people], machines=[(m["code"], m["name"]) for m in machines],
        scrap_reasons=[(code, _(label_)) for code, label_ in reasons.SCRAP.items()], scrap_rows=range(SCRAP_ROWS),
        now=f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}",
    )  # fmt: skip


FACTS = {
    "start": operations.start,
    "pause": operations.pause,
    "resume": operations.resume,
    "finish": operations.finish,
}


@post("/work-orders/{number:str}/operations/{seq:int}/{fact:str}", status_code=303)
async def fact(request: Request, number: str, seq: int, fact: str, by: Actor) -> Response:
    """Start, pause, resume, call done: buttons beside the operation."""
    form = await read_form(request)
    await queries.find(number, by)
    if fact not in FACTS:
        raise Refused(NOT_FOUND)
    done = await commit(FACTS[fact], f"{number}/{seq}", by=by, key=form.key, body=form.body, answer=_flagged)
    flags = done.answer["flags"]
    return see(f"/work-orders/{number}", flags, "warn") if flags else see(f"/work-orders/{number}")


async def _flagged(done: Any) -> dict[str, Any]:
    return {"flags": "、".join(_(reasons.COLLISIONS[f]) for f in done.value.flags)}


@post("/work-orders/{number:str}/reports/{report:int}/undo", status_code=303)
async def undo(request: Request, number: str, report: int, by: Actor) -> Response:
    form = await read_form(request)
    await queries.find(number, by)
    await commit(operations.undo, report, by=by, key=form.key, body=form.body)
    return see(f"/work-orders/{number}", _("The report was taken back"))


ROUTES = [report_form, report, fact, undo]
