"""Money put to an order before anything is owed for it, and the right to open an order's gate."""

from piccolo.columns import BigInt, Timestamptz
from piccolo.table import Table

from app.core import db
from app.core.columns import ref
from app.core.migrations import create_table
from app.migrations.m0010_sales import SalesOrder
from app.migrations.m0011_billing import Receipt


class Advance(Table, tablename="receipt_advances"):
    receipt = ref(Receipt)
    order = ref(SalesOrder)
    amount = BigInt()
    made_at = Timestamptz()
    undone_at = Timestamptz(null=True, default=None)


async def forwards() -> None:
    await create_table(Advance)
    await db.rows(
        "insert into grants (role, permission, scope) select r.id, 'sales:order:waive', 'all' from roles r where {}",
        db.any_of("r.code", ("finance", "boss", "admin")),
    )
