"""The tables of production as they were at the beginning."""

from piccolo.columns import BigInt, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import Person
from app.migrations.m0005_catalog import Item, Machine, WorkCenter
from app.migrations.m0014_stock import Lot


class WorkOrder(Table, tablename="work_orders"):
    number = Varchar(length=40, unique=True)
    item = ref(Item)
    state = Varchar(length=20)
    quantity_q = BigInt()
    done_q = BigInt()
    scrap_q = BigInt()
    received_q = BigInt()
    due_date = Date()
    lot = ref(Lot, optional=True)
    released_at = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    made_at = Timestamptz()
    remark = Varchar(length=300)
    custom = Text(default="{}")
    version = Integer(default=1)


class WorkOrderOperation(Table, tablename="work_order_operations"):
    work_order = ref(WorkOrder)
    seq = Integer()
    name = Varchar(length=60)
    state = Varchar(length=20)
    work_center = ref(WorkCenter)
    machine = ref(Machine, optional=True)
    runs_on = ref(Machine, optional=True)
    planned_start = Timestamptz(null=True, default=None)
    planned_end = Timestamptz(null=True, default=None)
    setup_minutes = Integer()
    run_seconds = Integer()
    run_pieces = Integer(default=1000)
    setup_family = Varchar(length=60)
    report_by = Varchar(length=10)
    weight_micro = BigInt()
    weight_pieces = Integer(default=1000)
    good_q = BigInt()
    scrap_q = BigInt()
    reports = Integer()
    closed = Boolean()
    started_at = Timestamptz(null=True, default=None)
    done_at = Timestamptz(null=True, default=None)
    version = Integer(default=1)


class OperationReport(Table, tablename="operation_reports"):
    operation = ref(WorkOrderOperation)
    machine = ref(Machine, optional=True)
    person = ref(Person, optional=True)
    device = BigInt(null=True, default=None)
    good_q = BigInt()
    scrap_q = BigInt()
    weighed_q = BigInt(null=True, default=None)
    hand_entered = Boolean()
    flags = Varchar(length=200)
    action = Varchar(length=60)
    happened_at = Timestamptz()
    recorded_at = Timestamptz()
    shift_day = Date()
    reverses = ref("self", optional=True)


class ProductionException(Table, tablename="production_exceptions"):
    number = Varchar(length=40, unique=True)
    kind = Varchar(length=30)
    operation = ref(WorkOrderOperation, optional=True)
    machine = ref(Machine, optional=True)
    person = ref(Person, optional=True)
    note = Varchar(length=300)
    facts = Text(default="{}")
    state = Varchar(length=20, index=True)
    raised_at = Timestamptz()
    acknowledged_at = Timestamptz(null=True, default=None)
    acknowledged_by = Varchar(length=80)
    resolved_at = Timestamptz(null=True, default=None)
    resolved_by = Varchar(length=80)
    solution = Varchar(length=300)
    version = Integer(default=1)


class ReportedScrap(Table, tablename="reported_scrap"):
    report = ref(OperationReport)
    reason = Varchar(length=40)
    quantity_q = BigInt()
    entered = Varchar(length=40)
    unit = Varchar(length=10)


INDEXES = (
    "create index production_exceptions_raised on production_exceptions (state, id)",
    "create unique index work_order_operations_seq on work_order_operations (work_order, seq)",
    "create index work_order_operations_lane on work_order_operations (machine, planned_start)",
    "create index work_order_operations_done on work_order_operations (runs_on, done_at)"
    " where state = 'done'",
    "create index work_order_operations_open on work_order_operations (work_center, planned_start)"
    " where state <> 'done'",
    "create index work_orders_to_receive on work_orders (id) where done_q > received_q",
    "create index work_orders_state_due on work_orders (state, due_date, id)",
    "create unique index operation_reports_action on operation_reports (action) where action <> ''",
    "create unique index operation_reports_reversed_once on operation_reports (reverses)"
    " where reverses is not null",
)


async def forwards() -> None:
    await create_table(WorkOrder)
    await create_table(WorkOrderOperation)
    await create_table(OperationReport)
    await create_table(ProductionException)
    await create_table(ReportedScrap)
    await run(*INDEXES)
