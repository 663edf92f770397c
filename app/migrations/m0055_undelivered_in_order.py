"""The relay finds what is not delivered in the order of its positions, without reading what was.

Both columns, since SQLite takes the index of all positions otherwise.
"""

from app.core.migrations import run


async def forwards() -> None:
    await run(
        "drop index events_undelivered",
        "create index events_undelivered on events (delivered_at, position) where delivered_at is null",
    )
