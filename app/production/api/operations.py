"""Facts of the floor from programs: begun, paused, reported, finished."""

from typing import Any

from litestar import Request, Response, post

from app.core.words import _
from app.production import operations, queries, reasons
from app.production.api.told import BASE, facts_in, operation_told
from app.web.api import carry_out
from app.web.input import read_json


async def booked(fact: operations.Booked) -> dict[str, Any]:
    """What came of a fact: its operation now, and what of it collided with the books."""
    steps = await queries.steps(fact.work_order.id)
    step = next(s for s in steps if s["id"] == fact.operation.id)
    return {
        "work_order": fact.work_order.number, "operation": operation_told(step),
        "flags": [{"code": f, "text": _(reasons.COLLISIONS[f])} for f in fact.flags],
    }  # fmt: skip


@post(BASE + "/{number:str}/operations/{seq:int}/start", status_code=200)
async def start(request: Request, number: str, seq: int) -> Response:
    form = await read_json(request)
    facts = facts_in(form)
    machine = form.text("machine", 60)
    form.check()
    return await carry_out(
        request, operations.start, f"{number}/{seq}", machine=machine, **facts, shown=booked
    )


@post(BASE + "/{number:str}/operations/{seq:int}/pause", status_code=200)
async def pause(request: Request, number: str, seq: int) -> Response:
    form = await read_json(request)
    facts, reason = facts_in(form), form.text("reason", 40)
    form.check()
    return await carry_out(request, operations.pause, f"{number}/{seq}", reason=reason, **facts, shown=booked)


@post(BASE + "/{number:str}/operations/{seq:int}/resume", status_code=200)
async def go_on(request: Request, number: str, seq: int) -> Response:
    form = await read_json(request)
    facts = facts_in(form)
    form.check()
    return await carry_out(request, operations.resume, f"{number}/{seq}", **facts, shown=booked)


@post(BASE + "/{number:str}/operations/{seq:int}/report", status_code=200)
async def report(request: Request, number: str, seq: int) -> Response:
    """`{"good": "7498", "unit": "件", "weight": "301.4", "scrap": [{reason, quantity, unit}], "person", "machine", "happened_at"}`."""
    form = await read_json(request)
    facts = facts_in(form)
    scrap = [
        {"reason": r.raw("reason"), "quantity": r.raw("quantity"), "unit": r.raw("unit")}
        for r in form.rows("scrap", 20)
    ]
    good, unit, weight = (
        form.raw("good").strip() or None,
        form.text("unit", 20),
        form.raw("weight").strip() or None,
    )
    machine = form.text("machine", 60)
    form.check()
    return await carry_out(
        request,
        operations.report,
        f"{number}/{seq}",
        good,
        unit,
        weight=weight,
        scrap=scrap,
        machine=machine,
        **facts,
        shown=booked,
    )


@post(BASE + "/{number:str}/operations/{seq:int}/finish", status_code=200)
async def finish(request: Request, number: str, seq: int) -> Response:
    return await carry_out(request, operations.finish, f"{number}/{seq}", shown=booked)


ROUTES = [start, pause, go_on, report, finish]
