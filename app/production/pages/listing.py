"""The list of work orders, its export, and what is done with many of them at once."""

from litestar import Request, Response, get

from app.core.words import N_
from app.people.actors import Actor
from app.production import work_orders
from app.production.lists import work_orders_for
from app.production.pages import traveller
from app.production.permissions import PLAN, SEE
from app.web.bulk import Paper, Verb, bulk_routes
from app.web.export import export_route
from app.web.lists import draw

FOR_MANY = (
    Verb("release", N_("Release"), "play", PLAN, work_orders.release, N_("%(n)s released")),
    Verb("resume", N_("Go on"), "play", PLAN, work_orders.resume, N_("%(n)s go on")),
    Verb("hold", N_("Put on hold"), "pause", PLAN, work_orders.hold, N_("%(n)s put on hold"),
         N_("Put the ticked work orders on hold?")),
    Paper("travellers", N_("Traveller"), SEE, traveller.paper),
)  # fmt: skip


@get("/work-orders")
async def listing(request: Request, by: Actor) -> Response:
    by.must(SEE)
    return await draw(request, by, work_orders_for(by), FOR_MANY)


export_list = export_route(work_orders_for, SEE, "/work-orders")


ROUTES = [listing, export_list, *bulk_routes(work_orders_for, SEE, FOR_MANY, "/work-orders")]
