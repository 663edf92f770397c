"""The first-reply time (首次回复时间): working hours from an inquiry's coming in to our first reply.

Counted by the office's calendar, as alerts count. One that is not answered yet counts up to now. The limit is the warning
level of the rule "inquiry without a reply", two hours where there is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from app.config import settings
from app.core import clock, db
from app.core.conditions import Condition
from app.planning.hours import WorkingHours

LIMIT_HOURS = 2


@dataclass(frozen=True)
class Replies:
    """The inquiries of a period that have a reply: how many, how many within the limit, and the median in minutes."""

    start: date
    total: int
    in_time: int
    minutes: int | None


async def limit() -> timedelta:
    found = await db.value(
        "select min(warning) from alert_rules where kind = 'inquiry' and active and customer_level = '' and warning is not null"
    )
    return timedelta(hours=LIMIT_HOURS if found is None else int(found))


async def waits(rows: Sequence[dict[str, Any]]) -> list[timedelta | None]:
    """Of each row (received_at, answered_at) how long the first reply took, or takes so far; None when that is too long ago."""
    hours, now = await WorkingHours.until(clock.now()), clock.now()
    known = hours.stretches[0][0] if hours.stretches else now
    return [
        hours.between(row["received_at"], row["answered_at"] or now) if row["received_at"] >= known else None
        for row in rows
    ]


async def late_since(now: datetime) -> datetime:
    """Who came in before this moment and has no reply has waited longer than the limit."""
    return (await WorkingHours.until(now)).ago(await limit() / timedelta(hours=1), now)


async def replies(start: date, end: date, visible: Sequence[Condition] = ()) -> Replies:
    """Of the inquiries that came in from `start` to `end`, both included."""
    first, last = _begins(start), _begins(end + timedelta(days=1))
    wanted = [
        Condition("o.received_at >= {} and o.received_at < {} and o.answered_at is not null", (first, last)),
        *visible,
    ]
    where = " and ".join(f"({c.sql})" for c in wanted)
    rows = await db.report(
        f"select o.received_at, o.answered_at from inquiries o where {where}",
        *[a for c in wanted for a in c.args],
    )
    took, within = [each for each in await waits(rows) if each is not None], await limit()
    middle = int(median(took_one.total_seconds() for took_one in took) // 60) if took else None
    return Replies(start, len(took), sum(each <= within for each in took), middle)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), settings.zone)
