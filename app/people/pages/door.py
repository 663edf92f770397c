"""Coming in and going out."""

from urllib.parse import urlsplit

from litestar import Request, Response, get, post

from app.core import words
from app.core.refusals import Refused
from app.people import logins
from app.web.input import read_form
from app.web.render import actor_of, html, see

COOKIE_DAYS = 14


def own_address(text: str) -> str:
    """A path of this house, never another site."""
    parts = urlsplit(text)
    fits = text.startswith("/") and not text.startswith(("//", "/\\")) and not parts.netloc
    return text if fits and "\r" not in text and "\n" not in text else "/"


@get("/login")
async def login_page(request: Request, next: str = "/") -> Response:
    if actor_of(request) is not None:
        return see(own_address(next))
    return html(request, "people/login.html", values={}, problems={}, next=own_address(next))


@post("/login", status_code=303)
async def log_in(request: Request) -> Response:
    form = await read_form(request)
    try:
        login, password = form.text("login", 60, required=True), form.raw("password")
        form.check()
        agent, address = request.headers.get("user-agent", ""), request.client.host if request.client else ""
        token, must_change = await logins.log_in(login, password, agent, address)
    except Refused as refused:
        context = {
            "values": {"login": form.raw("login")},
            "problems": refused.fields(),
            "next": own_address(form.raw("next")),
        }
        return html(request, "people/login.html", refused.status, **context)
    answer = see("/me/password" if must_change else own_address(form.raw("next")))
    secure = request.url.scheme == "https"
    answer.set_cookie(
        "session", token, max_age=COOKIE_DAYS * 86_400, httponly=True, samesite="lax", secure=secure, path="/"
    )
    return answer


@post("/logout", status_code=303)
async def log_out(request: Request) -> Response:
    token = request.scope["state"]["cookies"].get("session")
    if token:
        await logins.log_out(token)
    answer = see("/login")
    answer.delete_cookie("session", path="/")
    return answer


@post("/language", status_code=303)
async def choose_language(request: Request) -> Response:
    """The language of somebody who is not logged in, kept in a cookie."""
    form = await read_form(request)
    answer = see(own_address(form.raw("next")))
    if form.raw("language") in words.LANGUAGES:
        answer.set_cookie("language", form.raw("language"), max_age=31_536_000, samesite="lax", path="/")
    return answer


ROUTES = [login_page, log_in, log_out, choose_language]
