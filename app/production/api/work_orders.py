"""Work orders for programs: made, released, held, received."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from litestar import Request, Response, get, post

from app.catalog.tables import Item
from app.core import db
from app.core.conditions import matching
from app.core.quantities import KILOGRAM, Quantity
from app.core.refusals import UNKNOWN
from app.core.rows import get as row_of
from app.core.rows import only
from app.people.actors import Actor
from app.production import permissions, queries, work_orders
from app.production.api.told import BASE, amount, operation_told
from app.production.lists import WORK_ORDERS
from app.production.tables import WorkOrder
from app.stock.permissions import MAKE_RECEIPTS
from app.stock.tables import Posting
from app.web.api import carry_out, if_match, listed, reply
from app.web.input import read_json


async def _shown(work_order: WorkOrder) -> dict[str, Any]:
    return only(await _shown_many([work_order]))


async def _shown_many(several: Sequence[WorkOrder]) -> list[dict[str, Any]]:
    ids = [work_order.id for work_order in several]
    listing = replace(WORK_ORDERS.listing, max_limit=max(1, len(ids)))
    heads = (await listing.page([matching("w.id", ids)], limit=len(ids))).rows
    of = {head["id"]: head for head in heads}
    steps, orders = await queries.steps_of(ids), await queries.orders_of_many(ids)
    return [_whole(of[w.id], w.remark, orders[w.id], steps[w.id]) for w in several]


def _whole(
    head: dict[str, Any], remark: str, orders: list[dict[str, Any]], steps: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        **_head(head),
        "remark": remark,
        "orders": [
            {"sales_order": o["number"], "line_no": o["line_no"], "customer": o["customer_name"], "quantity": amount(o["quantity_q"])}
            for o in orders
        ],
        "operations": [operation_told(s) for s in steps],
    }  # fmt: skip


def _head(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": row["number"], "state": row["state"], "item": row["item"], "quantity": amount(row["quantity_q"]),
        "unit": row["base_unit"], "done": amount(row["done_q"]), "scrap": amount(row["scrap_q"]), "received": amount(row["received_q"]),
        "due_date": row["due_date"].isoformat(), "version": row["version"],
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
    remark = form.prose("remark", 300)
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
    return {"items": await _shown_many(made)}


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
    reason = form.prose("reason", 200)
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
    happened_at, person = form.moment("happened_at", zoned=True), form.text("person", 60)
    form.check()
    assert quantity is not None
    measured = Quantity.entered(weight, KILOGRAM, KILOGRAM, field="weight") if weight else None
    return await carry_out(
        request, work_orders.receive, number, quantity.milli, bin_id, measured=measured, person=person, happened_at=happened_at,
        shown=_posted,
    )  # fmt: skip


ROUTES = [list_work_orders, get_work_order, make, make_for_order, release, hold, resume, cancel, receive]
