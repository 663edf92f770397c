"""Schedules for programs."""

import json
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post

from app.core import clock
from app.core.refusals import Refused
from app.core.rows import get as row_of
from app.people.actors import Actor
from app.planning import lanes, permissions, schedules
from app.planning.lists import SCHEDULES
from app.planning.tables import Schedule
from app.web.api import KEY_TOO_LONG, carry_out, if_match, listed, reply

BASE = "/api/v1/schedules"


def _moment(value: datetime | None) -> str | None:
    return clock.local(value).isoformat() if value is not None else None


def _head(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": row["number"], "state": row["state"], "made_at": _moment(row["made_at"]), "published_at": _moment(row["published_at"]),
        "seconds": f"{row['seconds_milli'] / 1000:.3f}", "score": json.loads(row["score"]), "baseline": json.loads(row["baseline"]),
        "version": row["version"],
    }  # fmt: skip


async def _shown(schedule: Schedule) -> dict[str, Any]:
    schedule = await row_of(Schedule, Schedule.id == schedule.id)
    slots = await lanes.slots_of(schedule.id)
    return {
        **_head(schedule.to_dict()), "failure": schedule.failure, "late": json.loads(schedule.late),
        "slots": [
            {"operation": f"{s['number']}/{s['seq']}", "machine": s["machine"], "setup_start": _moment(s["setup_start"]),
             "start": _moment(s["start"]), "end": _moment(s["end_at"]), "late": s["late"], "why": s["why"]}
            for s in slots
        ],
    }  # fmt: skip


@get(BASE)
async def list_schedules(request: Request, by: Actor, limit: int = 50) -> Response:
    by.must(permissions.SEE)
    page = await SCHEDULES.page(request, by, limit)
    return listed([_head(row) for row in page.rows], page.next_cursor)


@post(BASE)
async def run(request: Request, by: Actor) -> Response:
    """Run the engine: 202 with the schedule's address; its `state` is `computing`, `proposed` or `failed`."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and len(key) > 150:
        raise Refused(KEY_TOO_LONG)
    made, replayed = await schedules.run_once(by=by, key=key, body=b"schedules\n" + await request.body())
    headers = {"Location": f"{BASE}/{made.number}", **({"Idempotency-Replayed": "true"} if replayed else {})}
    return reply(await _shown(made), 202, headers)


async def _called(number: str, by: Actor) -> Schedule:
    by.must(permissions.SEE)
    return await row_of(Schedule, Schedule.number == number[:40].replace("\x00", ""))


@get(BASE + "/{number:str}")
async def get_schedule(by: Actor, number: str) -> Response:
    return reply(await _shown(await _called(number, by)))


@get(BASE + "/{number:str}/differences")
async def differences(by: Actor, number: str) -> Response:
    """What publishing would change on the floor."""
    schedule = await _called(number, by)
    rows = await schedules.differences(schedule.number)
    shown = [
        {
            "operation": f"{r['work_order']}/{r['seq']}", "machine_before": r["machine_before"], "machine": r["machine_after"],
            "start_before": _moment(r["start_before"]), "start": _moment(r["start_after"]), "end_before": _moment(r["end_before"]),
            "end": _moment(r["end_after"]),
        }
        for r in rows
    ]  # fmt: skip
    return listed(shown, None)


@post(BASE + "/{number:str}/publish", status_code=200)
async def publish(request: Request, number: str) -> Response:
    return await carry_out(request, schedules.publish, number, version=if_match(request), shown=_shown)


ROUTES = [list_schedules, run, get_schedule, differences, publish]
