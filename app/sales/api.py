"""`/api/v1/sales-orders`: the same verbs, for programs."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, post, put

from app.core.text import digits
from app.people.actors import Actor
from app.sales import gates, orders, permissions, shown
from app.sales.entering import order_of
from app.sales.lists import ORDERS
from app.sales.tables import SalesOrder
from app.sales.telling import story
from app.web.api import carry_out, carry_out_on, limit_of, listed, reply
from app.web.input import read_json

BASE = "/api/v1/sales-orders"


def _shown(by: Actor) -> Callable[[SalesOrder], Awaitable[dict[str, Any]]]:
    async def show(order: SalesOrder) -> dict[str, Any]:
        return await shown.order(order, by)

    return show


def _address(order: SalesOrder) -> str:
    return f"{BASE}/{order.number}"


@get(BASE)
async def orders_list(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    page = await ORDERS.page(request, by, limit_of(request))
    return listed([shown.listed(row, by) for row in page.rows], page.next_cursor)


@get(f"{BASE}/{{number:str}}")
async def order(request: Request, number: str, by: Actor) -> Response:
    return reply(await shown.order(await orders.find(number, by), by))


@post(BASE, status_code=201)
async def create(request: Request, by: Actor) -> Response:
    new = order_of(await read_json(request))
    return await carry_out(request, orders.create, new, shown=_shown(by), address=_address, status=201)


@put(f"{BASE}/{{number:str}}")
async def edit(request: Request, number: str, by: Actor) -> Response:
    """Write a draft anew; a line with its `line_no` keeps its number."""
    return await _verb(request, orders.edit, number, by, order_of(await read_json(request)))


@post(f"{BASE}/{{number:str}}/submit", status_code=200)
async def submit(request: Request, number: str, by: Actor) -> Response:
    return await _verb(request, orders.submit, number, by)


@post(f"{BASE}/{{number:str}}/confirm", status_code=200)
async def confirm(request: Request, number: str, by: Actor) -> Response:
    """200, or 202 with the approval's address when somebody must agree first."""
    return await _verb(request, orders.confirm, number, by)


@post(f"{BASE}/{{number:str}}/cancel", status_code=200)
async def cancel(request: Request, number: str, by: Actor) -> Response:
    """`{"reason": "…"}`, needed once the order is confirmed."""
    return await _verb(request, orders.cancel, number, by, await _reason(request))


@post(f"{BASE}/{{number:str}}/close", status_code=200)
async def close(request: Request, number: str, by: Actor) -> Response:
    """`{"reason": "…"}`, needed when not all is delivered, billed and received."""
    return await _verb(request, orders.close, number, by, await _reason(request))


@post(f"{BASE}/{{number:str}}/waive", status_code=200)
async def waive(request: Request, number: str, by: Actor) -> Response:
    """`{"gate": "deposit", "reason": "…"}`: opens a gate of this order; 202 when somebody must agree first."""
    form = await read_json(request)
    gate, reason = form.text("gate", 40), form.prose("reason", 300)
    form.check()
    return await _verb(request, gates.waive, number, by, gate, reason)


async def _reason(request: Request) -> str:
    form = await read_json(request)
    reason = form.prose("reason", 300)
    form.check()
    return reason


async def _verb(
    request: Request, verb: Callable[..., Awaitable[Any]], number: str, by: Actor, *more: Any
) -> Response:
    async def current() -> dict[str, Any]:
        return await shown.order(await orders.find(number, by), by)

    return await carry_out_on(request, verb, number, *more, shown=_shown(by), current=current)


@get(f"{BASE}/{{number:str}}/timeline")
async def told(request: Request, number: str, by: Actor) -> Response:
    """What happened to the order, newest first."""
    found, cursor = await orders.find(number, by), request.query_params.get("cursor", "")
    before = digits(cursor, 18)
    limit = max(1, min(limit_of(request), 200))
    events = await story(found.id, by, limit, before)
    items = [
        {"name": e["name"], "text": f"{e['actor']} {e['sentence']}", "actor": e["actor"],
         "happened_at": e["happened_at"].isoformat(), "changes": [{"field": f, "before": b, "after": a} for f, b, a in e["diff"]]}
        for e in events
    ]  # fmt: skip
    return listed(items, str(events[-1]["id"]) if len(events) == limit else None)


ROUTES = [orders_list, order, create, edit, submit, confirm, cancel, close, waive, told]
