"""The tables of notifications as they were at the beginning."""

from piccolo.columns import BigInt, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import User


class Notice(Table, tablename="notices"):
    user = ref(User)
    event = BigInt()
    href = Varchar(length=200)
    made_at = Timestamptz()
    read_at = Timestamptz(null=True, default=None)


INDEXES = (
    'create unique index notices_once on notices ("user", event)',
    'create index notices_unread on notices ("user", id) where read_at is null',
)


async def forwards() -> None:
    await create_table(Notice)
    await run(*INDEXES)
