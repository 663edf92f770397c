"""Logins: the list, one login with its roles, and what an administrator does for it."""

from typing import Any

from litestar import Request, Response, get, post

from app.core import clock, db
from app.core.db import Done, commit
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import LANGUAGES, N_, _
from app.events.log import timeline
from app.people import users
from app.people.actors import Actor
from app.people.lists import USERS, state_of
from app.people.permissions import EDIT_USERS
from app.web.export import export
from app.web.input import Input, read_form
from app.web.lists import draw
from app.web.render import render, see

HOUSES_LANGUAGE = ("", N_("As the house"))


@get("/users")
async def list_users(request: Request, by: Actor) -> Response:
    by.must(EDIT_USERS)
    return await draw(request, by, USERS)


@get("/users/export.xlsx")
async def export_users(request: Request, by: Actor) -> Response:
    by.must(EDIT_USERS)
    return await export(request, by, USERS)


@get("/people/{code:str}/login")
async def login_of(by: Actor, code: str) -> Response[None]:
    """The person's login, or the form that makes one."""
    by.must(EDIT_USERS)
    login = await db.value(
        "select u.login from users u join people p on p.id = u.person where p.code = {} order by u.id limit 1",
        code,
    )
    return see(f"/users/{login}" if login else f"/users/new?person={code}")


def _sent_roles(form: Input) -> list[str]:
    return [code for code in form.raw("roles[]").split(",") if code]


async def _choices() -> dict[str, Any]:
    roles = await db.rows("select code, name, active from roles order by id")
    return {"all_roles": roles, "languages": [HOUSES_LANGUAGE, *LANGUAGES.items()]}


async def _new(
    request: Request, values: dict[str, Any], problems: dict[str, str], status: int = 200
) -> Response[str]:
    person = await db.one(
        "select code, name from people where code = {}", str(values.get("person") or "")[:60]
    )
    return await render(
        request,
        "people/user_new.html",
        status,
        values=values,
        problems=problems,
        person=person,
        **await _choices(),
    )


@get("/users/new")
async def new_user(request: Request, by: Actor, person: str = "") -> Response[str]:
    by.must(EDIT_USERS)
    return await _new(request, {"person": person.replace("\x00", ""), "roles": []}, {})


@post("/users", status_code=200)
async def make(request: Request, by: Actor) -> Response[Any]:
    """The answer shows the one-time password at once: it is not kept and cannot be shown again."""
    form = await read_form(request)
    roles, login, language = _sent_roles(form), form.raw("login").strip(), form.raw("language").strip()
    try:
        done = await commit(
            users.create, form.chosen("person"), login, roles, language, by=by, key=form.key, body=form.body
        )
    except Refused as refused:
        if not refused.fields():
            raise
        return await _new(request, {**form.values, "roles": roles}, refused.fields(), refused.status)
    return await _secret_shown(request, done)


async def _secret_shown(request: Request, done: Done) -> Response[Any]:
    """The password, this once; who sends the form again is led to the list."""
    if done.value is None:
        return see("/users", _("This password was shown already; reset it for a new one"), "warn")
    user, secret = done.value
    name = await db.value("select name from people where id = {}", user.person)
    return await render(
        request,
        "people/secret.html",
        kind="password",
        name=name,
        secret=secret,
        login=user.login,
        back=f"/users/{user.login}",
    )


async def _user(login: str) -> dict[str, Any]:
    row = await db.one(
        "select u.id, u.login, u.language, u.active, u.locked_until, u.must_change_password, u.version, p.name,"
        " p.code as person, p.active as person_active, t.name as team from users u join people p on p.id = u.person"
        " left join teams t on t.id = p.team where u.login = {}",
        login.replace("\x00", "")[:60],
    )
    if row is None:
        raise Refused(NOT_FOUND)
    return row


async def _show(
    request: Request, login: str, form: Input | None, problems: dict[str, str], status: int = 200
) -> Response[str]:
    row = await _user(login)
    held = _sent_roles(form) if form else [role["code"] for role in await users.roles_of(row["id"])]
    values = {"language": form.raw("language"), "active": form.flag("active")} if form else row
    sessions = await db.value(
        'select count(*) from login_sessions where "user" = {} and ends_at > {}', row["id"], clock.real_now()
    )
    return await render(
        request, "people/user.html", status, row=row, held=held, values=values, problems=problems, sessions=sessions,
        state=state_of(row, clock.real_now()), events=await timeline("user", row["id"]), **await _choices(),
    )  # fmt: skip


@get("/users/{login:str}")
async def show_user(request: Request, by: Actor, login: str) -> Response[str]:
    by.must(EDIT_USERS)
    return await _show(request, login, None, {})


@post("/users/{login:str}", status_code=303)
async def change(request: Request, by: Actor, login: str) -> Response[Any]:
    form = await read_form(request)
    try:
        await commit(
            users.change, login, _sent_roles(form), form.raw("language").strip(), form.flag("active"), by=by,
            version=form.version, key=form.key, body=form.body,
        )  # fmt: skip
    except Refused as refused:
        return await _show(request, login, form, refused.on_form(), refused.status)
    return see(f"/users/{login}", _("%(what)s saved", what=login))


@post("/users/{login:str}/password", status_code=200)
async def reset_password(request: Request, by: Actor, login: str) -> Response[Any]:
    form = await read_form(request)
    return await _secret_shown(
        request, await commit(users.reset_password, login, by=by, key=form.key, body=form.body)
    )


@post("/users/{login:str}/unlock", status_code=303)
async def unlock(request: Request, by: Actor, login: str) -> Response[None]:
    form = await read_form(request)
    await commit(users.unlock, login, by=by, key=form.key, body=form.body)
    return see(f"/users/{login}", _("Unlocked"))


@post("/users/{login:str}/sessions/end", status_code=303)
async def end_sessions(request: Request, by: Actor, login: str) -> Response[None]:
    form = await read_form(request)
    done = await commit(users.end_sessions, login, by=by, key=form.key, body=form.body)
    return see(f"/users/{login}", _("%(n)s sessions ended", n=done.value or 0))


ROUTES = [
    list_users, export_users, login_of, new_user, make, show_user, change, reset_password, unlock, end_sessions,
]  # fmt: skip
