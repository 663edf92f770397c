"""The list of orders and its export."""

from litestar import Request, Response, get

from app.people.actors import Actor
from app.sales.lists import orders_for
from app.sales.permissions import SEE
from app.web.export import export
from app.web.lists import draw


@get("/orders")
async def orders(request: Request, by: Actor) -> Response:
    by.must(SEE)
    return await draw(request, by, orders_for(by))


@get("/orders/export.xlsx")
async def exported(request: Request, by: Actor) -> Response:
    by.must(SEE)
    return await export(request, by, orders_for(by))


ROUTES = [orders, exported]
