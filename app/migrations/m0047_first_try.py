"""When a call was tried first, apart from when it was tried last: another process must tell a slow call from a lost one."""

from piccolo.columns import Timestamptz

from app.core.migrations import add_column


async def forwards() -> None:
    await add_column("integration_jobs", "first_at", Timestamptz(null=True, default=None))
