"""Work orders, operations with their kept quantities, reports."""

from app.catalog.tables import Item, Machine, WorkCenter
from app.core import columns as c
from app.core.quantities import Weight
from app.people.tables import Person
from app.stock.tables import Lot


class WorkOrder(c.Table, tablename="work_orders"):
    """An amount of one item to be made by its own copy of the routing.

    Kept: `done_q` (good of the last operation), `scrap_q` (of all operations), `received_q` (put into stock).
    """

    number = c.code(40)
    item = c.ref(Item)
    state = c.words(20)
    quantity_q = c.scaled()
    done_q = c.scaled()
    scrap_q = c.scaled()
    received_q = c.scaled()
    due_date = c.day()
    lot = c.ref(Lot, optional=True)
    released_at = c.instant(optional=True)
    finished_at = c.instant(optional=True)
    made_at = c.instant()
    remark = c.words(300)
    custom = c.document()
    version = c.version()


class WorkOrderOperation(c.Table, tablename="work_order_operations"):
    """One step. `good_q`, `scrap_q`, `reports` are kept sums of its reports.

    The plan (`machine`, `planned_*`) is written by publishing; `runs_on` is the machine it was really started on.
    `closed`: somebody called it done although less was made.
    """

    work_order = c.ref(WorkOrder, index=False)
    seq = c.count()
    name = c.words(60)
    state = c.words(20)
    work_center = c.ref(WorkCenter)
    machine = c.ref(Machine, optional=True, index=False)
    runs_on = c.ref(Machine, optional=True)
    planned_start = c.instant(optional=True)
    planned_end = c.instant(optional=True)
    setup_minutes = c.count()
    run_seconds = c.count()
    run_pieces = c.count(1000)
    setup_family = c.words(60)
    report_by = c.words(10)
    weight_micro = c.scaled()
    weight_pieces = c.count(1000)
    good_q = c.scaled()
    scrap_q = c.scaled()
    reports = c.count()
    closed = c.flag()
    started_at = c.instant(optional=True)
    done_at = c.instant(optional=True)
    version = c.version()

    @property
    def weight(self) -> Weight:
        return Weight(self.weight_micro, self.weight_pieces)


class OperationReport(c.Table, tablename="operation_reports"):
    """What somebody made: good and scrap in base units, the scale's kg if weighed. A correction is a report that `reverses`."""

    operation = c.ref(WorkOrderOperation)
    machine = c.ref(Machine, optional=True)
    person = c.ref(Person, optional=True)
    device = c.maybe_scaled()
    good_q = c.scaled()
    scrap_q = c.scaled()
    weighed_q = c.maybe_scaled()
    hand_entered = c.flag()
    flags = c.words(200)
    action = c.words(60)
    happened_at = c.instant()
    recorded_at = c.instant()
    shift_day = c.day()
    reverses = c.ref("self", optional=True)


class ReportedScrap(c.Table, tablename="reported_scrap"):
    """The scrap of one report by reason, in base units, with what was entered."""

    report = c.ref(OperationReport)
    reason = c.words(40)
    quantity_q = c.scaled()
    entered = c.words(40)
    unit = c.words(10)


class ProductionException(c.Table, tablename="production_exceptions"):
    """Something is wrong on the floor, or a fact collided with the books; open until somebody resolves it."""

    number = c.code(40)
    kind = c.words(30)
    operation = c.ref(WorkOrderOperation, optional=True)
    machine = c.ref(Machine, optional=True)
    person = c.ref(Person, optional=True)
    note = c.words(300)
    facts = c.document()
    state = c.words(20)
    raised_at = c.instant()
    acknowledged_at = c.instant(optional=True)
    acknowledged_by = c.words(80)
    resolved_at = c.instant(optional=True)
    resolved_by = c.words(80)
    solution = c.words(300)
    version = c.version()


INDEXES = (
    "create index production_exceptions_raised on production_exceptions (state, id)",
    "create unique index work_order_operations_seq on work_order_operations (work_order, seq)",
    "create index work_order_operations_lane on work_order_operations (machine, planned_start)",
    "create index work_order_operations_done on work_order_operations (runs_on, done_at) where state = 'done'",
    "create index work_order_operations_open on work_order_operations (work_center, planned_start) where state <> 'done'",
    "create index work_orders_to_receive on work_orders (id) where done_q > received_q",
    "create index work_orders_due on work_orders (due_date, id)",
    "create index work_orders_state_due on work_orders (state, due_date, id)",
    "create unique index operation_reports_action on operation_reports (action) where action <> ''",
    "create unique index operation_reports_reversed_once on operation_reports (reverses) where reverses is not null",
)
