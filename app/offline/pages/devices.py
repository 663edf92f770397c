"""Devices: made, invited by a code shown once, revoked; and the shell they keep."""

from typing import Any

from litestar import Request, Response, get, post

from app.config import ROOT, settings
from app.core import db
from app.core.db import commit
from app.core.reach import is_this_machine
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import LANGUAGES, _
from app.documents import qr
from app.events.log import timeline
from app.offline import lists
from app.offline.shell import shell_script, worker_script
from app.people import devices
from app.people.actors import Actor
from app.people.devices import KINDS, NewDevice, state_of
from app.people.permissions import EDIT_DEVICES
from app.web.address import address_of
from app.web.export import export
from app.web.input import read_form
from app.web.lists import draw
from app.web.render import render, see


@get("/pwa/shell.js")
async def shell() -> Response[str]:
    """The version of the tablets' screens and the files they keep."""
    return _script(shell_script(ROOT / "pwa", ROOT / "static"))


@get("/service-worker.js")
async def service_worker() -> Response[str]:
    """What keeps the tablets' screens working without a network."""
    return _script(worker_script(ROOT / "pwa", ROOT / "static"))


def _script(text: str) -> Response[str]:
    return Response(text, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@get("/devices")
async def device_list(request: Request, by: Actor) -> Response:
    by.must(EDIT_DEVICES)
    return await draw(request, by, lists.DEVICES)


@get("/devices/export.xlsx")
async def device_export(request: Request, by: Actor) -> Response:
    by.must(EDIT_DEVICES)
    return await export(request, by, lists.DEVICES)


async def _device_form(
    request: Request, values: dict[str, Any], problems: dict[str, str], status: int = 200
) -> Response:
    teams = await db.rows("select code, name from teams where active order by name")
    return await render(
        request,
        "offline/device_new.html",
        status,
        values=values,
        problems=problems,
        teams=[(t["code"], t["name"]) for t in teams],
        kinds=[(kind, _(label)) for kind, label in KINDS.items()],
        languages=list(LANGUAGES.items()),
    )


@get("/devices/new")
async def new_device(request: Request, by: Actor) -> Response:
    by.must(EDIT_DEVICES)
    return await _device_form(request, {"kind": devices.TABLET, "language": settings.language}, {})


@post("/devices", status_code=200)
async def make_device(request: Request, by: Actor) -> Response:
    """The answer shows the code at once: it is not kept and cannot be shown again."""
    form = await read_form(request)
    try:
        new = NewDevice(
            form.text("name", 80, required=True),
            form.choice("kind", tuple(KINDS)),
            form.text("team", 60),
            form.choice("language", tuple(LANGUAGES), settings.language),
        )
        form.check()
        done = await commit(devices.create, new, by=by, key=form.key, body=form.body)
    except Refused as refused:
        if not refused.fields():
            raise
        return await _device_form(request, form.values, refused.fields(), refused.status)
    return await _invitation(request, done)


@post("/devices/{code:str}/invite", status_code=200)
async def invite(request: Request, by: Actor, code: str) -> Response:
    form = await read_form(request)
    return await _invitation(request, await commit(devices.invite, code, by=by, key=form.key, body=form.body))


async def _invitation(request: Request, done: db.Done) -> Response:
    """The code as QR and letters, this once; who sends the form again is led to the list."""
    if done.value is None:
        return see("/devices", _("This code was shown already; ask for a new one"), "warn")
    device, secret = done.value
    link = f"{address_of(request)}/enrol#{secret}"
    host = link.split("//", 1)[-1].split("/")[0].rsplit(":", 1)[0]
    return await render(
        request,
        "offline/invitation.html",
        device=device,
        link=link,
        code=f"{secret[:5]}-{secret[5:]}",
        qr=qr.svg(link, _("Enrolment code")),
        minutes=int(devices.CODE_LASTS.total_seconds() // 60),
        only_here=is_this_machine(host),
    )


@get("/devices/{code:str}")
async def show_device(request: Request, by: Actor, code: str) -> Response:
    by.must(EDIT_DEVICES)
    row = await db.one(
        "select d.*, t.name as team_name from devices d left join teams t on t.id = d.team where d.code = {}",
        code,
    )
    if row is None:
        raise Refused(NOT_FOUND)
    label, kind = lists.DEVICE_LOOKS[state_of(row)]
    waiting = await db.value(
        "select count(*) from parked_actions where device = {} and state = 'parked'", row["id"]
    )
    return await render(
        request,
        "offline/device.html",
        row=row,
        look=(_(label), kind),
        kind=_(KINDS.get(row["kind"], KINDS[devices.TABLET])),
        language_name=LANGUAGES.get(row["language"], LANGUAGES["zh_CN"]),
        waiting=waiting,
        events=await timeline("device", row["id"]),
    )


@post("/devices/{code:str}/revoke", status_code=303)
async def revoke(request: Request, by: Actor, code: str) -> Response:
    form = await read_form(request)
    await commit(devices.revoke, code, by=by, key=form.key, body=form.body)
    return see(f"/devices/{code}", _("Device revoked"))


ROUTES = [
    shell,
    service_worker,
    device_list,
    device_export,
    new_device,
    make_device,
    invite,
    show_device,
    revoke,
]
