"""One's own account: password, language, appearance, where one is logged in, keys of one's programs."""

from typing import Any

from litestar import Request, Response, get, post

from app.core import clock, db, ids
from app.core.db import commit
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import LANGUAGES, N_, _
from app.people import keys, users
from app.people.actors import Actor
from app.people.pages.door import own_address
from app.people.permissions import EDIT_KEYS
from app.web.input import read_form
from app.web.render import html, render, see

THEMES = (("light", N_("Light")), ("dark", N_("Dark")), ("auto", N_("As the system")))


def _secret(request: Request) -> str:
    """The secret of the session by which this browser is known."""
    return request.scope["state"]["cookies"].get("session", "")


async def _account(request: Request, by: Actor, problems: dict[str, str], status: int = 200) -> Response[str]:
    user = await db.one(
        "select u.login, u.language, u.theme, p.code, p.name, t.name as team from users u join people p on p.id = u.person"
        " left join teams t on t.id = p.team where u.id = {}",
        by.user_id or 0,
    )
    if user is None:
        raise Refused(NOT_FOUND)
    return await render(
        request, "people/me.html", status, problems=problems, account=user, roles=await users.roles_of(by.user_id or 0),
        sessions=await _sessions(by, _secret(request)), keys=await keys.keys_of(by.user_id), may_key=by.may(EDIT_KEYS),
        themes=THEMES, languages=list(LANGUAGES.items()),
    )  # fmt: skip


async def _sessions(by: Actor, secret: str) -> list[dict[str, Any]]:
    found = await db.rows(
        'select id, token_hash, agent, address, began_at, seen_at from login_sessions where "user" = {} and ends_at > {}'
        " order by seen_at desc limit 50",
        by.user_id or 0, clock.real_now(),
    )  # fmt: skip
    here = ids.fingerprint(secret)
    return [{**row, "browser": _browser(row["agent"]), "here": row["token_hash"] == here} for row in found]


def _browser(agent: str) -> str:
    """Browser and system, as a person would say them."""
    names = (
        ("MicroMessenger", "WeChat"),
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    )
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    )
    found = [next((said for sign, said in each if sign in agent), "") for each in (names, systems)]
    return " · ".join(f for f in found if f) or agent[:40] or "—"


@get("/me")
async def account(request: Request, by: Actor) -> Response[str]:
    return await _account(request, by, {})


@post("/me/preferences", status_code=303)
async def prefer(request: Request, by: Actor) -> Response[None]:
    form = await read_form(request)
    theme, language = form.raw("theme").strip(), form.raw("language").strip()
    await commit(
        users.prefer,
        theme,
        language,
        by=by,
        key=form.key and f"{form.key}:{theme}:{language}",
        body=form.body,
    )
    return see(own_address(_path(request.headers.get("referer", "")) or "/me"))


def _path(referer: str) -> str:
    """The path and query of the page one comes from."""
    rest = referer.split("://", 1)[-1]
    return "/" + rest.split("/", 1)[1] if "/" in rest else ""


@get("/me/password")
async def password_page(request: Request, by: Actor) -> Response[str]:
    """Alone on its page: who must choose a password reaches nothing else."""
    return html(request, "people/password.html", problems={}, forced=by.must_change_password)


@post("/me/password", status_code=303)
async def change_password(request: Request, by: Actor) -> Response[Any]:
    form = await read_form(request)
    try:
        for name in ("old", "new", "again"):
            form.text(name, 200, required=True)
        form.check()
        old, new, again = form.raw("old"), form.raw("new"), form.raw("again")
        await commit(users.change_password, old, new, again, by=by, keep=_secret(request))
    except Refused as refused:
        if not refused.fields():
            raise
        if form.raw("on_account"):
            return await _account(request, by, refused.fields(), refused.status)
        context = {"problems": refused.fields(), "forced": by.must_change_password}
        return html(request, "people/password.html", refused.status, **context)
    return see(
        "/me" if form.raw("on_account") else "/", _("Password changed; other browsers were logged out")
    )


@post("/me/sessions/end", status_code=303)
async def end_sessions(request: Request, by: Actor) -> Response[None]:
    """Log out everywhere but here."""
    form = await read_form(request)
    login = await db.value("select login from users where id = {}", by.user_id or 0)
    done = await commit(
        users.end_sessions, login or "", by=by, but=_secret(request), key=form.key, body=form.body
    )
    return see("/me", _("%(n)s other sessions ended", n=done.value or 0))


ROUTES = [account, prefer, password_page, change_password, end_sessions]
