"""An index of the seats that may escalate only: one of all open seats drew every search of an inbox to itself."""

from app.core.migrations import run


async def forwards() -> None:
    await run(
        "drop index approval_seats_open",
        "create index approval_seats_late on approval_seats (since, id)"
        " where state = 'open' and hours > 0 and escalated_at is null",
    )
