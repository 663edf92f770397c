"""Papers and files, for those who may see what they are about."""

from urllib.parse import quote, urlsplit

from litestar import Request, Response, get, post

from app.core.db import commit
from app.core.refusals import NOT_FOUND, Refused
from app.core.text import digits
from app.core.words import _
from app.documents import attachments, shelf
from app.documents.refusals import NO_FILE, SEEN_WITH
from app.people.actors import Actor
from app.web.input import read_form
from app.web.render import see


def sent(data: bytes, media_type: str, name: str, inline: bool = False) -> Response[bytes]:
    """A file as an answer, with its name in full; the gate adds that its type must not be guessed again."""
    how = "inline" if inline else "attachment"
    return Response(
        data, media_type=media_type,
        headers={
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(name)}",
            "Cache-Control": "private, max-age=0",
        },
    )  # fmt: skip


@get("/documents/{name:str}")
async def document(by: Actor, name: str) -> Response[bytes]:
    """`/documents/17.pdf`, shown in the browser."""
    id_ = digits(name.removesuffix(".pdf"), 17)
    if id_ is None:
        raise Refused(NOT_FOUND)
    found = await shelf.fetch(id_, by=by)
    return sent(found.pdf, "application/pdf", f"{found.number}.pdf", inline=True)


@get("/attachments/{id:int}")
async def attachment(by: Actor, id: int) -> Response[bytes]:
    found = await attachments.fetch(id, by=by)
    return sent(attachments.content(found), found.media_type, found.name)


@post("/attachments", status_code=303)
async def attach(request: Request, by: Actor) -> Response[None]:
    form = await read_form(request)
    kind, subject_id = form.choice("subject_kind", tuple(SEEN_WITH)), form.id("subject_id", required=True)
    file = form.files.get("file")
    if file is None:
        form.refuse("file", NO_FILE)
    form.check()
    assert file is not None and subject_id is not None
    data = await file.read()
    await commit(
        attachments.attach,
        file.filename,
        data,
        (kind, subject_id),
        by=by,
        key=form.key,
        body=form.body + data,
    )
    came_from = urlsplit(request.headers.get("referer", ""))
    return see(came_from.path or "/", _("Attached %(name)s", name=file.filename))


ROUTES = [document, attachment, attach]
