"""Keys of programs: made and shown once, revoked."""

from litestar import Request, Response, get, post

from app.core import db
from app.core.db import commit
from app.core.refusals import Refused
from app.core.words import _
from app.people import keys
from app.people.actors import Actor
from app.people.permissions import EDIT_KEYS
from app.web.input import read_form
from app.web.render import render, see


async def _page(
    request: Request, by: Actor, values: dict[str, str], problems: dict[str, str], status: int = 200
) -> Response[str]:
    found = await db.rows(
        "select u.login, p.name from users u join people p on p.id = u.person where u.active and p.active order by u.login limit 500"
    )
    logins = [(row["login"], f"{row['login']} {row['name']}") for row in found]
    return await render(
        request,
        "people/keys.html",
        status,
        keys=await keys.keys_of(),
        logins=logins,
        values=values,
        problems=problems,
    )


@get("/api-keys")
async def list_keys(request: Request, by: Actor) -> Response[str]:
    by.must(EDIT_KEYS)
    mine = await db.value("select login from users where id = {}", by.user_id or 0)
    return await _page(request, by, {"login": mine or ""}, {})


@post("/api-keys", status_code=200)
async def make(request: Request, by: Actor) -> Response:
    """The answer shows the secret at once: it is not kept and cannot be shown again."""
    form = await read_form(request)
    try:
        login, name = form.text("login", 60, required=True), form.text("name", 80, required=True)
        form.check()
        done = await commit(keys.create, login, name, by=by, key=form.key, body=form.body)
    except Refused as refused:
        if not refused.fields():
            raise
        return await _page(request, by, form.values, refused.fields(), refused.status)
    if done.value is None:
        return see("/api-keys", _("This key was shown already; make another one"), "warn")
    key, secret = done.value
    return await render(
        request, "people/secret.html", kind="key", name=key.name, secret=secret, login=login, back="/api-keys"
    )


@post("/api-keys/{id:int}/revoke", status_code=303)
async def revoke(request: Request, by: Actor, id: int) -> Response[None]:
    form = await read_form(request)
    key = (await commit(keys.revoke, id, by=by, key=form.key, body=form.body)).value
    return see(
        "/api-keys" if by.may(EDIT_KEYS) else "/me", _("Key “%(name)s” revoked", name=key.name if key else id)
    )


ROUTES = [list_keys, make, revoke]
