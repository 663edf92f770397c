"""The list of quotations and its export."""

from litestar import Request, Response, get

from app.people.actors import Actor
from app.quotations.lists import quotations_for
from app.quotations.permissions import SEE
from app.web.export import export_route
from app.web.lists import draw


@get("/quotations")
async def quotations(request: Request, by: Actor) -> Response:
    by.must(SEE)
    return await draw(request, by, quotations_for(by))


exported = export_route(quotations_for, SEE, "/quotations")


ROUTES = [quotations, exported]
