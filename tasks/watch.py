"""Periodic work that watches: what must not be forgotten."""

from datetime import datetime

from app.alerts import sweep as alerts
from app.core import clock


async def sweep(due: datetime) -> None:
    """Raise, lift and close alerts by the rules, as the house stands now."""
    await alerts.sweep(clock.now())
