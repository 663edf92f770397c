"""Devices, badges, and what devices sent that the office looks at."""

import base64
import json
from typing import Any

from litestar import Request, Response, get, post

from app.config import ROOT, settings
from app.core import db
from app.core.db import commit
from app.core.refusals import NOT_FOUND, Refused
from app.core.states import possible
from app.core.words import LANGUAGES, _
from app.documents import qr
from app.documents.paint.badges import badge as paint_badges
from app.documents.sheets import Badge
from app.events.log import timeline
from app.offline import lists, parked, states
from app.offline.actions import ACTIONS
from app.offline.permissions import DECIDE
from app.offline.shell import shell_script
from app.people import badges, devices
from app.people.actors import Actor
from app.people.devices import KINDS, NewDevice, state_of
from app.people.permissions import EDIT_DEVICES, EDIT_PEOPLE
from app.scanning import codes
from app.web.export import export
from app.web.input import read_form
from app.web.lists import draw
from app.web.render import render, see


def address_of(request: Request) -> str:
    """The address by which devices reach this house."""
    return settings.public_url or f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"


@get("/pwa/shell.js")
async def shell() -> Response[str]:
    """The version of the tablets' screens and the files they keep."""
    text = shell_script(ROOT / "pwa", ROOT / "static")
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
        only_here=host in ("localhost", "127.0.0.1", "[::1]"),
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
        kind=_(KINDS.get(row["kind"], row["kind"])),
        language_name=LANGUAGES.get(row["language"], LANGUAGES["zh_CN"]),
        waiting=waiting,
        events=await timeline("device", row["id"]),
    )


@post("/devices/{code:str}/revoke", status_code=303)
async def revoke(request: Request, by: Actor, code: str) -> Response:
    form = await read_form(request)
    await commit(devices.revoke, code, by=by, key=form.key, body=form.body)
    return see(f"/devices/{code}", _("Device revoked"))


@get("/badges")
async def badge_list(request: Request, by: Actor) -> Response:
    by.must(EDIT_PEOPLE)
    return await draw(request, by, lists.BADGES)


@get("/badges/export.xlsx")
async def badge_export(request: Request, by: Actor) -> Response:
    by.must(EDIT_PEOPLE)
    return await export(request, by, lists.BADGES)


async def _badge_page(request: Request, code: str, problems: dict[str, str], status: int = 200) -> Response:
    row = await db.one(
        "select p.id, p.code, p.name, p.badge_hash, p.pin_hash, p.version, t.name as team_name from people p"
        " left join teams t on t.id = p.team where p.code = {} and p.active",
        code,
    )
    if row is None:
        raise Refused(NOT_FOUND)
    return await render(
        request,
        "offline/badge.html",
        status,
        row=row,
        problems=problems,
        events=await timeline("person", row["id"]),
    )


@get("/badges/{code:str}")
async def show_badge(request: Request, by: Actor, code: str) -> Response:
    by.must(EDIT_PEOPLE)
    return await _badge_page(request, code, {})


@post("/badges/{code:str}", status_code=200)
async def give_badge(request: Request, by: Actor, code: str) -> Response:
    """A new badge, answered with the card to print: its code is not kept and cannot be shown again."""
    form = await read_form(request)
    done = await commit(badges.give, [code], by=by, key=form.key, body=form.body)
    if done.value is None:
        return see(f"/badges/{code}", _("This badge was shown already; give a new one"), "warn")
    person, token = done.value[0]
    company = await db.value("select name from company order by id limit 1") or "准交"
    team = await db.value("select name from teams where id = {}", person.team) if person.team else ""
    link = codes.url(address_of(request), codes.make(codes.Kind.PERSON, token))
    card = Badge(company=company, name=person.name, number=person.code, team=team, qr=link)
    pdf = base64.b64encode(paint_badges(card, language=by.language)).decode()
    picture = qr.svg(link, _("Badge"))
    return await render(request, "offline/badge_given.html", person=person, team=team, qr=picture, pdf=pdf)


@post("/badges/{code:str}/pin", status_code=303)
async def set_pin(request: Request, by: Actor, code: str) -> Response:
    form = await read_form(request)
    try:
        await commit(badges.set_pin, code, form.raw("pin").strip(), by=by, key=form.key, body=form.body)
    except Refused as refused:
        if not refused.fields():
            raise
        return await _badge_page(request, code, refused.fields(), refused.status)
    return see(f"/badges/{code}", _("PIN set"))


@get("/device-actions")
async def action_list(request: Request, by: Actor) -> Response:
    by.must(DECIDE)
    return await draw(request, by, lists.PARKED_ACTIONS)


@get("/device-actions/export.xlsx")
async def action_export(request: Request, by: Actor) -> Response:
    by.must(DECIDE)
    return await export(request, by, lists.PARKED_ACTIONS)


async def _action_page(request: Request, id_: int, problems: dict[str, str], status: int = 200) -> Response:
    row = await db.one(
        "select a.*, d.name as device_name, p.name as person_name from parked_actions a left join devices d on d.id = a.device"
        " left join people p on p.id = a.person where a.id = {}",
        id_,
    )
    if row is None:
        raise Refused(NOT_FOUND)
    look = states.LOOKS[row["state"]]
    return await render(
        request,
        "offline/action.html",
        status,
        row=row,
        look=(_(look.label), look.kind),
        why=lists.why(row),
        problems=problems,
        what=_(ACTIONS[row["name"]].label) if row["name"] in ACTIONS else _("Unknown action"),
        said=_said(row["raw"]),
        verbs=possible(states.MOVES, row["state"]),
        events=await timeline("device_action", id_),
    )


def _said(raw: str) -> list[tuple[str, str]]:
    """What the action says, field by field; the raw text when it is not even JSON."""
    try:
        given = json.loads(raw)
    except ValueError:
        given = None
    payload = given.get("payload") if isinstance(given, dict) else None
    if not isinstance(payload, dict):
        return [("", raw[:2000])]
    return [
        (str(name), value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in payload.items()
    ]


@get("/device-actions/{id:int}")
async def show_action(request: Request, by: Actor, id: int) -> Response:
    by.must(DECIDE)
    return await _action_page(request, id, {})


@post("/device-actions/{id:int}/retry", status_code=303)
async def retry(request: Request, by: Actor, id: int) -> Response:
    form = await read_form(request)
    await commit(parked.retry, id, by=by, version=form.version, key=form.key, body=form.body)
    return see(f"/device-actions/{id}", _("Booked"))


@post("/device-actions/{id:int}/discard", status_code=303)
async def discard(request: Request, by: Actor, id: int) -> Response:
    form = await read_form(request)
    try:
        note = form.text("note", 300, required=True)
        form.check()
        await commit(parked.discard, id, note, by=by, version=form.version, key=form.key, body=form.body)
    except Refused as refused:
        if not refused.fields():
            raise
        return await _action_page(request, id, refused.fields(), refused.status)
    return see(f"/device-actions/{id}", _("Discarded"))


@post("/device-actions/{id:int}/see", status_code=303)
async def see_action(request: Request, by: Actor, id: int) -> Response:
    form = await read_form(request)
    await commit(parked.see, id, by=by, version=form.version, key=form.key, body=form.body)
    return see("/device-actions?state=flagged", _("Noted as seen"))


ROUTES = [
    shell,
    device_list,
    device_export,
    new_device,
    make_device,
    invite,
    show_device,
    revoke,
    badge_list,
    badge_export,
    show_badge,
    give_badge,
    set_pin,
    action_list,
    action_export,
    show_action,
    retry,
    discard,
    see_action,
]
