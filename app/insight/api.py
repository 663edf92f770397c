"""Key figures for programs."""

from datetime import date, timedelta
from typing import Any

from litestar import Request, Response, get

from app.core import clock
from app.core.refusals import NOT_A_CHOICE, NOT_A_DATE, Refused
from app.inquiries.inquiries import visible_to as inquiries_visible_to
from app.inquiries.permissions import SEE as SEE_INQUIRIES
from app.insight import first_reply, on_time
from app.people.actors import Actor
from app.sales.conditions import visible_to
from app.sales.permissions import SEE
from app.web.api import reply
from app.web.input import Input

LONGEST = timedelta(days=3660)


def _period(request: Request) -> tuple[date, date]:
    form = Input(dict(request.query_params))
    end = form.day("to") or clock.today()
    start = form.day("from") or on_time.year_until(end)
    if end < start or end - start > LONGEST:
        form.refuse("from", NOT_A_DATE, given=form.raw("from")[:20])
    form.check()
    return start, end


@get("/api/v1/kpis/on-time-rate")
async def on_time_rate(
    request: Request, by: Actor, group_by: str = "", detail: bool = False
) -> Response[Any]:
    """Numerator and denominator of the period, by month with `group_by=month`, the orders behind it with `detail=true`."""
    by.must(SEE)
    if group_by not in ("", "month"):
        raise Refused(NOT_A_CHOICE, "group_by", given=group_by[:40])
    start, end = _period(request)
    visible = visible_to(by)
    whole = await on_time.rate(start, end, visible)
    body = {"name": "on-time-rate", "from": start, "to": end, "target": on_time.TARGET, **_shown(whole)}
    if group_by:
        body["series"] = [
            {"month": f"{each.start:%Y-%m}", **_shown(each)}
            for each in await on_time.by_month(start, end, visible)
        ]
    if detail:
        body["rows"] = await on_time.rows_behind(start, end, visible)
    return reply(body)


@get("/api/v1/kpis/first-reply-time")
async def first_reply_time(request: Request, by: Actor) -> Response[Any]:
    """The median of the period in working minutes; numerator: replies within the limit, denominator: replies."""
    by.must(SEE_INQUIRIES)
    start, end = _period(request)
    found, limit = await first_reply.replies(start, end, inquiries_visible_to(by)), await first_reply.limit()
    return reply({
        "name": "first-reply-time", "from": start, "to": end, "target": int(limit.total_seconds() // 60), "value": found.minutes,
        "numerator": found.in_time, "denominator": found.total,
    })  # fmt: skip


def _shown(rate: on_time.Rate) -> dict[str, Any]:
    return {"value": rate.percent, "numerator": rate.on_time, "denominator": rate.total}


ROUTES = [on_time_rate, first_reply_time]
