"""Pages of the masters."""

from litestar import Request, Response, get

from app.catalog import permissions
from app.catalog.lists import BOM_LINES
from app.catalog.masters import MASTERS
from app.people.actors import Actor
from app.web.export import export_route
from app.web.lists import draw
from app.web.master_pages import routes_of


@get("/bom-lines")
async def bom_lines(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE_BOMS)
    return await draw(request, by, BOM_LINES)


ROUTES = [
    *(route for master in MASTERS for route in routes_of(master)),
    bom_lines,
    export_route(BOM_LINES, permissions.SEE_BOMS),
]
