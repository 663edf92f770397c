"""Schedules: the list, one as lanes by machine with its reasons, and publishing."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from litestar import Request, Response, get, post

from app.core import clock
from app.core.db import commit
from app.core.rows import get as row_of
from app.core.words import _
from app.events.log import timeline
from app.people.actors import Actor
from app.planning import lanes, permissions, schedules, states, why
from app.planning.lists import SCHEDULES
from app.planning.tables import Schedule
from app.web.export import export_route
from app.web.input import read_form
from app.web.lists import draw
from app.web.render import render, see


@get("/schedules")
async def listing(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    return await draw(request, by, SCHEDULES, can_run=by.may(permissions.RUN))


export_list = export_route(SCHEDULES, permissions.SEE)


@post("/schedules", status_code=303)
async def run(request: Request, by: Actor) -> Response:
    """Make a schedule now; when it takes longer its page says so and fills itself."""
    form = await read_form(request)
    made, _again = await schedules.run_once(by=by, key=form.key, body=form.body)
    return see(f"/schedules/{made.number}")


@get("/schedules/{number:str}")
async def show(request: Request, number: str, by: Actor) -> Response:
    by.must(permissions.SEE)
    schedule = await row_of(Schedule, Schedule.number == number[:40].replace("\x00", ""))
    return await render(request, "planning/schedule/show.html", **await _page(request, schedule, by))


async def _page(request: Request, schedule: Schedule, by: Actor) -> dict[str, Any]:
    slots = await lanes.slots_of(schedule.id)
    first = _first(request.query_params.get("from", ""), schedule)
    slot_id = request.query_params.get("slot", "")
    chosen = next((s for s in slots if str(s["operation"]) == slot_id), None)
    changes = await schedules.differences(schedule.number) if schedule.state == states.PROPOSED else []
    return {
        "schedule": schedule, "look": states.LOOKS[schedule.state], "score": json.loads(schedule.score),
        "baseline": json.loads(schedule.baseline), "late": [_late(row) for row in json.loads(schedule.late)],
        "chart": await lanes.chart(slots, first, schedule.number, chosen["operation"] if chosen else None), "slots": slots,
        "chosen": chosen, "changes": changes, "summary": summary(changes), "first": first,
        "before": (first - timedelta(days=7)).isoformat(), "after": (first + timedelta(days=7)).isoformat(),
        "can_publish": by.may(permissions.PUBLISH) and schedule.state == states.PROPOSED, "can_run": by.may(permissions.RUN),
        "events": await timeline("schedule", schedule.id),
    }  # fmt: skip


def _first(text: str, schedule: Schedule) -> date:
    """The first day shown: as asked, else the day the schedule was made."""
    try:
        asked = date.fromisoformat(text)
        return asked if 2000 <= asked.year <= 2099 else clock.local(schedule.made_at).date()
    except ValueError:
        return clock.local(schedule.made_at).date()


def _late(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "work_order": row["work_order"], "by": why.hours(row["minutes_late"]), "finish": datetime.fromisoformat(row["finish"]),
        "spent": why.spent(row["where"]), "chain": " → ".join(f"{link['operation']}（{link['machine']}）" for link in row["chain"]),
    }  # fmt: skip


def summary(changes: Sequence[dict[str, Any]]) -> dict[str, int]:
    """What publishing changes, counted: new on the plan, to another machine, earlier, later."""
    known = [c for c in changes if c["start_before"] is not None]
    return {
        "new": len(changes) - len(known),
        "moved": sum(c["machine_before"] != c["machine_after"] for c in known),
        "earlier": sum(c["start_after"] < c["start_before"] for c in known),
        "later": sum(c["start_after"] > c["start_before"] for c in known),
    }


@post("/schedules/{number:str}/publish", status_code=303)
async def publish(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    await commit(schedules.publish, number, version=form.version, by=by, key=form.key, body=form.body)
    return see(f"/schedules/{number}", _("Published: the floor works by %(number)s", number=number))


ROUTES = [listing, export_list, run, show, publish]
