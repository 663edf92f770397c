"""Work orders, facts of the floor and exceptions for programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post

from app.catalog.tables import Item
from app.core import clock, db
from app.core.paging import Condition
from app.core.quantities import KILOGRAM, Quantity
from app.core.refusals import NOT_A_DATE, NOT_FOUND, UNKNOWN, Refused
from app.core.rows import get as row_of
from app.core.words import _
from app.people.actors import Actor
from app.production import exceptions, operations, permissions, queries, reasons, work_orders
from app.production.lists import EXCEPTION_LISTING, EXCEPTIONS, WORK_ORDERS
from app.production.tables import ProductionException, WorkOrder
from app.stock.permissions import MAKE_RECEIPTS
from app.stock.tables import Posting
from app.web.api import carry_out, if_match, listed, reply
from app.web.input import Input, read_json

BASE = "/api/v1/work-orders"


def _text(quantity_q: int) -> str:
    return str(Quantity(quantity_q))


def _moment(value: datetime | None) -> str | None:
    return clock.local(value).isoformat() if value is not None else None


async def _shown(work_order: WorkOrder) -> dict[str, Any]:
    found = (await WORK_ORDERS.listing.page([Condition("w.id = {}", (work_order.id,))])).rows[0]
    steps = await queries.steps(work_order.id)
    return {
        **_head(found),
        "remark": work_order.remark,
        "orders": [
            {"sales_order": o["number"], "line_no": o["line_no"], "customer": o["customer_name"], "quantity": _text(o["quantity_q"])}
            for o in await queries.orders_of(work_order.id)
        ],
        "operations": [_operation(s) for s in steps],
    }  # fmt: skip


def _head(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": row["number"], "state": row["state"], "item": row["item"], "quantity": _text(row["quantity_q"]),
        "unit": row["base_unit"], "done": _text(row["done_q"]), "scrap": _text(row["scrap_q"]), "received": _text(row["received_q"]),
        "due_date": row["due_date"].isoformat(), "version": row["version"],
    }  # fmt: skip


def _operation(step: dict[str, Any]) -> dict[str, Any]:
    return {
        "seq": step["seq"], "name": step["name"], "state": step["state"], "work_center": step["center_code"],
        "planned_machine": step["planned_code"], "machine": step["real_code"], "planned_start": _moment(step["planned_start"]),
        "planned_end": _moment(step["planned_end"]), "good": _text(step["good_q"]), "scrap": _text(step["scrap_q"]),
        "reports": step["reports"], "report_by": step["report_by"], "started_at": _moment(step["started_at"]),
        "done_at": _moment(step["done_at"]),
    }  # fmt: skip


def _address(work_order: WorkOrder) -> str:
    return f"{BASE}/{work_order.number}"


@get(BASE)
async def list_work_orders(request: Request, by: Actor, limit: int = 50) -> Response:
    by.must(permissions.SEE)
    page = await WORK_ORDERS.page(request, by, limit)
    return listed([_head(row) for row in page.rows], page.next_cursor)


@get(BASE + "/{number:str}")
async def get_work_order(by: Actor, number: str) -> Response:
    return reply(await _shown(await queries.find(number, by)))


@post(BASE)
async def make(request: Request, by: Actor) -> Response:
    """`{"item": "FB-…", "quantity": "5", "unit": "千件", "due_date": "2026-12-18", "remark": ""}`: for stock."""
    by.must(permissions.PLAN)
    form = await read_json(request)
    code, due = form.text("item", 60, required=True), form.day("due_date", required=True)
    item = await Item.objects().where(Item.code == code).first()
    if item is None and code:
        form.refuse("item", UNKNOWN, given=code)
    quantity = form.quantity("quantity", item.base_unit, item.weight, item.code) if item else None
    remark = form.text("remark", 300)
    form.check()
    assert item is not None and quantity is not None and due is not None
    return await carry_out(
        request,
        work_orders.make,
        item.id,
        quantity.milli,
        due,
        remark,
        shown=_shown,
        address=_address,
        status=201,
    )


async def _many(made: Sequence[WorkOrder]) -> dict[str, Any]:
    return {"items": [await _shown(w) for w in made]}


@post("/api/v1/sales-orders/{number:str}/work-orders")
async def make_for_order(request: Request, by: Actor, number: str) -> Response:
    """What the order still needs; `{"release": true}` gives it to the floor at once."""
    form = await read_json(request)
    return await carry_out(
        request, work_orders.make_for_order, number, release_now=form.flag("release"), shown=_many, status=201
    )


@post(BASE + "/{number:str}/release", status_code=200)
async def release(request: Request, number: str) -> Response:
    return await carry_out(request, work_orders.release, number, version=if_match(request), shown=_shown)


async def _reason(request: Request) -> str:
    form = await read_json(request)
    reason = form.text("reason", 200)
    form.check()
    return reason


@post(BASE + "/{number:str}/hold", status_code=200)
async def hold(request: Request, number: str) -> Response:
    reason = await _reason(request)
    return await carry_out(request, work_orders.hold, number, reason, version=if_match(request), shown=_shown)


@post(BASE + "/{number:str}/resume", status_code=200)
async def resume(request: Request, number: str) -> Response:
    return await carry_out(request, work_orders.resume, number, version=if_match(request), shown=_shown)


@post(BASE + "/{number:str}/cancel", status_code=200)
async def cancel(request: Request, number: str) -> Response:
    reason = await _reason(request)
    return await carry_out(
        request, work_orders.cancel, number, reason, version=if_match(request), shown=_shown
    )


async def _posted(posting: Posting) -> dict[str, Any]:
    work_order = await row_of(WorkOrder, WorkOrder.id == posting.source_id)
    return {"posting": posting.number, "work_order": await _shown(work_order)}


@post(BASE + "/{number:str}/receive", status_code=200)
async def receive(request: Request, by: Actor, number: str) -> Response:
    """`{"quantity": "5", "unit": "千件", "bin": "A-01-01", "weight": "201", "person": "P001", "happened_at": "…"}`."""
    by.must(MAKE_RECEIPTS)
    form = await read_json(request)
    work_order = await row_of(WorkOrder, WorkOrder.number == number[:40].replace("\x00", ""))
    item = await row_of(Item, Item.id == work_order.item)
    quantity = form.quantity("quantity", item.base_unit, item.weight, item.code)
    weight = form.decimal("weight")
    code = form.text("bin", 60, required=True)
    bin_id = await db.value("select id from bins where code = {} and kind <> 'virtual'", code)
    if bin_id is None and code:
        form.refuse("bin", UNKNOWN, given=code)
    happened_at, person = moment_in(form, "happened_at"), form.text("person", 60)
    form.check()
    assert quantity is not None
    measured = Quantity.entered(weight, KILOGRAM, KILOGRAM, field="weight") if weight else None
    return await carry_out(
        request, work_orders.receive, number, quantity.milli, bin_id, measured=measured, person=person, happened_at=happened_at,
        shown=_posted,
    )  # fmt: skip


async def booked(fact: operations.Booked) -> dict[str, Any]:
    """What came of a fact: its operation now, and what of it collided with the books."""
    steps = await queries.steps(fact.work_order.id)
    step = next(s for s in steps if s["id"] == fact.operation.id)
    return {
        "work_order": fact.work_order.number, "operation": _operation(step),
        "flags": [{"code": f, "text": _(reasons.COLLISIONS[f])} for f in fact.flags],
    }  # fmt: skip


@post(BASE + "/{number:str}/operations/{seq:int}/start", status_code=200)
async def start(request: Request, number: str, seq: int) -> Response:
    form = await read_json(request)
    facts = _facts(form)
    machine = form.text("machine", 60)
    form.check()
    return await carry_out(
        request, operations.start, f"{number}/{seq}", machine=machine, **facts, shown=booked
    )


@post(BASE + "/{number:str}/operations/{seq:int}/pause", status_code=200)
async def pause(request: Request, number: str, seq: int) -> Response:
    form = await read_json(request)
    facts, reason = _facts(form), form.text("reason", 40)
    form.check()
    return await carry_out(request, operations.pause, f"{number}/{seq}", reason=reason, **facts, shown=booked)


@post(BASE + "/{number:str}/operations/{seq:int}/resume", status_code=200)
async def go_on(request: Request, number: str, seq: int) -> Response:
    form = await read_json(request)
    facts = _facts(form)
    form.check()
    return await carry_out(request, operations.resume, f"{number}/{seq}", **facts, shown=booked)


@post(BASE + "/{number:str}/operations/{seq:int}/report", status_code=200)
async def report(request: Request, number: str, seq: int) -> Response:
    """`{"good": "7498", "unit": "件", "weight": "301.4", "scrap": [{reason, quantity, unit}], "person", "machine", "happened_at"}`."""
    form = await read_json(request)
    facts = _facts(form)
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


def _facts(form: Input) -> dict[str, Any]:
    return {"person": form.text("person", 60), "happened_at": moment_in(form, "happened_at")}


def moment_in(form: Input, name: str) -> datetime | None:
    """An instant as RFC 3339 with offset."""
    text = form.raw(name).strip()
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        form.refuse(name, NOT_A_DATE, given=text[:30])
        return None
    return found


async def _exception_shown(row: ProductionException) -> dict[str, Any]:
    found = (await EXCEPTION_LISTING.page([Condition("e.id = {}", (row.id,))])).rows
    return _exception(found[0])


def _exception(row: dict[str, Any]) -> dict[str, Any]:
    operation = f"{row['work_order']}/{row['seq']}" if row["work_order"] else None
    return {
        "number": row["number"], "kind": row["kind"], "text": _(reasons.EXCEPTIONS[row["kind"]]), "state": row["state"],
        "operation": operation, "machine": row["machine_code"], "person": row["person"], "note": row["note"],
        "raised_at": _moment(row["raised_at"]), "acknowledged_at": _moment(row["acknowledged_at"]),
        "resolved_at": _moment(row["resolved_at"]), "solution": row["solution"], "version": row["version"],
    }  # fmt: skip


@get("/api/v1/production-exceptions")
async def list_exceptions(request: Request, by: Actor, limit: int = 50) -> Response:
    by.must(permissions.SEE_EXCEPTIONS)
    page = await EXCEPTIONS.page(request, by, limit)
    return listed([_exception(row) for row in page.rows], page.next_cursor)


@get("/api/v1/production-exceptions/{number:str}")
async def get_exception(by: Actor, number: str) -> Response:
    by.must(permissions.SEE_EXCEPTIONS)
    found = (
        await EXCEPTION_LISTING.page([Condition("e.number = {}", (number[:40].replace("\x00", ""),))])
    ).rows
    if not found:
        raise Refused(NOT_FOUND)
    return reply(_exception(found[0]))


@post("/api/v1/production-exceptions")
async def raise_exception(request: Request) -> Response:
    """`{"kind": "material", "operation": "WO…/10", "machine": "HEAD-01", "note": "…"}`."""
    form = await read_json(request)
    kind, note = form.choice("kind", tuple(reasons.RAISED)), form.text("note", 300)
    operation, machine = form.text("operation", 60) or None, form.text("machine", 60)
    facts = _facts(form)
    form.check()
    return await carry_out(
        request,
        exceptions.raise_,
        kind,
        operation=operation,
        machine=machine,
        note=note,
        **facts,
        shown=_exception_shown,
        status=201,
    )


@post("/api/v1/production-exceptions/{number:str}/acknowledge", status_code=200)
async def acknowledge(request: Request, number: str) -> Response:
    return await carry_out(
        request, exceptions.acknowledge, number, version=if_match(request), shown=_exception_shown
    )


@post("/api/v1/production-exceptions/{number:str}/resolve", status_code=200)
async def resolve(request: Request, number: str) -> Response:
    form = await read_json(request)
    note = form.text("note", 300, required=True)
    form.check()
    return await carry_out(
        request, exceptions.resolve, number, note, version=if_match(request), shown=_exception_shown
    )


ROUTES = [
    list_work_orders, get_work_order, make, make_for_order, release, hold, resume, cancel, receive, start, pause, go_on, report,
    finish, list_exceptions, get_exception, raise_exception, acknowledge, resolve,
]  # fmt: skip
