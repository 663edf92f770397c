"""Periodic work that keeps the house in order; when it is done stands in schedule.py."""

import asyncio
import logging
from datetime import datetime, timedelta

from app.core import clock, db
from app.core.db import DB
from app.upkeep import backup

log = logging.getLogger("zhunjiao")
KEYS_KEPT = timedelta(days=30)


async def back_up(due: datetime) -> None:
    """The nightly backup; its failure is remembered and shown as a red banner."""
    await backup.back_up()


async def forget_keys(due: datetime) -> None:
    """Idempotency keys are kept 30 days, those of devices for ever."""
    async with DB.transaction():
        await db.rows(
            "delete from idempotency_keys where stored_at < {} and key not like 'device%'",
            clock.real_now() - KEYS_KEPT,
        )


async def weigh_tables(due: datetime) -> None:
    """How much lies in each index, for who opens the house next: SQLite plans by it, and never weighs by itself."""
    if not db.on_postgres():
        await DB.run_ddl("analyze")


async def renew_certificate(due: datetime) -> None:
    """A new server certificate before the old one ends."""

    def renew() -> bool:
        from app.upkeep import https

        return https.renew()

    if await asyncio.to_thread(renew):
        log.warning("the certificate was renewed; the server takes it at its next start")
