"""The tables of billing as they were at the beginning."""

from piccolo.columns import BigInt, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0009_parties import Customer
from app.migrations.m0010_sales import SalesOrder


class Receipt(Table, tablename="receipts"):
    number = Varchar(length=40, unique=True)
    customer = ref(Customer)
    state = Varchar(length=20)
    currency = Varchar(length=3)
    amount = BigInt()
    matched = BigInt()
    received_on = Date()
    method = Varchar(length=20)
    reference = Varchar(length=80)
    remark = Varchar(length=200)
    made_at = Timestamptz()
    version = Integer(default=1)


class Receivable(Table, tablename="receivables"):
    number = Varchar(length=40, unique=True)
    customer = ref(Customer)
    order = ref(SalesOrder)
    source_kind = Varchar(length=30)
    source_id = BigInt()
    currency = Varchar(length=3)
    amount = BigInt()
    amount_cny = BigInt()
    matched = BigInt()
    arose_on = Date()
    due_on = Date()
    reverses = ref("self", optional=True)
    version = Integer(default=1)


class Allocation(Table, tablename="receipt_allocations"):
    receipt = ref(Receipt)
    receivable = ref(Receivable)
    amount = BigInt()
    made_at = Timestamptz()
    undone_at = Timestamptz(null=True, default=None)


INDEXES = (
    "create index receivables_open on receivables (customer, due_on, id) where matched <> amount",
    "create index receivables_source on receivables (source_kind, source_id)",
)


async def forwards() -> None:
    await create_table(Receipt)
    await create_table(Receivable)
    await create_table(Allocation)
    await run(*INDEXES)
