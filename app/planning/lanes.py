"""A schedule as lanes of machines, in days from the first day shown: what the chart draws."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from app.config import settings
from app.core import clock, db
from app.core.quantities import shown
from app.core.words import N_, _
from app.planning import calendars, why
from app.planning.engine import WorkPattern
from app.production.states import COMPLETE, PAUSED, RUNNING

DAYS = 10
TOUCH = 0.02
"""Days by which a bar may reach into the next: rounding, and the least width a bar is drawn with."""
WORD = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


async def slots_of(schedule_id: int) -> list[dict[str, Any]]:
    """The slots with what is needed to draw and to say them, in order of machine and time."""
    rows = await db.rows(
        "select s.operation, s.setup_start, s.start, s.end_at, s.why, m.id as machine_id, m.code as machine, m.name as machine_name,"
        " c.code as center, c.name as center_name, c.calendar as calendar, o.seq, o.name as operation_name, o.state, o.good_q,"
        " o.setup_minutes, w.number, w.quantity_q, w.due_date, i.name as item_name, i.spec, i.unit_label, i.base_unit"
        " from schedule_slots s join machines m on m.id = s.machine join work_centers c on c.id = m.work_center"
        " join work_order_operations o on o.id = s.operation join work_orders w on w.id = o.work_order"
        " join items i on i.id = w.item where s.schedule = {} order by c.id, m.code, s.start",
        schedule_id,
    )
    for row in rows:
        row["why"] = [why.said(reason) for reason in json.loads(row["why"])]
        row["late"] = clock.local(row["end_at"]).date() > row["due_date"]
    return rows


async def chart(
    slots: Sequence[dict[str, Any]], first: date, number: str, chosen: int | None = None
) -> dict[str, Any]:
    """Days, lanes and now for the chart, from `first` on."""
    days = [first + timedelta(days=n) for n in range(DAYS)]
    patterns = await calendars.patterns(days[0] - timedelta(days=1), days[-1] + timedelta(days=1))
    lanes: dict[str, list[dict[str, Any]]] = {}
    for slot in slots:
        lanes.setdefault(slot["machine"], []).append(slot)
    week = next(iter(patterns.values()))
    usual = patterns.get("two_shifts", week)
    return {
        "days": [_day(day, usual) for day in days],
        "lanes": [_lane(own, days, patterns, number, chosen) for own in lanes.values()],
        "now": _offset(clock.now(), first) if days[0] <= clock.today() <= days[-1] else None,
    }


def _day(day: date, usual: WorkPattern) -> dict[str, str]:
    kind = "today" if day == clock.today() else "" if usual.hours_on(day) else "off"
    return {"date": f"{day:%m-%d}", "word": _(WORD[day.weekday()]), "kind": kind}


def _lane(
    slots: Sequence[dict[str, Any]],
    days: Sequence[date],
    patterns: dict[str, WorkPattern],
    number: str,
    chosen: int | None,
) -> dict[str, Any]:
    head = slots[0]
    pattern = patterns.get(head["calendar"])
    setup = sum(_worked(s["setup_start"], s["start"], pattern) for s in slots)
    run = sum(_worked(s["start"], s["end_at"], pattern) for s in slots)
    bars = [_bar(s, days[0], number, chosen) for s in slots if _within(s, days)]
    return {
        "id": head["machine"], "label": head["machine_name"], "note": f"{setup:.0f}＋{run:.0f} h", "kind": head["center"],
        "outside": head["calendar"] == calendars.OUTSIDE, "load": [_load(slots, day, pattern) for day in days],
        "bars": bars, "rows": _stacked(bars),
    }  # fmt: skip


def _worked(begins: datetime, ends: datetime, pattern: WorkPattern | None) -> float:
    """Working hours between two moments: a rest day that a bar reaches over is no work."""
    minutes = int((ends - begins).total_seconds() // 60)
    if pattern is None:
        return minutes / 60
    return sum(s.end - s.start for s in pattern.calendar(clock.local(begins), minutes).stretches) / 60


def _stacked(bars: Sequence[dict[str, Any]]) -> int:
    """Give each bar the first row of the lane in which it lies on no other, and tell how many rows that makes: a plater
    works on several batches side by side."""
    ends: list[float] = []
    for bar in sorted(bars, key=lambda b: b["start"]):
        row = next((n for n, end in enumerate(ends) if end <= bar["start"] + TOUCH), len(ends))
        ends[row:] = [bar["start"] + bar["width"], *ends[row + 1 :]]
        bar["row"] = row
    return max(1, len(ends))


def _within(slot: dict[str, Any], days: Sequence[date]) -> bool:
    return _offset(slot["end_at"], days[0]) > 0 and _offset(slot["setup_start"], days[0]) < len(days)


def _bar(slot: dict[str, Any], first: date, number: str, chosen: int | None) -> dict[str, Any]:
    start, run, end = (_offset(slot[name], first) for name in ("setup_start", "start", "end_at"))
    seen = max(start, 0.0)
    unit = slot["unit_label"] or slot["base_unit"]
    status = (
        "done"
        if slot["state"] == COMPLETE
        else "bad"
        if slot["late"]
        else "run"
        if slot["state"] in (RUNNING, PAUSED)
        else "plan"
    )
    return {
        "id": slot["operation"], "start": round(seen, 4), "width": round(max(end - seen, 0.02), 4), "setup": round(max(run - seen, 0), 4),
        "percent": min(100, slot["good_q"] * 100 // slot["quantity_q"]) if slot["quantity_q"] else 0, "status": status,
        "title": slot["number"][6:], "note": f"{slot['operation_name']} {slot['spec']} · {shown(slot['quantity_q'])} {unit}",
        "href": f"/schedules/{number}?slot={slot['operation']}#why", "locked": True, "chosen": slot["operation"] == chosen,
    }  # fmt: skip


def _load(slots: Sequence[dict[str, Any]], day: date, pattern: WorkPattern | None) -> int:
    """Percent of a day's working minutes that are taken."""
    if pattern is None:
        return 0
    midnight = datetime.combine(day, time(), settings.zone)
    open_, taken = 0, 0
    for begins, ends in pattern.hours_on(day):
        a, b = midnight + timedelta(minutes=begins), midnight + timedelta(minutes=ends)
        open_ += ends - begins
        for slot in slots:
            seconds = (min(b, slot["end_at"]) - max(a, slot["setup_start"])).total_seconds()
            taken += int(max(seconds, 0) // 60)
    return taken * 100 // open_ if open_ else 0


def _offset(moment: datetime, first: date) -> float:
    """Days from the first day's midnight."""
    return (clock.local(moment) - datetime.combine(first, time(), settings.zone)).total_seconds() / 86_400
