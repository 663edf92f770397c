"""What customers want changed is kept; those who see orders see it."""

from piccolo.columns import Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core import db
from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import User
from app.migrations.m0009_parties import Customer
from app.migrations.m0010_sales import SalesOrder
from app.migrations.m0012_intake import InboundOrder

GRANTS = {
    "amendments:request:see": ("sales", "export", "merchandiser", "pmc", "boss", "admin"),
    "amendments:request:close": ("sales", "export", "admin"),
    "intake:learning:edit": ("sales", "export", "admin"),
}


class ChangeRequest(Table, tablename="change_requests"):
    number = Varchar(length=40, unique=True)
    sales_order = ref(SalesOrder)
    customer = ref(Customer)
    inbound_order = ref(InboundOrder, optional=True)
    state = Varchar(length=20, index=True)
    points = Integer()
    asked_at = Timestamptz()
    closed_at = Timestamptz(null=True, default=None)
    closed_by = ref(User, optional=True)
    note = Varchar(length=300)
    version = Integer(default=1)


class ChangePoint(Table, tablename="change_points"):
    request = ref(ChangeRequest)
    seq = Integer()
    what = Varchar(length=30)
    line_no = Integer()
    item = Varchar(length=60)
    customer_item = Varchar(length=80)
    stands = Varchar(length=200)
    asks = Varchar(length=200)
    cell = Varchar(length=120)
    wanted = Text(default="{}")


async def forwards() -> None:
    await create_table(ChangeRequest)
    await create_table(ChangePoint)
    await run("create unique index change_points_seq on change_points (request, seq)")
    for permission, roles in GRANTS.items():
        names = ", ".join(f"'{role}'" for role in roles)
        await db.rows(
            "insert into grants (role, permission, scope) select r.id, {}, 'all' from roles r"
            f" where r.code in ({names}) and not exists (select 1 from grants g where g.role = r.id and g.permission = {{}})",
            permission, permission,
        )  # fmt: skip
