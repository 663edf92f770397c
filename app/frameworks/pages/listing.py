"""The list of framework orders and its export."""

from litestar import Request, Response, get

from app.frameworks.lists import frameworks_for
from app.frameworks.permissions import SEE
from app.people.actors import Actor
from app.web.export import export_route
from app.web.lists import draw


@get("/framework-orders")
async def frameworks(request: Request, by: Actor) -> Response:
    by.must(SEE)
    return await draw(request, by, frameworks_for(by))


exported = export_route(frameworks_for, SEE, "/framework-orders")


ROUTES = [frameworks, exported]
