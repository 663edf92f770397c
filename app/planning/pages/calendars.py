"""Working calendars: the days of the coming weeks, and the company's own word on any of them."""

from datetime import timedelta
from typing import Any

from litestar import Request, Response, get, post

from app.core import clock
from app.core.db import commit
from app.core.refusals import Refused
from app.core.words import N_, _
from app.people.actors import Actor
from app.planning import calendars, permissions
from app.web.input import Input, read_form
from app.web.render import render, see

WEEKS = 6
SOURCES = {
    calendars.COMPANY: (N_("company"), "chg"), calendars.OFFICIAL: (N_("official"), "ok"),
    calendars.ESTIMATED: (N_("estimated"), "warn"), calendars.WEEK: (N_("week"), "todo"),
}  # fmt: skip


@get("/calendars")
async def show(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    return await _page(request, by, Input({}))


async def _page(request: Request, by: Actor, form: Input, refused: Refused | None = None) -> Response:
    code = form.raw("calendar") or request.query_params.get("calendar", "two_shifts")
    code = code if code in calendars.SEEDS else "two_shifts"
    first = clock.today() - timedelta(days=clock.today().weekday())
    days = [first + timedelta(days=n) for n in range(WEEKS * 7)]
    pattern = (await calendars.patterns(days[0], days[-1]))[code]
    told: list[dict[str, Any]] = []
    for day, word in (await calendars.days_of(code, days[0], days[-1])).items():
        hours = sum(b - a for a, b in pattern.hours_on(day)) / 60
        label, kind = SOURCES[word.source]
        told.append(
            {
                "day": day,
                "hours": hours,
                "source": _(label),
                "kind": kind,
                "name": word.name,
                "own": word.source == "company",
            }
        )
    return await render(
        request, "planning/calendars.html", 200 if refused is None else refused.status, code=code, days=told,
        names=[(key, _(name)) for key, (name, _week, _holidays) in calendars.SEEDS.items()],
        values={k: str(v) for k, v in form.values.items()}, problems=refused.fields() if refused else {},
        can_edit=by.may(permissions.EDIT_CALENDARS),
    )  # fmt: skip


@post("/calendars/days", status_code=303)
async def set_day(request: Request, by: Actor) -> Response:
    form = await read_form(request)
    try:
        code, day = form.text("calendar", 60, required=True), form.day("day", required=True)
        works, note = form.choice("works", ("yes", "no", "clear")), form.prose("note", 80)
        form.check()
        assert day is not None
        if works == "clear":
            await commit(calendars.clear_day, code, day, by=by, key=form.key, body=form.body)
        else:
            await commit(
                calendars.set_day, code, day, works == "yes", note, by=by, key=form.key, body=form.body
            )
    except Refused as refused:
        if not refused.fields():
            raise
        return await _page(request, by, form, refused)
    return see(f"/calendars?calendar={code}", _("%(day)s is set", day=day.isoformat()))


ROUTES = [show, set_day]
