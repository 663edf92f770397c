"""Devices: let in by a code that is shown once, known by a cookie afterwards, revoked at any moment.

Codes, cookies and revocations go by real time.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.core import clock, db, ids
from app.core.refusals import NOT_A_CHOICE, UNKNOWN, Refused
from app.core.rows import locked
from app.core.text import clean
from app.core.words import LANGUAGES, N_
from app.events.log import record
from app.people.actors import Actor
from app.people.events import DeviceEnrolled, DeviceMade, DeviceRevoked
from app.people.permissions import EDIT_DEVICES
from app.people.refusals import BAD_CODE
from app.people.tables import Device, Team

TABLET, PDA = "tablet", "pda"
KINDS = {TABLET: N_("Tablet at the machines"), PDA: N_("Scanner in the warehouse")}
CODE_LASTS = timedelta(minutes=30)
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is mistaken for another when typed
AT_THE_DOOR = Actor(name="")
"""A browser that is about to become a device."""


@dataclass(frozen=True)
class NewDevice:
    """`kind` is one of KINDS, `team` a code or '', `language` that of its screens, the house's when empty."""

    name: str
    kind: str = TABLET
    team: str = ""
    language: str = ""


async def create(new: NewDevice, *, by: Actor) -> tuple[Device, str]:
    """A new device and the code that lets it in."""
    by.must(EDIT_DEVICES)
    if new.kind not in KINDS:
        raise Refused(NOT_A_CHOICE, "kind", given=new.kind)
    if new.language and new.language not in LANGUAGES:
        raise Refused(NOT_A_CHOICE, "language", given=new.language)
    number = await db.value("select coalesce(max(id), 0) + 1 from devices")
    row = Device(
        code=f"DEV{number:03d}",
        name=new.name,
        kind=new.kind,
        team=await _team(new.team),
        language=new.language,
        token_hash="",
        enrol_hash="",
    )
    await row.save()
    await record(DeviceMade(subject=("device", row.id), device=row.name), by=by)
    return await invite(row.code, by=by)


async def _team(code: str) -> int | None:
    if not code:
        return None
    found = await Team.objects().where(Team.code == code).first()
    if found is None:
        raise Refused(UNKNOWN, "team", given=code[:60])
    return found.id


async def invite(code: str, *, by: Actor) -> tuple[Device, str]:
    """A new code for a device, good once and for half an hour; an earlier one is void."""
    by.must(EDIT_DEVICES)
    row = await locked(Device, Device.code == code)
    secret = "".join(secrets.choice(_LETTERS) for _ in range(10))
    row.enrol_hash, row.enrol_until = ids.fingerprint(secret), clock.real_now() + CODE_LASTS
    await db.rows(
        "update devices set enrol_hash = {}, enrol_until = {} where id = {}",
        row.enrol_hash,
        row.enrol_until,
        row.id,
    )
    return row, secret


async def enrol(secret: str, *, by: Actor) -> tuple[Device, str]:
    """Use a code up: the device and the secret of its cookie. Whoever had been this device is no longer."""
    given = clean(secret).upper().replace("-", "").replace(" ", "")
    now, token = clock.real_now(), ids.token()
    found = await db.rows(
        "update devices set token_hash = {}, enrol_hash = '', enrol_until = null, enrolled_at = {},"
        " seen_at = {},"
        " revoked_at = null, version = version + 1"
        " where enrol_hash = {} and enrol_hash <> '' and enrol_until > {} returning id",
        ids.fingerprint(token),
        now,
        now,
        ids.fingerprint(given),
        now,
    )
    if not found:
        raise Refused(BAD_CODE, "code")
    row = await locked(Device, Device.id == found[0]["id"])
    enrolled = DeviceEnrolled(subject=("device", row.id), device=row.name)
    await record(enrolled, by=Actor(name=row.name, device_id=row.id))
    return row, token


async def revoke(code: str, *, by: Actor) -> Device:
    """From now on the device is let in no more; its code is void too. Twice is once."""
    by.must(EDIT_DEVICES)
    row = await locked(Device, Device.code == code)
    if row.revoked_at is None:
        row.revoked_at = clock.real_now()
        await db.rows(
            "update devices set revoked_at = {}, enrol_hash = '', enrol_until = null, version = version +"
            " 1 where id = {}",
            row.revoked_at,
            row.id,
        )
        await record(DeviceRevoked(subject=("device", row.id), device=row.name), by=by)
    return row


def state_of(row: dict[str, Any]) -> str:
    """new, enrolled or revoked."""
    if row["revoked_at"] is not None:
        return "revoked"
    return "enrolled" if row["enrolled_at"] is not None else "new"


async def shown(device: Device) -> dict[str, Any]:
    """A device for programs and for itself."""
    row = await db.one(
        "select d.*, t.name as team_name, t.code as team_code from devices d left join teams t on t.id ="
        " d.team where d.id = {}",
        device.id,
    )
    assert row is not None
    return row_shown(row)


def row_shown(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["code"],
        "code": row["code"],
        "name": row["name"],
        "kind": row["kind"],
        "team": row["team_name"],
        "team_code": row["team_code"],
        "state": state_of(row),
        "seen_at": row["seen_at"].isoformat() if row["seen_at"] else None,
    }
