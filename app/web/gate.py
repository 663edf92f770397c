"""The gate every request passes before routing: who is it, in which language, from which page; and what every answer carries.

It stands outside the router, so that an unknown address has a user and a language too. Default deny: without an actor
only the addresses of OPEN are reached. Forged requests are told by their origin (Sec-Fetch-Site, else Origin), which
browsers do not let pages fake, so forms carry no token.
"""

import json
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, unquote, urlsplit

from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from app.core import db, words
from app.core.words import N_
from app.people import logins
from app.people.actors import Actor
from app.people.refusals import MUST_CHANGE_PASSWORD
from app.web.assets import file_behind
from app.web.errors import TITLES
from app.web.packing import packed

OPEN = (
    "/login", "/language", "/static/", "/pwa/", "/t/", "/q/", "/Q/", "/setup", "/health", "/floor", "/scan", "/enrol", "/service-worker.js",
    "/manifest.webmanifest", "/api/v1/devices/enrol", "/favicon.ico", "/robots.txt",
)  # fmt: skip
BEFORE_A_PASSWORD = ("/me/password", "/me/preferences", "/logout", "/static/", "/pwa/", "/health")
"""All that somebody reaches whose password was chosen by somebody else."""
CROSS_SITE = N_("This came from another site and was not done")
SAFE = {"GET", "HEAD", "OPTIONS"}
came_plain: dict[
    int, tuple[str, int]
] = {}  # ports of connections passed on by the plain door, with who is behind
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; style-src-attr 'unsafe-inline';"
    " img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none';"
    " form-action 'self'; object-src 'none'"
)
HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), microphone=(), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]


