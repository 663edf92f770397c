"""Change requests for programs."""

import json
from typing import Any

from litestar import Request, Response, get, post

from app.amendments import amending, change_requests, permissions
from app.amendments.amend_pages import MOST
from app.amendments.lists import CHANGE_REQUESTS
from app.amendments.pages import shown_to
from app.amendments.tables import ChangeRequest
from app.people.actors import Actor
from app.sales.permissions import PRICE
from app.web.api import carry_out, if_match, listed, reply
from app.web.input import read_json


async def _shown(number: str, by: Actor) -> dict[str, Any]:
    row = await change_requests.find(number, by)
    return {
        "id": row["number"], "sales_order": row["order_number"], "customer": row["customer_code"], "state": row["state"],
        "inbound_order": row["inbound_number"] or None, "asked_at": row["asked_at"].isoformat(), "note": row["note"],
        "category": row["cause"] or None, "reason": row["reason"],
        "differences": [_point(p, by) for p in row["lines"]], "version": row["version"],
    }  # fmt: skip


def _point(point: dict[str, Any], by: Actor) -> dict[str, Any]:
    told, wanted = shown_to(point, by), json.loads(point["wanted"])
    if not by.may(PRICE):
        wanted = {name: value for name, value in wanted.items() if name not in ("unit_price", "price_unit")}
    return {
        "what": point["what"], "line_no": point["line_no"] or None, "their_line": point["their_line"] or None,
        "item": point["item"], "customer_item": point["customer_item"],
        "before": told["stands"], "after": told["asks"], "cell": point["cell"], "values": wanted,
    }  # fmt: skip


@get("/api/v1/change-requests")
async def list_requests(request: Request, by: Actor, limit: int = 50) -> Response:
    by.must(permissions.SEE)
    page = await CHANGE_REQUESTS.page(request, by, limit)
    names = ("state", "points", "customer_code", "order_number", "inbound_number")
    return listed([{"id": r["number"], **{n: r[n] for n in names}} for r in page.rows], page.next_cursor)


@get("/api/v1/change-requests/{number:str}")
async def get_request(by: Actor, number: str) -> Response:
    return reply(await _shown(number, by))


@post("/api/v1/change-requests/{number:str}/close", status_code=200)
async def close(request: Request, by: Actor, number: str) -> Response:
    form = await read_json(request)
    note = form.prose("note", 300)
    form.check()

    async def shown(row: ChangeRequest) -> dict[str, Any]:
        return await _shown(row.number, by)

    return await carry_out(
        request, change_requests.close, number, note, shown=shown, version=if_match(request)
    )


@post("/api/v1/change-requests", status_code=201)
async def amend(request: Request, by: Actor) -> Response:
    """Change the deliveries of an order: `{"sales_order", "category", "reason", "changes": [{"line_no", "delivery", "quantity",
    "due_date"}]}`; `delivery` counts from 1, without it one more is added; the quantity 0 is none any more."""
    form = await read_json(request)
    number, cause, reason = form.raw("sales_order"), form.raw("category"), form.raw("reason")
    parts = []
    for i, row in enumerate(form.rows("changes", MOST)):
        parts.append({
            "line_no": row.whole("line_no"), "seq": row.whole("delivery"), "quantity": row.raw("quantity"),
            "due_date": row.raw("due_date"),
        })  # fmt: skip
        form.adopt("changes", i, row)
    form.check()

    async def shown(row: ChangeRequest) -> dict[str, Any]:
        return await _shown(row.number, by)

    return await carry_out(
        request, amending.amend, number, cause, reason, parts, shown=shown, status=201, version=if_match(request),
        address=lambda row: f"/api/v1/change-requests/{row.number}",
    )  # fmt: skip


ROUTES = [list_requests, get_request, amend, close]
