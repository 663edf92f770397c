"""The list of orders, its export, and what is done with many orders at once."""

from typing import Any

from litestar import Request, Response, get

from app.core.words import N_
from app.people.actors import Actor
from app.production import work_orders
from app.production.permissions import PLAN
from app.sales import orders as verbs
from app.sales.lists import orders_for
from app.sales.pages import confirmation
from app.sales.permissions import CONFIRM, CREATE, PRICE, SEE
from app.web.bulk import Paper, Verb, bulk_routes
from app.web.export import export_route
from app.web.lists import draw


async def _make(number: str, *, by: Actor, version: int | None = None) -> Any:
    return await work_orders.make_for_order(number, release_now=True, by=by)


FOR_MANY = (
    Verb("submit", N_("Hand in"), "send", CREATE, verbs.submit, N_("%(n)s handed in")),
    Verb("confirm", N_("Confirm order"), "check", CONFIRM, verbs.confirm, N_("%(n)s confirmed"), N_("Confirm the ticked orders?")),
    Verb("make", N_("Release to production"), "hammer", PLAN, _make, N_("%(n)s released to production"),
         N_("Release the ticked orders to production?")),
    Paper("confirmations", N_("Confirmation PDF"), PRICE, confirmation.paper),
)  # fmt: skip


@get("/orders")
async def orders(request: Request, by: Actor) -> Response:
    by.must(SEE)
    return await draw(request, by, orders_for(by), FOR_MANY)


exported = export_route(orders_for, SEE, "/orders")


ROUTES = [orders, exported, *bulk_routes(orders_for, SEE, FOR_MANY, "/orders")]
