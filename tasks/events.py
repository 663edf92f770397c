"""The relay: gives committed events their position, shows them to open pages, and hands them to their reactions.

The truth is the row per (event, reaction) that the reaction's own transaction writes; the queue is only a hint, so a
crash anywhere loses nothing and doubles nothing. Woken after each commit; sweeps once a minute for what a crash left.
"""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from app.config import settings
from app.core import clock, db
from app.core.db import DB
from app.web import live
from tasks.queue import consuming, huey, on_loop, run
from tasks.reactions import REACTIONS

log = logging.getLogger("zhunjiao")
SWEEP_SECONDS = 60
LISTEN_SECONDS = 60 if not settings.redis_url else 1  # what a worker apart commits wakes nobody here
WINDOW = 500
UNDELIVERED = (
    "select id, name, position from events where delivered_at is null and position > {}"
    " order by position limit {}"
)
_STAMP = (
    "update events set position = base.top + rank.n from"
    " (select id, row_number() over (order by id) as n from events where position is null) rank,"
    " (select coalesce(max(position), 0) as top from events) base where rank.id = events.id"
    " returning events.id, events.position, events.name, events.subject_kind, events.subject_id"
)


@asynccontextmanager
async def relaying() -> AsyncIterator[None]:
    """Relay events while the block runs, in this loop; the queue's threads work beside it."""
    loop = asyncio.get_running_loop()
    on_loop(loop)
    woken = asyncio.Event()

    def wake() -> None:
        loop.call_soon_threadsafe(woken.set)

    db.on_commit.append(wake)
    woken.set()
    async with consuming():
        relay = asyncio.create_task(_relay(woken))
        try:
            yield
        finally:
            db.on_commit.remove(wake)
            relay.cancel()
            with suppress(asyncio.CancelledError):
                await relay


async def _relay(woken: asyncio.Event) -> None:
    handed, swept = 0, time.monotonic()
    while True:
        with suppress(TimeoutError):
            async with asyncio.timeout(
                LISTEN_SECONDS
            ):  # wait_for() would swallow an end that comes with a waking
                await woken.wait()
        woken.clear()
        if time.monotonic() - swept >= SWEEP_SECONDS:
            handed, swept = 0, time.monotonic()
        try:
            await stamp()
            handed = await hand_over(handed)
        except Exception:
            log.exception("the relay stumbled and tries again")
            await asyncio.sleep(1)
            woken.set()


async def stamp() -> None:
    """Give every committed event its position, in order, and tell the open pages."""
    if not await db.value("select 1 from events where position is null limit 1"):
        return
    async with DB.transaction():
        if db.on_postgres():
            await db.rows("select pg_advisory_xact_lock(20261122)")
        stamped = await db.rows(_STAMP)
        links = await db.rows(
            "select event, kind, subject_id from event_links where event >= {} and event <= {}",
            min((s["id"] for s in stamped), default=0), max((s["id"] for s in stamped), default=0),
        )  # fmt: skip
    about: dict[int, list[tuple[str, int]]] = {}
    for link in links:
        about.setdefault(link["event"], []).append((link["kind"], link["subject_id"]))
    for event in sorted(stamped, key=lambda s: s["position"]):
        live.tell(event["position"], about.get(event["id"], []))


async def hand_over(after: int) -> int:
    """Queue the reactions of undelivered events beyond the position `after`; the last position handed over."""
    while True:
        events = await db.rows(UNDELIVERED, after, WINDOW)
        if not events:
            return after
        idle = [e["id"] for e in events if e["name"] not in REACTIONS]
        if idle:
            async with DB.transaction():
                await db.rows(
                    f"update events set delivered_at = {{}} where id in ({', '.join(map(str, idle))})",
                    clock.now(),
                )
        for event in events:
            for name in REACTIONS.get(event["name"], {}):
                await asyncio.to_thread(deliver_task, event["id"], name)
        after = events[-1]["position"]


@huey.task(retries=5, retry_delay=2)
def deliver_task(event_id: int, reaction: str) -> None:
    run(deliver(event_id, reaction))


async def deliver(event_id: int, reaction: str) -> bool:
    """Run one reaction to one event, once. False when it was done before."""
    async with DB.transaction():
        claimed = await db.rows(
            "insert into reactions_done (event, reaction, done_at) values ({}, {}, {})"
            " on conflict (event, reaction) do nothing returning id",
            event_id, reaction, clock.now(),
        )  # fmt: skip
        if claimed:
            event = await db.one("select * from events where id = {}", event_id)
            assert event is not None
            await REACTIONS[event["name"]][reaction]({**event, "facts": json.loads(event["facts"])})
        await _finish(event_id)
    for wake in db.on_commit if claimed else ():
        wake()
    return bool(claimed)


async def _finish(event_id: int) -> None:
    """Mark the event as delivered with its last reaction. Two that end together both miss it; the sweep comes again."""
    event = await db.one(
        "select name, (select count(*) from reactions_done where event = e.id) as done from events e where id = {}"
        " and delivered_at is null",
        event_id,
    )
    if event is not None and event["done"] >= len(REACTIONS[event["name"]]):
        await db.rows("update events set delivered_at = {} where id = {}", clock.now(), event_id)


async def settle(rounds: int = 20) -> None:
    """Deliver everything here and now, without the queue: for commands that must not leave work behind, and tests."""
    for _ in range(rounds):
        await stamp()
        pending: list[dict[str, Any]] = await db.rows(
            "select id, name from events where delivered_at is null order by position"
        )
        if not pending:
            return
        for event in pending:
            for name in REACTIONS.get(event["name"], {}):
                await deliver(event["id"], name)
            if event["name"] not in REACTIONS:
                await db.rows("update events set delivered_at = {} where id = {}", clock.now(), event["id"])
