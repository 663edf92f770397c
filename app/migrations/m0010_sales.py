"""The tables of sales as they were at the beginning."""

from piccolo.columns import BigInt, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import Person, Team
from app.migrations.m0005_catalog import Item
from app.migrations.m0009_parties import Customer


class ExchangeRate(Table, tablename="exchange_rates"):
    currency = Varchar(length=3)
    day = Date()
    rate_micro = BigInt()


class SalesOrder(Table, tablename="sales_orders"):
    number = Varchar(length=40, unique=True)
    customer = ref(Customer, index=False)
    customer_name = Varchar(length=120)
    customer_order_number = Varchar(length=80)
    channel = Varchar(length=20)
    channel_order_number = Varchar(length=80)
    state = Varchar(length=20)
    currency = Varchar(length=3)
    tax_included = Boolean(default=True)
    trade_term = Varchar(length=20)
    rate_micro = BigInt(default=1000000)
    net = BigInt()
    tax = BigInt()
    gross = BigInt()
    gross_cny = BigInt()
    order_date = Date()
    due_date = Date()
    promised_date = Date(null=True, default=None)
    projected_date = Date(null=True, default=None)
    first_item = Varchar(length=200)
    line_count = Integer()
    ordered_q = BigInt()
    delivered_q = BigInt()
    open_lines = Integer()
    delivered_on = Date(null=True, default=None)
    invoiced = BigInt()
    received = BigInt()
    salesperson = ref(Person, optional=True, index=False)
    team = ref(Team, optional=True)
    remark = Varchar(length=500)
    confirmed_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)
    made_at = Timestamptz()
    custom = Text(default="{}")
    version = Integer(default=1)


class SalesOrderLine(Table, tablename="sales_order_lines"):
    order = ref(SalesOrder)
    line_no = Integer()
    kind = Varchar(length=20)
    item = ref(Item)
    customer_item = Varchar(length=80)
    drawing_revision = Varchar(length=20)
    spec = Varchar(length=200)
    entered = Varchar(length=40)
    unit = Varchar(length=10)
    quantity_q = BigInt()
    price_micro = BigInt()
    price_unit = Varchar(length=10)
    tax_rate = Integer(default=1300)
    net = BigInt()
    tax = BigInt()
    gross = BigInt()
    over_percent = Integer(default=3)
    under_percent = Integer(default=3)
    delivered_q = BigInt()
    remark = Varchar(length=300)
    custom = Text(default="{}")


class SalesOrderRevision(Table, tablename="sales_order_revisions"):
    order = ref(SalesOrder)
    revision = Integer()
    snapshot = Text(default="{}")
    made_at = Timestamptz()


class DeliverySchedule(Table, tablename="delivery_schedules"):
    line = ref(SalesOrderLine)
    seq = Integer(default=1)
    quantity_q = BigInt()
    requested_date = Date()
    promised_date = Date(null=True, default=None)
    delivered_q = BigInt()


INDEXES = (
    "create index sales_orders_due on sales_orders (due_date, id)",
    "create index sales_orders_state_due on sales_orders (state, due_date, id, open_lines, delivered_on)",
    "create index sales_orders_amount on sales_orders (gross_cny, id)",
    "create index sales_orders_salesperson on sales_orders (salesperson, state)",
    "create unique index exchange_rates_day on exchange_rates (currency, day)",
    "create index sales_orders_customer_due on sales_orders (customer, due_date, id)",
    "create index sales_orders_customer_number on sales_orders (customer_order_number)",
    "create index sales_orders_on_time on sales_orders (promised_date, state, delivered_on)",
    "create index sales_orders_open_due on sales_orders (due_date, id)"
    " where delivered_on is null and state = 'confirmed'",
    "create index sales_orders_partly on sales_orders (due_date, id)"
    " where delivered_q > 0 and open_lines > 0",
    'create unique index sales_order_lines_no on sales_order_lines ("order", line_no)',
)


async def forwards() -> None:
    await create_table(ExchangeRate)
    await create_table(SalesOrder)
    await create_table(SalesOrderLine)
    await create_table(SalesOrderRevision)
    await create_table(DeliverySchedule)
    await run(*INDEXES)
