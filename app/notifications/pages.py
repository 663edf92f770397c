"""The bell, what one hears by which way, and the groups that listen."""

from typing import Any

from litestar import Request, Response, get, post

from app.config import settings
from app.core import db
from app.core.db import Done, commit
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import LANGUAGES, _
from app.integrations import channels
from app.integrations.permissions import EDIT
from app.notifications import choices, notices, robots
from app.notifications.topics import CHANNELS, HOW, TOPICS
from app.people.actors import Actor
from app.web.address import address_of
from app.web.input import Input, read_form
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


@get("/me/notifications")
async def mine(request: Request, by: Actor) -> Response:
    return await _choices(request, await _login_of(by), by)


@post("/me/notifications", status_code=303)
async def choose_mine(request: Request, by: Actor) -> Response:
    return await _choose(request, await _login_of(by), by, "/me/notifications")


@get("/users/{login:str}/notifications")
async def theirs(request: Request, login: str, by: Actor) -> Response:
    return await _choices(request, login, by)


@post("/users/{login:str}/notifications", status_code=303)
async def choose_theirs(request: Request, login: str, by: Actor) -> Response:
    return await _choose(request, login, by, f"/users/{login}/notifications")


async def _login_of(by: Actor) -> str:
    login = await db.value("select login from users where id = {}", by.user_id or 0)
    if login is None:
        raise Refused(NOT_FOUND)
    return str(login)


async def _choices(
    request: Request, login: str, by: Actor, form: Input | None = None, refused: Refused | None = None
) -> Response:  # fmt: skip
    user = await choices.user_of(login, by)
    choice = (await choices.of([user["id"]]))[user["id"]]
    times = {n: choices.said_of(getattr(choice, n)) for n in ("quiet_from", "quiet_until", "digest_at")}
    values: dict[str, Any] = {"mail": choice.mail, "wecom": choice.wecom, **times}
    matrix = {(t, c): choice.how(t, c) for t in TOPICS for c in CHANNELS}
    if form is not None:
        values = {name: form.raw(name) for name in values}
        matrix = {(t, c): form.raw(f"{t}-{c}") for t, c in matrix}
    return await render(
        request, "notifications/choices.html", refused.status if refused else 200, person=user, mine=user["id"] == by.user_id,
        values=values, matrix=matrix, topics=[(k, _(t.label)) for k, t in TOPICS.items()], ways=[(k, _(w)) for k, w in CHANNELS.items()],
        how=[(k, _(w)) for k, w in HOW.items()], ready={c: await channels.is_set_up(c) for c in CHANNELS},
        problems=refused.on_form() if refused else {},
    )  # fmt: skip


async def _choose(request: Request, login: str, by: Actor, here: str) -> Response:
    form = await read_form(request)
    await choices.user_of(login, by)
    new = {n: form.raw(n) for n in ("mail", "wecom", "quiet_from", "quiet_until", "digest_at")}
    topics = {t: {c: form.raw(f"{t}-{c}") for c in CHANNELS} for t in TOPICS}
    try:
        await commit(choices.choose, login, {**new, "topics": topics}, by=by, key=form.key, body=form.body)
    except Refused as refused:
        return await _choices(request, login, by, form, refused)
    return see(here, _("Saved"))


@get("/group-robots")
async def robots_page(request: Request, by: Actor) -> Response:
    by.must(EDIT)
    found = await robots.robots()
    for robot in found:
        robot["hears"] = "、".join(_(TOPICS[t].label) for t in robot["topics"] if t in TOPICS)
    return await render(request, "notifications/robots.html", robots=found)


@get("/group-robots/new")
async def new_robot(request: Request, by: Actor) -> Response:
    by.must(EDIT)
    blank = {
        "name": "",
        "topics": ["escalation"],
        "language": settings.language,
        "active": True,
        "version": "",
    }
    return await _robot(request, blank)


@get("/group-robots/{robot_id:int}")
async def robot(request: Request, robot_id: int, by: Actor) -> Response:
    by.must(EDIT)
    found = next((r for r in await robots.robots() if r["id"] == robot_id), None)
    if found is None:
        raise Refused(NOT_FOUND)
    return await _robot(request, found, robot_id)


async def _robot(
    request: Request, values: dict[str, Any], robot_id: int | None = None, refused: Refused | None = None
) -> Response:  # fmt: skip
    problems = refused.on_form() if refused else {}
    return await render(
        request, "notifications/robot.html", refused.status if refused else 200, values=values, robot_id=robot_id, problems=problems,
        topics=[(k, _(t.label)) for k, t in TOPICS.items()], languages=list(LANGUAGES.items()),
    )  # fmt: skip


@post(["/group-robots/new", "/group-robots/{robot_id:int}"], status_code=303)
async def write_robot(request: Request, by: Actor, robot_id: int | None = None) -> Response:
    by.must(EDIT)
    form = await read_form(request)
    topics = [t for t in TOPICS if form.flag(f"topic-{t}")]
    values = {"name": form.raw("name")[:200], "topics": topics, "language": form.raw("language"), "active": form.flag("active"),
              "version": form.raw("version")[:9]}  # fmt: skip
    try:
        await commit(
            robots.write, values["name"], form.raw("key")[:400], topics, values["language"], values["active"], robot_id,
            by=by, key=form.key, body=form.body, version=form.version,
        )  # fmt: skip
    except Refused as refused:
        return await _robot(request, values, robot_id, refused)
    return see("/group-robots", _("%(what)s saved", what=values["name"]))


@post("/group-robots/{robot_id:int}/test", status_code=303)
async def test_robot(request: Request, robot_id: int, by: Actor) -> Response:
    """Send a test into the group, and go and see what becomes of it."""
    form = await read_form(request)

    async def answer(done: Done) -> dict[str, Any]:
        return {"id": done.value.id}

    address = f"{address_of(request)}/notices"
    done = await commit(
        robots.send_test, robot_id, address, by=by, key=form.key, body=form.body, answer=answer
    )
    return see(f"/integration-jobs/{done.answer['id']}")


ROUTES = [
    notices_page, open_notice, read_all, mine, choose_mine, theirs, choose_theirs, robots_page, new_robot, robot, write_robot, test_robot,
]  # fmt: skip
