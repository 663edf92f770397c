"""The bell."""

from litestar import Request, Response, get, post

from app.core.db import commit
from app.core.words import _
from app.notifications import notices
from app.people.actors import Actor
from app.web.input import read_form
from app.web.render import render, see


@get("/notices")
async def notices_page(request: Request, by: Actor) -> Response[str]:
    return await render(request, "notifications/notices.html", found=await notices.of(by))


@get("/notices/{notice:int}")
async def open_notice(by: Actor, notice: int) -> Response[None]:
    return see((await commit(notices.open_one, notice, by=by)).value)


@post("/notices/read", status_code=303)
async def read_all(request: Request, by: Actor) -> Response[None]:
    await read_form(request)
    await commit(notices.read_all, by=by)
    return see("/notices", _("All read"))


ROUTES = [notices_page, open_notice, read_all]
