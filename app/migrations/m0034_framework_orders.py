"""Framework orders with their call-off plans; whoever sells writes them, whoever plans and follows up sees them."""

from piccolo.columns import BigInt, Boolean, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import Person, Team
from app.migrations.m0005_catalog import Item
from app.migrations.m0009_parties import Customer
from app.migrations.m0010_sales import SalesOrder
from app.migrations.m0030_quotations import SELLERS, grant

GRANTS = {
    "frameworks:order:see": (*SELLERS, "merchandiser", "pmc", "finance"),
    "frameworks:order:write": SELLERS,
    "frameworks:order:activate": ("sales", "boss", "admin"),
}


class FrameworkOrder(Table, tablename="framework_orders"):
    number = Varchar(length=40, unique=True)
    customer = ref(Customer)
    customer_name = Varchar(length=120, default="")
    customer_number = Varchar(length=80, default="")
    state = Varchar(length=20, default="")
    currency = Varchar(length=3, default="")
    tax_included = Boolean(default=True)
    trade_term = Varchar(length=20, default="")
    rate_micro = BigInt(default=0)
    net = BigInt(default=0)
    tax = BigInt(default=0)
    gross = BigInt(default=0)
    gross_cny = BigInt(default=0)
    agreed_on = Date()
    valid_from = Date()
    valid_until = Date()
    firm_days = Integer(default=0)
    beyond_percent = Integer(default=0)
    repeats = Boolean(default=True)
    first_item = Varchar(length=200, default="")
    line_count = Integer(default=0)
    salesperson = ref(Person, optional=True, index=False)
    team = ref(Team, optional=True)
    remark = Varchar(length=500, default="")
    contact = Varchar(length=60, default="")
    phone = Varchar(length=40, default="")
    address = Varchar(length=300, default="")
    payment_days = Integer(default=30)
    terms_from = Varchar(length=20, default="closing")
    closing_day = Integer(default=0)
    deposit_percent = Integer(default=0)
    deposit_gate = Boolean(default=False)
    balance_gate = Boolean(default=False)
    over_percent = Integer(default=3)
    under_percent = Integer(default=3)
    label_demand = Varchar(length=500, default="")
    marks = Varchar(length=500, default="")
    packing_demand = Varchar(length=500, default="")
    activated_at = Timestamptz(null=True, default=None)
    planned_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)
    close_reason = Varchar(length=300, default="")
    made_at = Timestamptz()
    version = Integer(default=1)


class FrameworkLine(Table, tablename="framework_lines"):
    framework = ref(FrameworkOrder)
    line_no = Integer(default=0)
    kind = Varchar(length=20, default="")
    item = ref(Item)
    customer_item = Varchar(length=80, default="")
    drawing_revision = Varchar(length=20, default="")
    spec = Varchar(length=200, default="")
    entered = Varchar(length=40, default="")
    unit = Varchar(length=10, default="")
    quantity_q = BigInt(default=0)
    price_micro = BigInt(default=0)
    price_unit = Varchar(length=10, default="")
    price_from = Varchar(length=60, default="")
    tax_rate = Integer(default=1300)
    net = BigInt(default=0)
    tax = BigInt(default=0)
    gross = BigInt(default=0)
    over_percent = Integer(default=3)
    under_percent = Integer(default=3)
    remark = Varchar(length=300, default="")


class CallOffPlan(Table, tablename="call_off_plans"):
    framework = ref(FrameworkOrder)
    seq = Integer(default=0)
    reference = Varchar(length=80, default="")
    received_on = Date()
    adds = Boolean(default=False)
    made = Integer(default=0)
    flagged = Integer(default=0)
    taken_at = Timestamptz()


class CallOff(Table, tablename="call_offs"):
    framework = ref(FrameworkOrder)
    line = ref(FrameworkLine)
    plan = ref(CallOffPlan)
    due_date = Date()
    entered = Varchar(length=40, default="")
    quantity_q = BigInt(default=0)
    sales_order = ref(SalesOrder, optional=True)
    line_no = Integer(default=0)


class CallOffChange(Table, tablename="call_off_changes"):
    framework = ref(FrameworkOrder, index=False)
    seq = Integer(default=0)
    plan = ref(CallOffPlan)
    line = ref(FrameworkLine)
    what = Varchar(length=20, default="")
    before_day = Date(null=True, default=None)
    before_q = BigInt(default=0)
    after_day = Date(null=True, default=None)
    after_q = BigInt(default=0)
    sales_order = ref(SalesOrder, optional=True)
    state = Varchar(length=20, default="")
    note = Varchar(length=300, default="")
    decided_at = Timestamptz(null=True, default=None)


INDEXES = (
    "create unique index framework_lines_no on framework_lines (framework, line_no)",
    "create index framework_orders_valid on framework_orders (state, valid_until, id)",
    "create index framework_orders_amount on framework_orders (gross_cny, id)",
    "create unique index call_off_plans_seq on call_off_plans (framework, seq)",
    "create index call_offs_due on call_offs (due_date, framework) where sales_order is null",
    "create unique index call_off_changes_seq on call_off_changes (framework, seq)",
    "create index call_off_changes_open on call_off_changes (framework, id) where state = 'open'",
)


async def forwards() -> None:
    for table in (FrameworkOrder, FrameworkLine, CallOffPlan, CallOff, CallOffChange):
        await create_table(table)
    await run(*INDEXES)
    await grant(GRANTS)
