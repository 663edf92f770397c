"""Calling third parties: jobs that are due, one after another, outside of any transaction. A crash leaves a job *running*; see lost()."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

from app.config import settings
from app.core import clock, db
from app.core.db import commit
from app.integrations import jobs, outcomes
from app.integrations.outcomes import GIVE_UP, UNKNOWN, Outcome
from app.notifications import sending
from app.people.actors import HOUSE

log = logging.getLogger("zhunjiao")
LOOK_SECONDS = 5
TARGETS: dict[str, Callable[[dict[str, Any]], Awaitable[Outcome]]] = {
    jobs.MAIL: sending.by_mail,
    jobs.WECOM: sending.by_wecom,
    jobs.ROBOT: sending.by_robot,
}
REPEATABLE = (jobs.WECOM,)
"""Targets that throw away a message they have had before."""
_here: set[int] = set()


@asynccontextmanager
async def calling() -> AsyncIterator[None]:
    """Make due calls while the block runs."""
    if settings.env == "test":
        yield
        return
    caller = asyncio.create_task(_call_on())
    try:
        yield
    finally:
        caller.cancel()
        with suppress(asyncio.CancelledError):
            await caller


async def _call_on() -> None:
    while True:
        try:
            await call_due(clock.now())
        except Exception:
            log.exception("the caller stumbled and tries again")
        await asyncio.sleep(LOOK_SECONDS)


async def call_due(now: datetime) -> int:
    """Make every call that is due; how many."""
    for job_id in await jobs.lost(now, _here):
        gone = Outcome(UNKNOWN, "stopped", outcomes.STOPPED, repeatable=await _repeatable(job_id))
        await commit(jobs.settle, job_id, gone, by=HOUSE)
    called = 0
    for job_id in await jobs.due(now):
        called += await call(job_id)
    return called


async def _repeatable(job_id: int) -> bool:
    return await db.value("select target from integration_jobs where id = {}", job_id) in REPEATABLE


async def call(job_id: int) -> bool:
    """Make one call and keep what came of it. False when there was nothing to do."""
    job = (await commit(jobs.claim, job_id, sending.prepare, by=HOUSE)).value
    if job is None:
        return False
    _here.add(job_id)
    try:
        outcome = await TARGETS[job["target"]](job)
    except Exception:
        log.exception("job %s broke", job_id)
        outcome = Outcome(GIVE_UP, "broke", outcomes.BROKE, ours=True)
    finally:
        _here.discard(job_id)
    await commit(jobs.settle, job_id, outcome, by=HOUSE)
    return True
