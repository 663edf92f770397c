"""The list of orders and its export."""

from litestar import Request, Response, get

from app.people.actors import Actor
from app.sales.lists import orders_for
from app.sales.permissions import SEE
from app.web.export import export_route
from app.web.lists import draw


@get("/orders")
async def orders(request: Request, by: Actor) -> Response:
    by.must(SEE)
    return await draw(request, by, orders_for(by))


exported = export_route(orders_for, SEE, "/orders")


ROUTES = [orders, exported]
