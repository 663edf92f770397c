"""The tables of portal as they were at the beginning."""

from piccolo.columns import Boolean, Integer, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table
from app.migrations.m0003_people import User
from app.migrations.m0010_sales import SalesOrder


class ShareLink(Table, tablename="share_links"):
    order = ref(SalesOrder)
    token_hash = Varchar(length=64, unique=True)
    hint = Varchar(length=12)
    shows_quantities = Boolean()
    made_by = ref(User, optional=True)
    made_at = Timestamptz()
    ends_at = Timestamptz()
    revoked_at = Timestamptz(null=True, default=None)
    opened = Integer()
    last_opened_at = Timestamptz(null=True, default=None)


async def forwards() -> None:
    await create_table(ShareLink)
