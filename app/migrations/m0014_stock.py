"""The tables of stock as they were at the beginning."""

from piccolo.columns import BigInt, Boolean, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import Person
from app.migrations.m0005_catalog import Item


class Warehouse(Table, tablename="warehouses"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=80)
    active = Boolean(default=True)
    version = Integer(default=1)


class Demand(Table, tablename="demands"):
    supply_kind = Varchar(length=20)
    supply_id = BigInt()
    demand_kind = Varchar(length=20)
    demand_id = BigInt()
    quantity_q = BigInt()
    fulfilled_q = BigInt()


class Bin(Table, tablename="bins"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=80)
    warehouse = ref(Warehouse)
    kind = Varchar(length=10)
    active = Boolean(default=True)
    version = Integer(default=1)


class Lot(Table, tablename="lots"):
    item = ref(Item)
    number = Varchar(length=60)
    owner = Varchar(length=20)
    heat = Varchar(length=60)
    weight_micro = BigInt()
    weight_pieces = Integer(default=1000)
    made_at = Timestamptz()


class Balance(Table, tablename="stock_balances"):
    item = ref(Item)
    lot = ref(Lot)
    bin = ref(Bin)
    quality = Varchar(length=10)
    quantity_q = BigInt()


class Posting(Table, tablename="stock_postings"):
    number = Varchar(length=40, unique=True)
    why = Varchar(length=20)
    source_kind = Varchar(length=30)
    source_id = BigInt()
    document = Varchar(length=40)
    flags = Varchar(length=60)
    happened_at = Timestamptz()
    booked_on = Date()
    person = ref(Person, optional=True)
    device = BigInt(null=True, default=None)
    reverses = ref("self", optional=True)


class Move(Table, tablename="stock_moves"):
    posting = ref(Posting)
    item = ref(Item)
    lot = ref(Lot)
    from_bin = ref(Bin)
    to_bin = ref(Bin)
    from_quality = Varchar(length=10)
    to_quality = Varchar(length=10)
    quantity_q = BigInt()
    measured_q = BigInt(null=True, default=None)
    measured_unit = Varchar(length=10)


INDEXES = (
    "create unique index lots_number on lots (item, number)",
    "create unique index stock_balances_key on stock_balances (item, lot, bin, quality)",
    "create index stock_balances_in_bin on stock_balances (bin, item) where quantity_q <> 0",
    "create index stock_postings_source on stock_postings (source_kind, source_id)",
    "create unique index stock_postings_reversed_once on stock_postings (reverses)"
    " where reverses is not null",
    "create index stock_moves_of_item on stock_moves (item, id)",
    "create unique index demands_key on demands (supply_kind, supply_id, demand_kind, demand_id)",
    "create index demands_demand on demands (demand_kind, demand_id)",
)


async def forwards() -> None:
    await create_table(Warehouse)
    await create_table(Demand)
    await create_table(Bin)
    await create_table(Lot)
    await create_table(Balance)
    await create_table(Posting)
    await create_table(Move)
    await run(*INDEXES)
