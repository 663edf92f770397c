"""What a receivable bills apart from deliveries: charges, and consigned goods that the customer used."""

from piccolo.columns import BigInt
from piccolo.table import Table

from app.core import db
from app.core.columns import ref
from app.core.migrations import create_table
from app.migrations.m0010_sales import SalesOrderLine
from app.migrations.m0011_billing import Receivable

RIGHT = "billing:consigned:bill"


class ReceivableLine(Table, tablename="receivable_lines"):
    receivable = ref(Receivable)
    order_line = ref(SalesOrderLine)
    quantity_q = BigInt()
    amount = BigInt()


async def forwards() -> None:
    await create_table(ReceivableLine)
    for role in ("admin", "sales", "finance", "boss"):
        await db.rows(
            "insert into grants (role, permission, scope) select id, {}, 'all' from roles where code = {}",
            RIGHT,
            role,
        )
