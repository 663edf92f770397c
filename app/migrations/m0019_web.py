"""The tables of web as they were at the beginning."""

from piccolo.columns import Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import Team, User


class SavedView(Table, tablename="saved_views"):
    user = ref(User)
    team = ref(Team, optional=True)
    list = Varchar(length=40)
    name = Varchar(length=40)
    query = Varchar(length=500)


INDEXES = ('create unique index saved_views_once on saved_views ("user", list, name)',)


async def forwards() -> None:
    await create_table(SavedView)
    await run(*INDEXES)
