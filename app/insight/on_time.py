"""The on-time delivery rate (准时交付率).

An order counts in the period of its promised day (the answer given to the customer; the customer's own due day until
there is one). It is judged once that day has ended or it was delivered in full, whichever comes first, and it is on time
when the day of full delivery (within the lines' tolerance) is not after the promised day. Cancelled orders do not count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.core import clock, db
from app.core.conditions import Condition

TARGET = 90
"""Per cent that the factory wants to reach."""


@dataclass(frozen=True)
class Rate:
    """Of `total` orders judged in the period that begins on `start`, so many were on time."""

    start: date
    on_time: int
    total: int

    @property
    def percent(self) -> float | None:
        """With one decimal; None when nothing was to be delivered."""
        return round(self.on_time * 1000 / self.total) / 10 if self.total else None


# Said by what it is not: without statistics of the tables SQLite takes the index on the state of nearly all.
_JUDGED = Condition(
    "o.state not in ('draft', 'submitted', 'cancelled') and o.promised_date >= {} and o.promised_date <= {}"
    " and (o.promised_date < {} or o.delivered_on is not null)"
)
_ON_TIME = "case when o.delivered_on <= o.promised_date then 1 else 0 end"


def judged(start: date, end: date, visible: Sequence[Condition] = ()) -> list[Condition]:
    """The orders `o` that count from `start` to `end`, both included."""
    return [Condition(_JUDGED.sql, (start, end, clock.today())), *visible]


async def rate(start: date, end: date, visible: Sequence[Condition] = ()) -> Rate:
    """The rate of one period."""
    found = await _sums(judged(start, end, visible), "all")
    return Rate(start, found[0]["on_time"], found[0]["total"]) if found else Rate(start, 0, 0)


async def by_month(start: date, end: date, visible: Sequence[Condition] = ()) -> list[Rate]:
    """The rate of every month that the period touches, oldest first; months without orders too."""
    found = await _sums(judged(start, end, visible), "month")
    sums = {row["month"]: row for row in found}
    rates = []
    for month in months(start, end):
        row = sums.get(f"{month:%Y-%m}", {"on_time": 0, "total": 0})
        rates.append(Rate(month, row["on_time"], row["total"]))
    return rates


async def by_week(day: date, weeks: int, visible: Sequence[Condition] = ()) -> list[Rate]:
    """The rate of so many weeks up to the one of `day`, oldest first."""
    last = day - timedelta(days=day.weekday())
    starts = [last - timedelta(weeks=n) for n in reversed(range(weeks))]
    sums = {start: [0, 0] for start in starts}
    for row in await _sums(judged(starts[0], last + timedelta(days=6), visible), "day"):
        week = sums[row["day"] - timedelta(days=row["day"].weekday())]
        week[0] += row["on_time"]
        week[1] += row["total"]
    return [Rate(start, *sums[start]) for start in starts]


def months(start: date, end: date) -> list[date]:
    """The first days of the months from `start` to `end`."""
    found, month = [], start.replace(day=1)
    while month <= end:
        found.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return found


def year_until(day: date) -> date:
    """The first day of the month eleven months before: twelve months with the one of `day`."""
    month = day.year * 12 + day.month - 1 - 11
    return date(month // 12, month % 12 + 1, 1)


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


async def _sums(conditions: Sequence[Condition], group: str) -> list[dict[str, Any]]:
    where = " and ".join(f"({c.sql})" for c in conditions)
    args = [a for c in conditions for a in c.args]
    counts = f"count(*) as total, coalesce(sum({_ON_TIME}), 0) as on_time from sales_orders o where {where}"
    if group == "all":
        return await db.report(f"select {counts}", *args)
    month = "to_char(o.promised_date, 'YYYY-MM')" if db.on_postgres() else "substr(o.promised_date, 1, 7)"
    by = {"month": month, "day": "o.promised_date"}[group]
    return await db.report(f"select {by} as {group}, {counts} group by 1", *args)


async def rows_behind(
    start: date, end: date, visible: Sequence[Condition] = (), limit: int = 1000
) -> list[dict[str, Any]]:
    """The orders that were counted, the late ones first."""
    wanted = judged(start, end, visible)
    where, args = " and ".join(f"({c.sql})" for c in wanted), [a for c in wanted for a in c.args]
    return await db.report(
        "select o.number, o.customer_name, o.promised_date, o.delivered_on from sales_orders o"
        f" where {where} order by {_ON_TIME}, o.promised_date, o.id limit {int(limit)}",
        *args,
    )
