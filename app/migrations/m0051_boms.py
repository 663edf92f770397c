"""Bills of materials."""

from piccolo.columns import BigInt, Boolean, Integer, Varchar
from piccolo.table import Table

from app.core import db
from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0005_catalog import Item


class Bom(Table, tablename="boms"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=120)
    item = ref(Item)
    revision = Varchar(length=20)
    active = Boolean(default=True)
    version = Integer(default=1)


class BomLine(Table, tablename="bom_lines"):
    bom = ref(Bom)
    seq = Integer(default=0)
    item = ref(Item)
    quantity_q = BigInt()
    unit = Varchar(length=10)
    per = Integer(default=1000)
    scrap_rate = Integer(default=0)
    note = Varchar(length=200)


GRANTS = {
    "catalog:bom:see": ("admin", "pmc", "sales", "purchasing", "boss", "warehouse", "leader"),
    "catalog:bom:edit": ("admin", "pmc"),
}


async def forwards() -> None:
    await create_table(Bom)
    await create_table(BomLine)
    await run("create unique index bom_lines_seq on bom_lines (bom, seq)")
    for right, roles in GRANTS.items():
        for role in roles:
            await db.rows(
                "insert into grants (role, permission, scope) select id, {}, 'all' from roles where code = {}",
                right,
                role,
            )
