"""The tables of delivery as they were at the beginning."""

from piccolo.columns import BigInt, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import Person
from app.migrations.m0005_catalog import Item
from app.migrations.m0009_parties import Customer
from app.migrations.m0010_sales import SalesOrderLine
from app.migrations.m0014_stock import Bin, Lot, Posting


class DeliveryNote(Table, tablename="delivery_notes"):
    number = Varchar(length=40, unique=True)
    customer = ref(Customer)
    state = Varchar(length=20, index=True)
    address = Varchar(length=300)
    contact = Varchar(length=100)
    planned_on = Date()
    posted_on = Date(null=True, default=None)
    posted_at = Timestamptz(null=True, default=None)
    posting = ref(Posting, optional=True)
    remark = Varchar(length=300)
    made_at = Timestamptz()
    version = Integer(default=1)


class DeliveryNoteLine(Table, tablename="delivery_note_lines"):
    note = ref(DeliveryNote)
    line_no = Integer()
    order_line = ref(SalesOrderLine)
    item = ref(Item)
    quantity_q = BigInt()
    picked_q = BigInt()


class Pick(Table, tablename="delivery_picks"):
    line = ref(DeliveryNoteLine)
    lot = ref(Lot)
    bin = ref(Bin)
    quantity_q = BigInt()
    person = ref(Person, optional=True)
    action = Varchar(length=60)
    picked_at = Timestamptz()


INDEXES = (
    "create unique index delivery_note_lines_no on delivery_note_lines (note, line_no)",
    "create unique index delivery_picks_action on delivery_picks (action) where action <> ''",
)


async def forwards() -> None:
    await create_table(DeliveryNote)
    await create_table(DeliveryNoteLine)
    await create_table(Pick)
    await run(*INDEXES)
