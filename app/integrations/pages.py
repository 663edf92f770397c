"""Calls to third parties, and how their channels are set up."""

import json
from typing import Any

from litestar import Request, Response, get, post

from app.config import settings
from app.core import db
from app.core.db import Done, commit
from app.core.reach import own_address
from app.core.refusals import NOT_FOUND, Refused
from app.core.states import possible
from app.core.words import _
from app.events.log import timeline
from app.integrations import channels, jobs, states, testing
from app.integrations.lists import JOBS, told
from app.integrations.permissions import EDIT, RETRY, SEE
from app.people.actors import Actor
from app.web.address import address_of
from app.web.export import export_route
from app.web.input import Input, read_form
from app.web.lists import draw
from app.web.render import render, see


@get("/integration-jobs")
async def listing(request: Request, by: Actor) -> Response:
    by.must(SEE)
    return await draw(request, by, JOBS)


async def job_of(job_id: int, by: Actor) -> dict[str, Any]:
    """One call as its page and programs see it."""
    by.must(SEE)
    row = await db.one("select * from integration_jobs where id = {}", min(job_id, 2**31 - 1))
    if row is None:
        raise Refused(NOT_FOUND)
    return told(row)


@get("/integration-jobs/{job_id:int}")
async def show(request: Request, job_id: int, by: Actor) -> Response:
    job = await job_of(job_id, by)
    message = json.loads(job["message"]) if job["message"] else None
    wire = {
        name: json.dumps(json.loads(job[name]), ensure_ascii=False, indent=2) if job[name] else ""
        for name in ("request", "answer")
    }
    moves = possible(states.MOVES, job["state"]) if by.may(RETRY) else set()
    return await render(
        request, "integrations/job.html", job=job, message=message, wire=wire, moves=moves, going=job["state"] in states.OPEN,
        again_is_double=job["state"] == states.UNKNOWN and job["target"] != jobs.WECOM,
        events=await timeline("integration_job", job_id, by=by),
    )  # fmt: skip


@post("/integration-jobs/{job_id:int}/{verb:str}", status_code=303)
async def act(request: Request, job_id: int, verb: str, by: Actor) -> Response:
    """`retry` or `drop`."""
    form = await read_form(request)
    verbs = {"retry": jobs.retry, "drop": jobs.drop}
    if verb not in verbs:
        raise Refused(NOT_FOUND)
    await commit(verbs[verb], job_id, by=by, key=form.key, body=form.body, version=form.version)
    return see(f"/integration-jobs/{job_id}")


@get("/channels")
async def channels_page(request: Request, by: Actor) -> Response:
    by.must(EDIT)
    return await _page(request)


async def _page(
    request: Request, channel: str = "", form: Input | None = None, refused: Refused | None = None
) -> Response:
    problems = refused.on_form() if refused else {}
    return await render(
        request, "integrations/channels.html", refused.status if refused else 200,
        channels=[await channels.shown(each) for each in channels.FIELDS], wrong=channel, problems=problems,
        entered={k: v for k, v in form.values.items() if k not in ("password", "secret")} if form else {}, hidden=channels.HIDDEN,
        public=settings.public_url, address=own_address(),
    )  # fmt: skip


@post("/channels/{channel:str}", status_code=303)
async def set_up(request: Request, channel: str, by: Actor) -> Response:
    by.must(EDIT)
    form = await read_form(request)
    _must_be_known(channel)
    try:
        entered = {f.name: form.raw(f.name) for f in channels.FIELDS[channel]}
        await commit(channels.set_up, channel, entered, by=by, key=form.key, body=form.body)
    except Refused as refused:
        return await _page(request, channel, form, refused)
    return see("/channels", _("%(what)s saved", what=_(jobs.TARGETS[channel])))


@post("/channels/{channel:str}/test", status_code=303)
async def test(request: Request, channel: str, by: Actor) -> Response:
    """Send a test message, and go and see what becomes of it."""
    by.must(EDIT)
    form = await read_form(request)
    _must_be_known(channel)

    async def answer(done: Done) -> dict[str, Any]:
        return {"id": done.value.id}

    try:
        done = await commit(
            testing.send_test,
            channel,
            form.raw(f"to_{channel}"),
            f"{address_of(request)}/me/notifications",
            by=by,
            key=form.key,
            body=form.body,
            answer=answer,
        )
    except Refused as refused:
        return await _page(request, f"{channel}-test", form, refused)
    return see(f"/integration-jobs/{done.answer['id']}")


def _must_be_known(channel: str) -> None:
    if channel not in channels.FIELDS:
        raise Refused(NOT_FOUND)


ROUTES = [listing, export_route(JOBS, SEE), show, act, channels_page, set_up, test]
