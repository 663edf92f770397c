"""Progress and links for programs."""

from typing import Any

from litestar import Request, Response, delete, get, post

from app.core.db import commit
from app.people.actors import Actor
from app.portal import links, progress
from app.portal.pages import link_of
from app.sales import orders
from app.web.api import carry_out, reply
from app.web.input import read_json


@get("/api/v1/sales-orders/{number:str}/progress")
async def get_progress(by: Actor, number: str) -> Response:
    """The order as its customer sees it."""
    order = await orders.find(number, by)
    shown = await progress.of_order(order.id, shows_quantities=True)
    return reply({
        "sentence": shown.sentence, "percent": shown.percent, "arrives": shown.arrives.isoformat() if shown.arrives else None,
        "promised": shown.promised.isoformat() if shown.promised else None, "late": shown.late,
        "delivered_on": shown.delivered_on.isoformat() if shown.delivered_on else None,
        "steps": [{"label": s.label, "state": s.state, "when": s.when} for s in shown.steps],
        "lines": [{"name": x.name, "quantity": x.quantity, "percent": x.percent} for x in shown.lines],
    })  # fmt: skip


@post("/api/v1/sales-orders/{number:str}/share-links")
async def make_link(request: Request, by: Actor, number: str) -> Response:
    """`{"days": 60, "quantities": false}` → the address, shown once (and again under the same Idempotency-Key)."""
    form = await read_json(request)
    days, quantities = form.whole("days", links.DEFAULT_DAYS, low=1), form.flag("quantities")
    form.check()

    async def shown(made: Any) -> dict[str, Any]:
        link, secret = made
        return {"id": str(link.id), "url": link_of(request, secret), "ends_at": link.ends_at.isoformat()}

    return await carry_out(request, links.make, number, days, quantities, shown=shown, status=201)


@delete("/api/v1/sales-orders/{number:str}/share-links/{link:int}")
async def end_link(by: Actor, number: str, link: int) -> None:
    await commit(links.revoke, number, link, by=by)


ROUTES = [get_progress, make_link, end_link]
