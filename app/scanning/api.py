"""Codes for programs: what one means, and what the codes in a photo mean."""

import asyncio
from typing import Any

from litestar import Request, Response, get, post

from app.core.refusals import Refused
from app.people.actors import Actor
from app.scanning import photos
from app.scanning.pages import NO_PHOTO
from app.scanning.resolve import Found, resolve
from app.web.api import reply
from app.web.input import read_form


def shown(found: Found) -> dict[str, Any]:
    actions = [{"label": label, "address": address} for label, address in found.actions]
    return {
        "kind": found.kind, "number": found.number, "title": found.title, "note": found.note, "address": found.href,
        "actions": actions,
    }  # fmt: skip


@get("/api/v1/scans")
async def resolve_scan(by: Actor, code: str = "") -> Response:
    """`?code=`: a code as scanned (bare, or the whole address) or a number as typed."""
    return reply(shown(await resolve(code, by)))


@post("/api/v1/scan-photos", status_code=200)
async def read_photo(request: Request, by: Actor) -> Response:
    """Multipart `picture`: every code in it, with what it means to this person (null: nothing of ours)."""
    form = await read_form(request)
    picture = form.files.get("picture")
    if picture is None:
        raise Refused(NO_PHOTO, "picture")
    texts = await asyncio.to_thread(photos.codes_in, await picture.read())
    return reply({"codes": [{"text": text, "found": await _meaning(text, by)} for text in texts]})


async def _meaning(text: str, by: Actor) -> dict[str, Any] | None:
    try:
        return shown(await resolve(text, by))
    except Refused:
        return None


ROUTES = [resolve_scan, read_photo]