class Gate:
    """ASGI wrapper around the application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope.get("client") and scope["client"][1] in came_plain:
            scope["client"], scope["scheme"] = came_plain[scope["client"][1]], "http"
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        # A database cannot even be asked for NUL; the sign for an unreadable character is found nowhere either.
        path, kept = file_behind(scope["path"].replace("\x00", "\ufffd"))
        scope["path"] = path
        scope["query_string"] = scope.get("query_string", b"").replace(b"%00", b"%EF%BF%BD")
        answer = _guarded(send, path, kept or b"v=" in scope.get("query_string", b""))
        if path.startswith(("/static/", "/pwa/")):
            await self.app(scope, receive, answer)
            return
        with db.one_look():
            packing = packed(answer, headers.get("accept-encoding", ""))
            await self._let_in(scope, receive, packing, headers, path)

    async def _let_in(
        self, scope: HTTPScope, receive: Receive, answer: Send, headers: dict[str, str], path: str
    ) -> None:
        cookies = _cookies(headers.get("cookie", ""))
        actor = await _actor(headers, cookies, path)
        state = scope.setdefault("state", {})
        state.update(actor=actor, cookies=cookies, flash=_flash(cookies.get("flash")))
        words.speak(_language(actor, cookies, headers, path))
        if scope["method"] not in SAFE and not _same_origin(headers):
            await _refused(answer, path, 403, "cross_site", words._(CROSS_SITE))
        elif actor is None and (path == "/" or not path.startswith(OPEN)):
            await _unknown(answer, scope, path, headers)
        elif actor is not None and actor.must_change_password and not path.startswith(BEFORE_A_PASSWORD):
            await _first_a_password(answer, path)
        else:
            await self.app(scope, receive, answer)


def _guarded(send: Send, path: str, hashed: bool) -> Send:
    keep = b"public, max-age=31536000, immutable" if hashed else b"no-cache"
    if path.endswith(".woff2"):
        keep = b"public, max-age=2592000"  # a font of last month is no harm

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            extra = list(HEADERS)
            if not path.startswith(("/static/", "/pwa/", "/t/")):
                extra.append((b"x-frame-options", b"DENY"))
            if path.startswith("/t/"):
                extra.append((b"x-robots-tag", b"noindex"))
            names = {k.lower() for k, _ in message.get("headers", [])}
            if b"cache-control" not in names:
                extra.append(
                    (b"cache-control", keep if path.startswith(("/static/", "/pwa/")) else b"no-store")
                )
            message["headers"] = [*message.get("headers", []), *extra]
        await send(message)

    return answer


def _cookies(header: str) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


async def _actor(headers: dict[str, str], cookies: dict[str, str], path: str) -> Actor | None:
    bearer = headers.get("authorization", "")
    if bearer.lower().startswith("bearer "):
        return await logins.actor_of_key(bearer[7:].strip())
    if path.startswith(("/api/v1/device", "/floor", "/scan")) and "device" in cookies:
        device = await logins.actor_of_device(cookies["device"])
        if device is not None:
            return device
    return await logins.actor_of_session(cookies["session"]) if "session" in cookies else None


def _language(actor: Actor | None, cookies: dict[str, str], headers: dict[str, str], path: str) -> str:
    accepted = headers.get("accept-language", "").lower()
    if path.startswith("/api/"):
        return "en" if accepted.startswith("en") else "zh_CN"
    if actor is not None and actor.language:
        return actor.language
    if cookies.get("language") in words.LANGUAGES:
        return cookies["language"]
    first = accepted.split(",")[0].strip()
    return "en" if first.startswith("en") else "zh_CN" if first.startswith("zh") else ""


def _same_origin(headers: dict[str, str]) -> bool:
    """False only for what a browser marks as coming from elsewhere; programs send neither header."""
    if "authorization" in headers:
        return True
    site = headers.get("sec-fetch-site")
    if site:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return not origin or (origin != "null" and urlsplit(origin).netloc == headers.get("host"))


def _flash(cookie: str | None) -> list[dict[str, str]]:
    try:
        said = json.loads(unquote(cookie)) if cookie else []
        return [s for s in said if isinstance(s, dict) and isinstance(s.get("text"), str)][:5]
    except (ValueError, TypeError):
        return []


async def _unknown(send: Send, scope: HTTPScope, path: str, headers: dict[str, str]) -> None:
    if path.startswith(("/api/", "/events")) or scope["method"] not in SAFE:
        if _sent_by_hand(path, headers):
            await _onward(send, f"/login?next={quote(_came_from(headers), safe='')}")
            return
        await _refused(send, path, 401, "unauthorized", words._(TITLES[401]))
        return
    query = scope.get("query_string", b"").decode("latin-1")
    wanted = quote(path + (f"?{query}" if query else ""), safe="")
    await _onward(send, f"/login?next={wanted}")


def _sent_by_hand(path: str, headers: dict[str, str]) -> bool:
    """Whether a person waits for the page that answers a form, not a script or a program."""
    return (
        not path.startswith(("/api/", "/events"))
        and "hx-request" not in headers
        and "text/html" in headers.get("accept", "")
    )


def _came_from(headers: dict[str, str]) -> str:
    """The page of ours on which a form stood, to go back to it; the workplace where that is not known."""
    page = urlsplit(headers.get("referer", ""))
    if page.netloc != headers.get("host") or not page.path.startswith("/"):
        return "/"
    return page.path + (f"?{page.query}" if page.query else "")


async def _first_a_password(send: Send, path: str) -> None:
    if path.startswith(("/api/", "/events")):
        await _refused(send, path, 403, MUST_CHANGE_PASSWORD.code, words._(MUST_CHANGE_PASSWORD.sentence))
        return
    await _onward(send, "/me/password")


async def _onward(send: Send, address: str) -> None:
    headers = [(b"location", address.encode()), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _refused(send: Send, path: str, status: int, code: str, detail: str) -> None:
    """A problem for programs, a sentence for people; before routing, so without a page around it."""
    body, kind = detail.encode(), b"text/plain; charset=utf-8"
    if path.startswith(("/api/", "/events")):
        problem = {
            "type": "about:blank",
            "title": words._(TITLES[status]),
            "status": status,
            "code": code,
            "detail": detail,
        }
        body, kind = json.dumps(problem, ensure_ascii=False).encode(), b"application/problem+json"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
