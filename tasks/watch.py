"""Periodic work that watches: what must not be forgotten, and what runs out by itself."""

from datetime import datetime

from app.alerts import sweep as alerts
from app.core import clock, db
from app.core.db import commit
from app.people.actors import HOUSE
from app.quotations import conditions, quotations


async def sweep(due: datetime) -> None:
    """Raise, lift and close alerts by the rules, as the house stands now."""
    await alerts.sweep(clock.now())


async def let_run_out(due: datetime) -> None:
    """Quotations whose last valid day has ended are expired."""
    gone = conditions.ran_out(clock.today())
    for row in await db.rows(f"select o.id from quotations o where {gone.sql} order by o.id", *gone.args):
        await commit(quotations.expire, row["id"], by=HOUSE)
