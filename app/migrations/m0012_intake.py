"""The tables of intake as they were at the beginning."""

from piccolo.columns import BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table
from app.migrations.m0003_people import User
from app.migrations.m0006_documents import Attachment
from app.migrations.m0009_parties import Customer
from app.migrations.m0010_sales import SalesOrder


class InboundOrder(Table, tablename="inbound_orders"):
    number = Varchar(length=40, unique=True)
    channel = Varchar(length=20)
    state = Varchar(length=20, index=True)
    file = ref(Attachment, optional=True)
    file_name = Varchar(length=200)
    sheet = Varchar(length=80)
    customer = ref(Customer, optional=True)
    customer_order_number = Varchar(length=80, index=True)
    reading = Text(default="{}")
    doubts = Integer()
    sales_order = ref(SalesOrder, optional=True)
    received_at = Timestamptz()
    received_by = ref(User, optional=True)
    decided_at = Timestamptz(null=True, default=None)
    note = Varchar(length=300)
    touches = Integer()
    seconds = BigInt()
    version = Integer(default=1)


async def forwards() -> None:
    await create_table(InboundOrder)
