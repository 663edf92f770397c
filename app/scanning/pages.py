"""Where a scanned code leads a person; and reading codes from a photo where no camera page works."""

import asyncio
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post

from app.core.refusals import Reason, Refused
from app.core.words import N_
from app.people.actors import Actor
from app.scanning import photos
from app.scanning.resolve import Found, resolve
from app.web.input import read_form
from app.web.render import actor_of, render, see

NO_PHOTO = Reason("no_photo", N_("Take or choose a photo, or type the code"))
NO_CODE = Reason("no_code", N_("No code was found in the photo; go closer, hold still, avoid glare"))


@get(["/q/{code:str}", "/Q/{code:str}"])
async def follow(request: Request, code: str) -> Response:
    """The address printed in every code: log in if need be, then the page of the thing."""
    by = actor_of(request)
    if by is None:
        return see(f"/login?next={quote(f'/q/{code[:80]}', safe='')}")
    try:
        return see((await resolve(code, by)).href)
    except Refused as refused:
        return await _page(request, {"scan": code[:80]}, {"scan": refused.sentence()}, status=404)


@get("/codes")
async def ask(request: Request, by: Actor, scan: str = "") -> Response:
    """Read a code from a photo, or type it."""
    return await _page(request, {"scan": scan[:80]}, {})


@post("/codes", status_code=303)
async def read(request: Request, by: Actor) -> Response:
    form = await read_form(request)
    try:
        found = await _found(form, by)
    except Refused as refused:
        problems = refused.fields() or {"scan": refused.sentence()}
        return await _page(request, form.values, problems, status=422)
    return see(found[0].href) if len(found) == 1 else await _page(request, {}, {}, found)


async def _found(form: Any, by: Actor) -> list[Found]:
    photo = form.files.get("picture")
    if photo is not None:
        return await things_in(await photo.read(), by)
    text = form.text("scan", 500)
    form.check()
    if not text:
        raise Refused(NO_PHOTO, "picture")
    return [await resolve(text, by)]


async def things_in(picture: bytes, by: Actor) -> list[Found]:
    """What the codes in a photo mean to this person; Refused(NO_CODE) when it shows none that is ours."""
    found: list[Found] = []
    for text in await asyncio.to_thread(photos.codes_in, picture):
        try:
            found.append(await resolve(text, by))
        except Refused:
            continue
    if not found:
        raise Refused(NO_CODE, "picture")
    return found


async def _page(
    request: Request,
    values: dict[str, Any],
    problems: dict[str, str],
    found: list[Found] | None = None,
    status: int = 200,
) -> Response:
    return await render(
        request, "scanning/codes.html", status, values=values, problems=problems, found=found or []
    )


ROUTES = [follow, ask, read]
