"""The life of a call: written by who needs it, claimed, called outside of any transaction, its outcome kept."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from app.core import clock, db
from app.core import states as machine
from app.core.rows import locked
from app.core.words import N_, Word
from app.events.log import record
from app.integrations import events, outcomes, permissions, states
from app.integrations.outcomes import Outcome
from app.integrations.tables import IntegrationJob
from app.people.actors import Actor

MAIL, WECOM, ROBOT = "mail", "wecom", "robot"
TARGETS: dict[str, Word] = {MAIL: N_("Mail"), WECOM: N_("WeCom"), ROBOT: N_("WeCom group robot")}
WAITS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60, 120, 240))
REPEATABLE_FOR = timedelta(hours=3, minutes=30)
"""How long after the first try the other side still knows that it has had a message."""
LOST_AFTER = timedelta(minutes=5)
Prepare = Callable[[dict[str, Any]], Awaitable[dict[str, Any] | None]]


async def write(
    target: str, action: str, key: str, label: str, receiver: str, payload: dict[str, Any], due_at: datetime | None = None,
    message: dict[str, Any] | None = None,
) -> IntegrationJob:  # fmt: skip
    """A call to be made, as part of the transaction that needs it. The key says what is never to be called twice."""
    now = clock.now()
    job = IntegrationJob(
        target=target, action=action, key=key, label=label[:200], receiver=receiver[:120], state=states.WAITING, due_at=due_at or now,
        made_at=now, payload=json.dumps(payload, ensure_ascii=False), message=json.dumps(message, ensure_ascii=False) if message else "",
    )  # fmt: skip
    await job.save()
    return job


async def due(now: datetime, most: int = 50) -> list[int]:
    """The calls to be made now, those that wait longest first."""
    found = await db.rows(
        "select id from integration_jobs where state = 'waiting' and due_at <= {} order by due_at, id limit {}",
        now,
        most,
    )
    return [row["id"] for row in found]


async def claim(job_id: int, prepare: Prepare, *, by: Actor) -> dict[str, Any] | None:
    """Take a call to make it: no other process will. Its message is made at the first try; None when there is nothing to send."""
    job = await locked(IntegrationJob, IntegrationJob.id == job_id)
    if job.state != states.WAITING or job.due_at > clock.now():
        return None
    if not job.message:
        message = await prepare(job.to_dict())
        if message is None:
            await machine.move(job, states.MOVES, "skip")
            await db.rows("update integration_jobs set ended_at = {} where id = {}", clock.now(), job.id)
            return None
        job.message = json.dumps(message, ensure_ascii=False)
    await machine.move(job, states.MOVES, "call")
    now = clock.now()
    await db.rows(
        "update integration_jobs set tries = tries + 1, message = {}, began_at = {}, first_at = coalesce(first_at, {}) where id = {}",
        job.message, now, now, job.id,
    )  # fmt: skip
    return {
        **job.to_dict(),
        "tries": job.tries + 1,
        "message": json.loads(job.message),
        "payload": json.loads(job.payload),
    }


async def settle(job_id: int, outcome: Outcome, *, by: Actor) -> IntegrationJob:
    """Keep what a call came to, and when it is made again."""
    job = await locked(IntegrationJob, IntegrationJob.id == job_id)
    now = clock.now()
    verb, wait = _next(job, outcome, now)
    await machine.move(job, states.MOVES, verb)
    await db.rows(
        "update integration_jobs set code = {}, said = {}, request = {}, answer = {}, due_at = {}, ended_at = {} where id = {}",
        outcome.code[:40], str(outcome.said)[:300], _text(outcome.request), _text(outcome.answer),
        now + wait if wait else job.due_at, None if wait else now, job.id,
    )  # fmt: skip
    if verb in ("give_up", "lose"):
        await _tell(job, outcome, now, by)
    return job


def _next(job: IntegrationJob, outcome: Outcome, now: datetime) -> tuple[str, timedelta | None]:
    """The move, and how long to wait if it is to be made again."""
    if outcome.kind == outcomes.DONE:
        return "finish", None
    wait = outcome.after or WAITS[min(job.tries, len(WAITS)) - 1]
    if outcome.kind == outcomes.LATER and job.tries <= len(WAITS):
        return "wait", wait
    if outcome.kind == outcomes.UNKNOWN:
        known = job.first_at is None or now + wait - job.first_at < REPEATABLE_FOR
        return ("wait", wait) if outcome.repeatable and known else ("lose", None)
    return "give_up", None


async def _tell(job: IntegrationJob, outcome: Outcome, now: datetime, by: Actor) -> None:
    """An event for the administrators, unless the same cause was told in the last day."""
    told = await db.value(
        "select 1 from integration_jobs where target = {} and code = {} and state in ('failed', 'unknown') and ended_at > {} and id <> {}",
        job.target, outcome.code[:40], now - timedelta(days=1), job.id,
    )  # fmt: skip
    if not told:
        failed = events.JobFailed(
            subject=("integration_job", job.id),
            target=TARGETS[job.target],
            label=job.label,
            code=outcome.code,
            said=str(outcome.said)[:200],
        )
        await record(failed, by=by)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)[:8000] if value is not None else ""


async def lost(now: datetime, here: set[int]) -> list[int]:
    """Calls that a process began and never settled: it died. `here` are those this process is making."""
    found = await db.rows(
        "select id from integration_jobs where state = 'running' and (began_at is null or began_at < {}) order by id",
        now - LOST_AFTER,
    )
    return [row["id"] for row in found if row["id"] not in here]


async def retry(job_id: int, *, by: Actor, version: int | None = None) -> IntegrationJob:
    """Make a call again that was given up or got no answer; its tries begin anew."""
    by.must(permissions.RETRY)
    job = await locked(IntegrationJob, IntegrationJob.id == job_id, version=version)
    await machine.move(job, states.MOVES, "retry", states.LOOKS)
    await db.rows(
        "update integration_jobs set tries = 0, first_at = null, ended_at = null, due_at = {} where id = {}",
        clock.now(),
        job.id,
    )
    await record(
        events.JobRetried(subject=("integration_job", job.id), target=TARGETS[job.target], label=job.label),
        by=by,
    )
    return job


async def drop(job_id: int, *, by: Actor, version: int | None = None) -> IntegrationJob:
    """Do not make a call any more."""
    by.must(permissions.RETRY)
    job = await locked(IntegrationJob, IntegrationJob.id == job_id, version=version)
    await machine.move(job, states.MOVES, "drop", states.LOOKS)
    await db.rows("update integration_jobs set ended_at = {} where id = {}", clock.now(), job.id)
    await record(
        events.JobDropped(subject=("integration_job", job.id), target=TARGETS[job.target], label=job.label),
        by=by,
    )
    return job
