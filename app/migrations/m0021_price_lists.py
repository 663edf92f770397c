"""Price lists, and the rights to see and edit them."""

from piccolo.columns import BigInt, Boolean, Date, Integer, Varchar
from piccolo.table import Table

from app.core import db
from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0005_catalog import Item
from app.migrations.m0009_parties import Customer

SEE = ("sales", "export", "merchandiser", "finance", "boss", "admin")
EDIT = ("sales", "boss", "admin")


class PriceList(Table, tablename="price_lists"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=120)
    customer = ref(Customer, optional=True)
    currency = Varchar(length=3, default="CNY")
    tax_included = Boolean(default=True)
    valid_from = Date()
    valid_to = Date(null=True, default=None)
    remark = Varchar(length=300)
    active = Boolean(default=True)
    version = Integer(default=1)


class Price(Table, tablename="prices"):
    price_list = ref(PriceList, index=False)
    item = ref(Item)
    from_q = BigInt()
    price_micro = BigInt()
    price_unit = Varchar(length=10)


async def forwards() -> None:
    await create_table(PriceList)
    await create_table(Price)
    await run("create unique index prices_from on prices (price_list, item, from_q)")
    for permission, roles in (("pricing:list:see", SEE), ("pricing:list:edit", EDIT)):
        await db.rows(
            "insert into grants (role, permission, scope) select r.id, {}, 'all' from roles r where {}",
            permission, db.any_of("r.code", roles),
        )  # fmt: skip
