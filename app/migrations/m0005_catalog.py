"""The tables of catalog as they were at the beginning."""

from piccolo.columns import BigInt, Boolean, Integer, Text, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import Team


class Item(Table, tablename="items"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=120)
    spec = Varchar(length=200)
    kind = Varchar(length=20)
    base_unit = Varchar(length=10)
    unit_label = Varchar(length=10)
    weight_micro = BigInt()
    weight_pieces = Integer(default=1000)
    per_box = Integer()
    boxes_per_carton = Integer()
    cartons_per_pallet = Integer()
    drawing_revision = Varchar(length=20)
    setup_family = Varchar(length=60)
    usual_price_micro = BigInt()
    usual_price_unit = Varchar(length=10)
    custom = Text(default="{}")
    active = Boolean(default=True)
    version = Integer(default=1)


class WorkCenter(Table, tablename="work_centers"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=80)
    calendar = Varchar(length=60)
    active = Boolean(default=True)
    version = Integer(default=1)


class RoutingOperation(Table, tablename="routing_operations"):
    item = ref(Item)
    seq = Integer()
    name = Varchar(length=60)
    work_center = ref(WorkCenter)
    setup_minutes = Integer()
    run_seconds = Integer()
    run_pieces = Integer(default=1000)
    report_by = Varchar(length=10)
    note = Varchar(length=200)


class Machine(Table, tablename="machines"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=80)
    work_center = ref(WorkCenter)
    team = ref(Team, optional=True)
    note = Varchar(length=200)
    active = Boolean(default=True)
    version = Integer(default=1)


INDEXES = ("create unique index routing_operations_seq on routing_operations (item, seq)",)


async def forwards() -> None:
    await create_table(Item)
    await create_table(WorkCenter)
    await create_table(RoutingOperation)
    await create_table(Machine)
    await run(*INDEXES)
