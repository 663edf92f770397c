"""Going live: old codes, orders and receivables taken over from the old system, bills, and the opening data itself."""

from piccolo.columns import BigInt, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core import db
from app.core.columns import ref
from app.core.migrations import add_column, change_type, create_table, run
from app.migrations.m0003_people import User
from app.migrations.m0005_catalog import Item
from app.migrations.m0006_documents import Attachment
from app.migrations.m0009_parties import Customer, Supplier
from app.migrations.m0010_sales import SalesOrder
from app.migrations.m0014_stock import Bin, Lot


class Bill(Table, tablename="bills"):
    number = Varchar(length=60, unique=True)
    state = Varchar(length=20)
    drawer = Varchar(length=120)
    bank = Varchar(length=120)
    customer = ref(Customer, optional=True)
    amount = BigInt()
    currency = Varchar(length=3)
    drawn_on = Date(null=True, default=None)
    matures_on = Date()
    remark = Varchar(length=200)
    made_at = Timestamptz()
    version = Integer(default=1)


class Opening(Table, tablename="openings"):
    state = Varchar(length=20)
    completed_at = Timestamptz(null=True, default=None)
    version = Integer(default=1)


class OpeningImport(Table, tablename="opening_imports"):
    number = Varchar(length=40, unique=True)
    kind = Varchar(length=20)
    state = Varchar(length=20)
    file_name = Varchar(length=200)
    file = ref(Attachment, optional=True)
    whole = Boolean(default=False)
    row_count = Integer(default=0)
    made = Integer(default=0)
    changed = Integer(default=0)
    removed = Integer(default=0)
    same = Integer(default=0)
    problems = Text(default="[]")
    typed = Text(default="{}")
    failure = Varchar(length=300)
    made_at = Timestamptz()
    made_by = ref(User, optional=True)
    booked_at = Timestamptz(null=True, default=None)
    version = Integer(default=1)


class OpeningRow(Table, tablename="opening_rows"):
    kind = Varchar(length=20)
    key = Varchar(length=200)
    taken_by = ref(OpeningImport)
    item = ref(Item, optional=True)
    customer = ref(Customer, optional=True)
    supplier = ref(Supplier, optional=True)
    lot = ref(Lot, optional=True)
    bin = ref(Bin, optional=True)
    quality = Varchar(length=10)
    unit = Varchar(length=10)
    quantity_q = BigInt()
    done_q = BigInt()
    weight_q = BigInt()
    amount = BigInt()
    currency = Varchar(length=3)
    due_on = Date(null=True, default=None)
    subject_id = BigInt(null=True, default=None)
    told = Text(default="{}")


INDEXES = (
    "create index bills_maturing on bills (matures_on, id)",
    "create unique index opening_rows_key on opening_rows (kind, key)",
    "create index opening_rows_subject on opening_rows (kind, subject_id)",
)
GRANTS = {
    "admin": ("see", "goods", "orders", "money", "complete"),
    "finance": ("see", "orders", "money"),
    "warehouse": ("see", "goods"),
}
RIGHTS = {
    "see": "opening:data:see",
    "goods": "opening:goods:import",
    "orders": "opening:orders:import",
    "money": "opening:money:import",
    "complete": "opening:house:complete",
}


async def forwards() -> None:
    for table in ("items", "customers", "suppliers"):
        await add_column(table, "old_code", Varchar(length=60, default=""))
    await add_column("sales_orders", "old_number", Varchar(length=80, default=""))
    await add_column("sales_order_lines", "taken_over_q", BigInt(default=0))
    await add_column("receivables", "reference", Varchar(length=80, default=""))
    await change_type("receivables", "order", ref(SalesOrder, optional=True))
    for table in (Bill, Opening, OpeningImport, OpeningRow):
        await create_table(table)
    await run(*INDEXES)
    for role, rights in GRANTS.items():
        for right in rights:
            await db.rows(
                "insert into grants (role, permission, scope) select id, {}, 'all' from roles where code = {}",
                RIGHTS[right], role,
            )  # fmt: skip
