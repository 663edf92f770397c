"""What tablets and scanners speak with, and programs that stand in for them."""

import json
from typing import Any

from litestar import Request, Response, get, post

from app.core.db import Done, commit
from app.core.refusals import NOT_FOUND, Refused
from app.delivery import notes
from app.offline import intake, lists, snapshot
from app.offline.permissions import DECIDE
from app.offline.refusals import BATCH_TOO_LONG, NOT_A_BATCH, NOT_A_DEVICE
from app.offline.seats import seated
from app.people import badges, devices
from app.people.actors import HOUSE, Actor
from app.people.permissions import EDIT_DEVICES
from app.people.refusals import REVOKED
from app.scanning.resolve import resolve
from app.web.api import carry_out, key_of, listed, reply
from app.web.input import read_json

LARGEST = 2 * 1024 * 1024
COOKIE_DAYS = 3650
LABELLED = ("lot", "bin", "work_order", "operation", "delivery_note")
"""What lies or hangs before a device with its name printed beside its code."""


def sender(request: Request, by: Actor) -> Actor:
    """The device or program; a revoked device is told so, whoever is logged in beside it."""
    cookie = request.scope["state"]["cookies"].get("device")
    if cookie and by.device_id is None and "authorization" not in request.headers:
        raise Refused(REVOKED)
    return by


def device_of(request: Request, by: Actor) -> int:
    device_id = sender(request, by).device_id
    if device_id is None:
        raise Refused(NOT_A_DEVICE)
    return device_id


async def batch_of(request: Request) -> list[Any]:
    """The list in the body; NaN and Infinity become texts that no number field takes."""
    body = await request.body()
    if len(body) > LARGEST:
        raise Refused(BATCH_TOO_LONG, limit=intake.MOST)
    try:
        batch = json.loads(body, parse_constant=str)
    except (ValueError, RecursionError):
        raise Refused(NOT_A_BATCH) from None
    if not isinstance(batch, list):
        raise Refused(NOT_A_BATCH)
    return batch


@post("/api/v1/device-actions", status_code=200)
async def take_actions(request: Request, by: Actor) -> Response:
    """Facts from the floor, oldest first; each is answered on its own."""
    by = sender(request, by)
    return reply(await intake.take(await batch_of(request), by=by))


@get("/api/v1/device/snapshot")
async def show_snapshot(request: Request, by: Actor, cursor: str = "") -> Response:
    """The device's picture of the factory; `{"unchanged": true, …}` when nothing happened since `cursor`."""
    return reply(await snapshot.take(device_of(request, by), cursor))


@get("/api/v1/device/scans")
async def name_scan(request: Request, by: Actor, code: str = "") -> Response:
    """`{"kind", "number", "title"}` of what bears this code: a device's books hold its own work only."""
    device_of(request, by)
    found = await resolve(code, HOUSE)
    if found.kind not in LABELLED:
        raise Refused(NOT_FOUND)
    return reply({"kind": found.kind, "number": found.number, "title": found.title})


@post("/api/v1/device/pin", status_code=200)
async def check_pin(request: Request, by: Actor) -> Response:
    """Is this the person's PIN? 422 when not, 429 after too many tries."""
    device_of(request, by)
    form = await read_json(request)
    person, pin = form.text("person", 60, required=True), form.text("pin", 20, required=True)
    form.check()
    await badges.check_pin(person, pin)
    return reply({})


@post("/api/v1/device/delivery-notes/{number:str}/post", status_code=200)
async def post_delivery_note(request: Request, by: Actor, number: str) -> Response:
    """`{"person": "P-0007"}` posts what was picked, as this person; the same Idempotency-Key again is answered again."""
    device_of(request, by)
    form = await read_json(request)
    person = form.text("person", 60, required=True)
    form.check()

    async def answer(done: Done) -> dict[str, str]:
        return {"delivery_note": done.value.number, "state": done.value.state}

    who, body = await seated(person, by), f"{number} {person}"
    done = await commit(notes.post, number, by=who, key=key_of(request), body=body, answer=answer)
    return reply(done.answer, headers={"Idempotency-Replayed": "true"} if done.replayed else {})


@post("/api/v1/devices/enrol", status_code=200)
async def enrol(request: Request) -> Response:
    """The code an administrator was shown makes this browser a device, by a cookie hidden from scripts."""
    form = await read_json(request)
    code = form.text("code", 40, required=True)
    form.check()
    device, token = (await commit(devices.enrol, code, by=devices.AT_THE_DOOR)).value
    answer = reply({"device": await devices.shown(device)})
    answer.set_cookie(
        "device",
        token,
        max_age=COOKIE_DAYS * 86_400,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )
    return answer


@get("/api/v1/devices")
async def list_devices(request: Request, by: Actor, limit: int = 50) -> Response:
    by.must(EDIT_DEVICES)
    page = await lists.DEVICES.page(request, by, limit)
    return listed([devices.row_shown(row) for row in page.rows], page.next_cursor)


@post("/api/v1/devices", status_code=201)
async def make_device(request: Request, by: Actor) -> Response:
    """`{name, kind, team, language}`; the answer holds the enrolment code, shown this once."""
    form = await read_json(request)
    new = devices.NewDevice(
        form.text("name", 80, required=True),
        form.choice("kind", tuple(devices.KINDS)),
        form.text("team", 60),
        form.text("language", 10),
    )
    form.check()

    async def shown(made: tuple[Any, str]) -> dict[str, Any]:
        return {**await devices.shown(made[0]), "enrol_code": made[1]}

    return await carry_out(request, devices.create, new, shown=shown, status=201)


@post("/api/v1/devices/{code:str}/revoke", status_code=200)
async def revoke_device(request: Request, code: str) -> Response:
    return await carry_out(request, devices.revoke, code, shown=devices.shown)


@get("/api/v1/parked-actions")
async def list_parked(request: Request, by: Actor, limit: int = 50) -> Response:
    """What devices sent and the office looks at."""
    by.must(DECIDE)
    page = await lists.PARKED_ACTIONS.page(request, by, limit)
    return listed([lists.parked_shown(row) for row in page.rows], page.next_cursor)


ROUTES = [
    name_scan,
    take_actions,
    show_snapshot,
    check_pin,
    post_delivery_note,
    enrol,
    list_devices,
    make_device,
    revoke_device,
    list_parked,
]
