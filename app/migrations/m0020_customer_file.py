"""The customer's file: from when terms count, deposit and its gates, tolerance, marks and packing, more contacts and addresses."""

from piccolo.columns import Boolean, Integer, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import add_column, create_table, run
from app.migrations.m0009_parties import Customer


class CustomerContact(Table, tablename="customer_contacts"):
    customer = ref(Customer, index=False)
    name = Varchar(length=60)
    role = Varchar(length=60)
    phone = Varchar(length=40)
    mail = Varchar(length=120)


class CustomerAddress(Table, tablename="customer_addresses"):
    customer = ref(Customer, index=False)
    name = Varchar(length=60)
    address = Varchar(length=300)
    contact = Varchar(length=60)
    phone = Varchar(length=40)


async def forwards() -> None:
    for name, column in {
        "mail": Varchar(length=120), "terms_from": Varchar(length=20, default="closing"), "deposit_percent": Integer(),
        "deposit_gate": Boolean(), "balance_gate": Boolean(), "over_percent": Integer(default=3),
        "under_percent": Integer(default=3), "label_demand": Varchar(length=500), "marks": Varchar(length=500),
        "packing_demand": Varchar(length=500),
    }.items():  # fmt: skip
        await add_column("customers", name, column)
    await create_table(CustomerContact)
    await create_table(CustomerAddress)
    await run(
        "create unique index customer_contacts_name on customer_contacts (customer, name)",
        "create unique index customer_addresses_name on customer_addresses (customer, name)",
    )
