"""SCHEDULE: everything the house does by itself, on one page. Times are the factory's.

Driven by our own ticker, so that a house whose clock is moved does the work of the days between, in their order.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from app.config import settings
from app.core import clock, db
from app.core.db import DB
from tasks import approvals, upkeep, watch

log = logging.getLogger("zhunjiao")
TICK_SECONDS = 20
LONGEST = timedelta(days=400)


@dataclass(frozen=True)
class Periodic:
    """Work done every day `at` this time, and then `every` so often until midnight if that is given.

    `each`: also for the days that were missed, else only for the last of them.
    """

    name: str
    at: time
    work: Callable[[datetime], Awaitable[None]]
    each: bool = False
    every: timedelta | None = None

    @property
    def when(self) -> str:
        """02:00, or 00:00 + 5 min."""
        return f"{self.at:%H:%M}" + (f" + {self.every // timedelta(minutes=1)} min" if self.every else "")


SCHEDULE = (
    Periodic("alerts", time(0, 0), watch.sweep, every=timedelta(minutes=5)),
    Periodic("quotations_run_out", time(0, 5), watch.let_run_out),
    Periodic("backup", time(2, 0), upkeep.back_up),
    Periodic("forget_keys", time(3, 0), upkeep.forget_keys),
    Periodic("weigh_tables", time(3, 15), upkeep.weigh_tables),
    Periodic("renew_certificate", time(3, 30), upkeep.renew_certificate),
    Periodic("look_after_approvals", time(0, 0), approvals.look_after, every=timedelta(minutes=10)),
)


@asynccontextmanager
async def ticking() -> AsyncIterator[None]:
    """Look at the schedule every few seconds while the block runs."""
    if settings.env == "test":
        yield
        return
    ticker = asyncio.create_task(_tick())
    try:
        yield
    finally:
        ticker.cancel()
        with suppress(asyncio.CancelledError):
            await ticker


async def _tick() -> None:
    while True:
        try:
            await run_due(clock.now())
        except Exception:
            log.exception("the ticker stumbled and tries again")
        await asyncio.sleep(TICK_SECONDS)


async def run_due(now: datetime, schedule: tuple[Periodic, ...] = SCHEDULE) -> list[tuple[str, datetime]]:
    """Carry out what is due until `now`, oldest first; what failed is tried again the next time. What was done."""
    last = {r["name"]: r["due_at"] for r in await db.rows("select name, due_at from periodic_runs")}
    due: list[tuple[datetime, Periodic]] = []
    for periodic in schedule:
        if periodic.name not in last:
            await _remember(periodic.name, now)
        times = _times(periodic, last.get(periodic.name, now), now)
        due += [(when, periodic) for when in (times if periodic.each else times[-1:])]
    done = []
    for when, periodic in sorted(due, key=lambda d: d[0]):
        try:
            await periodic.work(when)
        except Exception:
            log.exception("%s failed", periodic.name)
            continue
        await _remember(periodic.name, when)
        done.append((periodic.name, when))
    return done


def _times(periodic: Periodic, after: datetime, until: datetime) -> list[datetime]:
    """The moments at which it is due after `after`, up to `until`; of what is done all day long only the last."""
    after = max(after, until - LONGEST)
    day, found = clock.local(until if periodic.every else after).date(), []
    while (when := datetime.combine(day, periodic.at, settings.zone).astimezone(UTC)) <= until:
        if periodic.every:
            when += (until - when) // periodic.every * periodic.every
        if when > after:
            found.append(when)
        day += timedelta(days=1)
    return found


async def _remember(name: str, when: datetime) -> None:
    async with DB.transaction():
        await db.rows(
            "insert into periodic_runs (name, due_at) values ({}, {})"
            " on conflict (name) do update set due_at = excluded.due_at",
            name, when,
        )  # fmt: skip
