"""Pages of price lists and of the prices on all of them."""

from litestar import Request, Response, get

from app.people.actors import Actor
from app.pricing.masters import PRICE_LISTS, PRICES
from app.pricing.permissions import SEE
from app.web.export import export_route
from app.web.lists import draw
from app.web.master_pages import routes_of


@get("/prices")
async def prices(request: Request, by: Actor) -> Response:
    by.must(SEE)
    return await draw(request, by, PRICES)


ROUTES = [*routes_of(PRICE_LISTS), prices, export_route(PRICES, SEE)]
