"""The tables of upkeep as they were at the beginning."""

from piccolo.columns import Timestamptz, Varchar
from piccolo.table import Table

from app.core.migrations import create_table


class PeriodicRun(Table, tablename="periodic_runs"):
    name = Varchar(length=60, unique=True)
    due_at = Timestamptz()


async def forwards() -> None:
    await create_table(PeriodicRun)
