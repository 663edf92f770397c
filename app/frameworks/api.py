"""`/api/v1/framework-orders`: the same verbs, for programs."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, post, put

from app.frameworks import frameworks, ordering, permissions, plans, shown
from app.frameworks.entering import chosen_of, framework_of, plan_of
from app.frameworks.lists import FRAMEWORKS
from app.frameworks.tables import CallOffPlan, FrameworkOrder
from app.people.actors import Actor
from app.web.api import by_of, carry_out, carry_out_on, limit_of, listed, reply
from app.web.input import read_json

BASE = "/api/v1/framework-orders"
Shown = Callable[[Any], Awaitable[dict[str, Any]]]


def _whole(request: Request) -> Shown:
    async def answer(framework: FrameworkOrder) -> dict[str, Any]:
        return await shown.framework(framework, by_of(request))

    return answer


@get(BASE)
async def framework_orders(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    page = await FRAMEWORKS.page(request, by, limit_of(request))
    return listed([shown.listed(row, by) for row in page.rows], page.next_cursor)


@get(f"{BASE}/{{number:str}}")
async def framework_order(number: str, by: Actor) -> Response:
    """With how each line stands, what is called off of it, and what is to be decided."""
    return reply(await shown.framework(await frameworks.find(number, by), by))


@post(BASE, status_code=201)
async def create(request: Request) -> Response:
    """As a sales order, its quantities those agreed in all, with `valid_until`, `valid_from`, `firm_days`, `beyond_percent`,
    `repeats` (whether the customer's plans name again what is ordered)."""
    new = framework_of(await read_json(request))
    return await carry_out(
        request, frameworks.write, new, shown=_whole(request), address=lambda made: f"{BASE}/{made.number}", status=201
    )  # fmt: skip


@put(f"{BASE}/{{number:str}}")
async def edit(request: Request, number: str) -> Response:
    """Write it anew; one in force is a draft until it is activated again. A line with its `line_no` keeps its number."""
    return await _verb(request, frameworks.edit, number, framework_of(await read_json(request)))


@post(f"{BASE}/{{number:str}}/activate", status_code=200)
async def activate(request: Request, number: str) -> Response:
    """202 when somebody must agree first."""
    return await _verb(request, frameworks.activate, number)


@post(f"{BASE}/{{number:str}}/close", status_code=200)
async def close(request: Request, number: str) -> Response:
    """`{"reason": "…"}`, needed while something agreed is open."""
    form = await read_json(request)
    reason = form.prose("reason", 300)
    form.check()
    return await _verb(request, frameworks.close, number, reason)


@post(f"{BASE}/{{number:str}}/reopen", status_code=200)
async def reopen(request: Request, number: str) -> Response:
    """A draft again, to be activated."""
    return await _verb(request, frameworks.reopen, number)


@post(f"{BASE}/{{number:str}}/call-off-plans", status_code=201)
async def take(request: Request, number: str) -> Response:
    """`{"reference": "W50", "call_offs": [{"line_no" | "item" | "customer_item", "due_date", "quantity", "unit"}]}` replaces what
    is called off and in no order; with `"adds": true` it only adds. Answers what it changed, and what is to be decided."""

    async def answer(done: tuple[FrameworkOrder, CallOffPlan]) -> dict[str, Any]:
        return await shown.plan(done[1])

    return await _verb(
        request, plans.take, number, plan_of(await read_json(request)), answer=answer, status=201
    )


@get(f"{BASE}/{{number:str}}/call-off-plans")
async def call_off_plans(number: str, by: Actor) -> Response:
    """The newest twenty, each with what it said otherwise than what stood, and what was decided."""
    framework = await frameworks.find(number, by)
    return listed(await shown.plans_of(framework.id), None)


@post(f"{BASE}/{{number:str}}/changes/{{seq:int}}/agree", status_code=200)
async def agree(request: Request, number: str, seq: int) -> Response:
    """`{"note": "…"}`. The change is made. What an order has already is refused until that order is changed (`change-requests`)."""
    return await _decide(request, number, seq, True)


@post(f"{BASE}/{{number:str}}/changes/{{seq:int}}/refuse", status_code=200)
async def refuse(request: Request, number: str, seq: int) -> Response:
    """`{"note": "…"}`. What stood stays."""
    return await _decide(request, number, seq, False)


async def _decide(request: Request, number: str, seq: int, agrees: bool) -> Response:
    form = await read_json(request)
    note = form.prose("note", 300)
    form.check()
    return await _verb(request, plans.decide, number, seq, agrees, note)


@post(f"{BASE}/{{number:str}}/sales-orders", status_code=201)
async def order(request: Request, number: str) -> Response:
    """`{"call_offs": [{"line_no", "due_date"}]}` become one order draft, named in `sales_order`."""

    async def answer(done: tuple[FrameworkOrder, str]) -> dict[str, Any]:
        return {"sales_order": done[1], "framework_order": done[0].number}

    return await _verb(
        request, ordering.order, number, chosen_of(await read_json(request)), answer=answer, status=201,
        address=lambda done: f"/api/v1/sales-orders/{done[1]}",
    )  # fmt: skip


async def _verb(
    request: Request, verb: Callable[..., Awaitable[Any]], number: str, *more: Any, answer: Shown | None = None,
    address: Callable[[Any], str] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    async def current() -> dict[str, Any]:
        return await shown.framework(await frameworks.find(number, by_of(request)), by_of(request))

    told = answer or _whole(request)
    return await carry_out_on(
        request, verb, number, *more, shown=told, current=current, address=address, status=status
    )


ROUTES = [
    framework_orders,
    framework_order,
    create,
    edit,
    activate,
    close,
    reopen,
    call_off_plans,
    take,
    agree,
    refuse,
    order,
]
