"""Custom fields: their definitions, and the right to edit them. The columns for their values are there since the things are."""

from piccolo.columns import Boolean, Integer, Text, Varchar
from piccolo.table import Table

from app.core import db
from app.core.migrations import create_table, run


class CustomField(Table, tablename="custom_fields"):
    thing = Varchar(length=30)
    key = Varchar(length=31)
    label = Varchar(length=40)
    label_en = Varchar(length=40)
    kind = Varchar(length=10)
    unit = Varchar(length=10)
    decimals = Integer(default=0)
    options = Text(default="[]")
    required = Boolean(default=False)
    searchable = Boolean(default=False)
    in_list = Boolean(default=False)
    printed = Boolean(default=False)
    position = Integer(default=10)
    active = Boolean(default=True)
    version = Integer(default=1)


async def forwards() -> None:
    await create_table(CustomField)
    await run("create unique index custom_fields_key on custom_fields (thing, key)")
    await db.rows(
        "insert into grants (role, permission, scope) select id, 'custom_fields:field:edit', 'all' from roles where code = 'admin'"
    )
