"""The first page after the login."""

from datetime import timedelta
from typing import Any

from litestar import Request, Response, get, post

from app.core import clock
from app.core.db import commit
from app.core.words import _, language
from app.home import setting_up, tiles, todos, urgent, waiting
from app.inquiries.inquiries import visible_to as asked_by
from app.inquiries.lists import said
from app.inquiries.permissions import SEE as ASKED
from app.insight import first_reply, on_time
from app.people import users
from app.people.actors import Actor
from app.people.permissions import RUN_HOUSE
from app.production.permissions import REPORT
from app.sales.conditions import visible_to
from app.sales.permissions import SEE
from app.web.input import read_form
from app.web.render import render, see

ENOUGH, WEEKS = 3, 12
"""With fewer months than that, the line is drawn by weeks."""
REPLY_DAYS = 30
COMPARABLE = 5
"""Months with fewer orders say nothing about each other."""


@get("/")
async def workplace(request: Request, by: Actor) -> Response[str]:
    """Tiles by what the person does, what waits for them, and for those who lead how punctual the factory is."""
    areas = tiles.areas_of(by)
    leads = any(area.key == "lead" for area in areas)
    chart = (
        await _on_time(by)
        if by.may(SEE) and (leads or any(area.key == "planning" for area in areas))
        else None
    )
    sells = leads or any(area.key == "sales" for area in areas)
    reply = await _first_reply(by) if sells and by.may(ASKED) else None
    return await render(
        request, "home/workplace.html", reply=reply, areas=await tiles.counted(areas), waiting=await waiting.for_me(by),
        urgent=await urgent.for_me(by, [area.key for area in areas]),
        todos=await todos.of(by, 1), guide=await setting_up.guide(by), chart=chart, leads=leads, reports=by.may(REPORT), greeting=_today(),
    )  # fmt: skip


@get("/todos")
async def todos_page(request: Request, by: Actor) -> Response[str]:
    """All that waits for this person, each with its oldest things."""
    return await render(request, "home/todos.html", todos=await todos.of(by))


@get("/setting-up")
async def setting_up_page(request: Request, by: Actor) -> Response[str]:
    """What a house is furnished with: also for who put it away from the workplace."""
    by.must(RUN_HOUSE)
    away = await users.is_put_away(setting_up.NAME, by)
    return await render(request, "home/setting_up.html", guide=await setting_up.steps(), away=away)


@post("/setting-up", status_code=303)
async def put_away(request: Request, by: Actor) -> Response[Any]:
    by.must(RUN_HOUSE)
    form = await read_form(request)
    away = form.flag("away")
    await commit(users.put_away, setting_up.NAME, away, by=by, key=form.key, body=form.body)
    return see(
        "/setting-up" if away else "/",
        _("Off the workplace; the help about going live leads here") if away else "",
    )


def _today() -> str:
    """12 月 8 日 周二 · 白班"""
    wall = clock.local(clock.now())
    weekday = "一二三四五六日"[wall.weekday()]
    shift = _("day shift") if clock.DAY_SHIFT_BEGINS <= wall.hour < 20 else _("night shift")
    said = f"{wall.month} 月 {wall.day} 日 周{weekday}" if language() == "zh_CN" else f"{wall:%A, %-d %B}"
    return f"{said} · {shift}"


async def _on_time(by: Actor) -> dict[str, Any]:
    """The rate of this month beside the last, and the points of twelve months for the line."""
    today = clock.today()
    rates = await on_time.by_month(on_time.year_until(today), on_time.month_end(today), visible_to(by))
    now, before = rates[-1], rates[-2]
    points = [(_month(r.start.month), r.percent) for r in rates if r.percent is not None]
    weekly = len(points) < ENOUGH
    if weekly:
        weeks = await on_time.by_week(today, WEEKS, visible_to(by))
        points = [(f"{r.start:%m-%d}", r.percent) for r in weeks if r.percent is not None]
    change = None
    if now.percent is not None and before.percent is not None and min(now.total, before.total) >= COMPARABLE:
        change = round(now.percent - before.percent, 1)
    return {
        "now": now, "change": change, "points": points, "weekly": weekly, "target": on_time.TARGET,
        "said": "、".join(f"{name} {value}%" for name, value in points),
    }  # fmt: skip


async def _first_reply(by: Actor) -> dict[str, Any]:
    """How long the first reply to an inquiry took in the last thirty days, in the middle; how many were in time."""
    today = clock.today()
    found = await first_reply.replies(today - timedelta(days=REPLY_DAYS), today, asked_by(by))
    late = found.total - found.in_time
    return {
        "value": said(timedelta(minutes=found.minutes)) if found.minutes is not None else "—",
        "note": _("%(n)s of %(total)s in time, 30 days", n=found.in_time, total=found.total) if found.total else _("no reply in 30 days"),
        "kind": "warn" if late else "ok" if found.total else None,
    }  # fmt: skip


def _month(number: int) -> str:
    return (
        f"{number}月"
        if language() == "zh_CN"
        else ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[number - 1]
    )


ROUTES = [workplace, todos_page, setting_up_page, put_away]
