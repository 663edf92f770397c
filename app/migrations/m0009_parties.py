"""The tables of parties as they were at the beginning."""

from piccolo.columns import BigInt, Boolean, Integer, Text, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0005_catalog import Item


class Company(Table, tablename="company"):
    name = Varchar(length=120)
    name_en = Varchar(length=120)
    tax_number = Varchar(length=40)
    address = Varchar(length=300)
    phone = Varchar(length=40)
    bank = Varchar(length=120)
    bank_account = Varchar(length=60)
    seal = Varchar(length=64)
    version = Integer(default=1)


class Customer(Table, tablename="customers"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=120)
    short_name = Varchar(length=60)
    level = Varchar(length=10)
    currency = Varchar(length=3)
    tax_included = Boolean(default=True)
    tax_rate = Integer(default=1300)
    trade_term = Varchar(length=20)
    payment_days = Integer(default=30)
    closing_day = Integer()
    credit_limit = BigInt()
    contact = Varchar(length=60)
    phone = Varchar(length=40)
    address = Varchar(length=300)
    progress_quantities = Boolean()
    custom = Text(default="{}")
    active = Boolean(default=True)
    version = Integer(default=1)


class Supplier(Table, tablename="suppliers"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=120)
    short_name = Varchar(length=60)
    kind = Varchar(length=20)
    contact = Varchar(length=60)
    phone = Varchar(length=40)
    address = Varchar(length=300)
    custom = Text(default="{}")
    active = Boolean(default=True)
    version = Integer(default=1)


class CustomerItem(Table, tablename="customer_items"):
    customer = ref(Customer)
    code = Varchar(length=80)
    item = ref(Item)
    drawing_revision = Varchar(length=20)


INDEXES = ("create unique index customer_items_code on customer_items (customer, code)",)


async def forwards() -> None:
    await create_table(Company)
    await create_table(Customer)
    await create_table(Supplier)
    await create_table(CustomerItem)
    await run(*INDEXES)
