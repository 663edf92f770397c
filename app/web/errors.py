"""What a person or program is told when something is refused, unknown or broken: a sentence, never a stack trace."""

import logging
from typing import Any
from urllib.parse import urlsplit

from litestar import Request, Response
from litestar.exceptions import HTTPException

from app.core.refusals import NOT_FOUND, UNSTORABLE, Refused
from app.core.words import N_, _
from app.web.render import html, is_htmx, see

log = logging.getLogger("zhunjiao")
TITLES = {
    400: N_("This request could not be read"), 401: N_("Please log in"), 403: N_("Not allowed"),
    404: N_("There is nothing here"), 405: N_("Not possible here"), 409: N_("Not possible now"),
    413: N_("Too large"), 415: N_("This kind of file cannot be read"), 422: N_("Please look again"),
    429: N_("Too many tries"), 500: N_("Something broke on our side"),
}  # fmt: skip
SAYINGS = {
    404: N_(
        "The address may be mistyped, or the thing is not yours to see. Search finds everything you may see."
    ),
    500: N_(
        "Nothing you typed was half saved. Go back and try again; if it happens again, tell the administrator."
    ),
    413: N_("Files may have up to 20 MB."),
}


def problem(
    status: int, code: str, detail: str, fields: dict[str, str] | None = None
) -> Response[dict[str, Any]]:
    """RFC 9457 problem+json."""
    body: dict[str, Any] = {
        "type": "about:blank", "title": _(TITLES.get(status, TITLES[400])), "status": status, "code": code, "detail": detail,
    }  # fmt: skip
    if fields:
        body["fields"] = fields
    return Response(body, status_code=status, media_type="application/problem+json")


def of_program(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def on_refused(request: Request, refused: Refused) -> Response[Any]:
    """A business "no" that no page caught: the API gets a problem, a person a sentence where they were."""
    if of_program(request):
        return problem(refused.status, refused.reason.code, refused.sentence(), refused.fields())
    sentence = refused.sentence() if not refused.fields() else "；".join(refused.fields().values())
    if is_htmx(request):
        return html(request, "components/after_refused.html", refused.status, sentence=sentence)
    came_from = urlsplit(request.headers.get("referer", ""))
    if request.method == "POST" and came_from.path and came_from.netloc == request.headers.get("host"):
        return see(came_from.path + (f"?{came_from.query}" if came_from.query else ""), sentence, "bad")
    return error_page(request, refused.status, sentence)


def on_beyond(request: Request, error: Exception) -> Response[Any]:
    """A number beyond what the database holds: nothing can have it as its id."""
    log.warning("%s %s: %s", request.method, request.url.path, error)
    return on_refused(request, Refused(NOT_FOUND if request.method == "GET" else UNSTORABLE))


def error_page(request: Request, status: int, sentence: str = "") -> Response[str]:
    title = _(TITLES.get(status, TITLES[400 if status < 500 else 500]))
    text = sentence or _(SAYINGS.get(status, SAYINGS[500] if status >= 500 else SAYINGS[404]))
    return html(request, "error.html", status, error_status=status, error_title=title, error_text=text)


def on_http(request: Request, error: HTTPException) -> Response[Any]:
    if error.status_code >= 500:
        log.error("%s %s: %s", request.method, request.url.path, error.detail, exc_info=error)
    if of_program(request):
        codes = {
            404: "not_found",
            405: "method_not_allowed",
            400: "malformed",
            413: "too_large",
            415: "unsupported",
        }
        detail = _(TITLES.get(error.status_code, TITLES[400]))
        return problem(error.status_code, codes.get(error.status_code, "refused"), detail)
    return error_page(request, error.status_code)


def on_crash(request: Request, error: Exception) -> Response[Any]:
    log.exception("%s %s", request.method, request.url.path, exc_info=error)
    if of_program(request):
        return problem(500, "internal", _(SAYINGS[500]))
    if is_htmx(request):
        return html(request, "components/after_refused.html", 500, sentence=_(SAYINGS[500]))
    return html(
        request, "error.html", 500, error_status=500, error_title=_(TITLES[500]), error_text=_(SAYINGS[500])
    )
