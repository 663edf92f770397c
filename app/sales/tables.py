"""Sales orders and their lines. What lists filter and sort by is kept on the order, in the transaction that changes it."""

from app.catalog.tables import Item
from app.core import columns as c
from app.parties.tables import Customer
from app.people.tables import Person, Team


class AsAgreed:
    """What an order or a quotation takes over from the customer's file, see agreed.py."""

    contact = c.words(60)
    phone = c.words(40)
    address = c.words(300)
    payment_days = c.count(30)
    terms_from = c.words(20, "closing")
    closing_day = c.count()
    deposit_percent = c.count()
    deposit_gate = c.flag()
    balance_gate = c.flag()
    over_percent = c.count(3)
    under_percent = c.count(3)
    label_demand = c.words(500)
    marks = c.words(500)
    packing_demand = c.words(500)


class AsHead(AsAgreed):
    """What the head of an order, a quotation or a framework order has. Money in minor units of `currency`."""

    number = c.code(40)
    state = c.words(20)
    customer_name = c.words(120)
    currency = c.words(3)
    tax_included = c.flag(True)
    trade_term = c.words(20)
    net = c.scaled()
    tax = c.scaled()
    gross = c.scaled()
    gross_cny = c.scaled()
    first_item = c.words(200)
    line_count = c.count()
    salesperson = c.ref(Person, optional=True, index=False)
    team = c.ref(Team, optional=True)
    remark = c.words(500)
    made_at = c.instant()
    version = c.version()


class AsPriced:
    """What a line of an order or a quotation asks for, and what that costs.

    `quantity_q` in the item's base unit; `entered` and `unit` keep what the customer wrote. `line_no` is never reused.
    `price_from` is the price list that gave the price, '' where somebody wrote it.
    """

    line_no = c.count()
    kind = c.words(20)
    item = c.ref(Item)
    customer_item = c.words(80)
    drawing_revision = c.words(20)
    spec = c.words(200)
    entered = c.words(40)
    unit = c.words(10)
    quantity_q = c.scaled()
    price_micro = c.scaled()
    price_unit = c.words(10)
    price_from = c.words(60)
    tax_rate = c.count(1300)
    net = c.scaled()
    tax = c.scaled()
    gross = c.scaled()
    over_percent = c.count(3)
    under_percent = c.count(3)
    remark = c.words(300)


class SalesOrder(AsHead, c.Table, tablename="sales_orders"):
    """The head. `rate_micro` = CNY per unit of `currency` × 10⁶, locked at confirmation; `rate_day` = the day it is the rate
    of, none where the order brought its own.

    Kept: `ordered_q`, `delivered_q` (Σ of stock lines at 10⁻³, judged line by line in `open_lines`), `open_lines`,
    `delivered_on` (the day of full delivery), `next_due` (where a line comes in several deliveries, see schedules.py),
    `invoiced`, `received` (minor units).
    """

    customer = c.ref(Customer, index=False)
    customer_order_number = c.words(80)
    channel = c.words(20)
    channel_order_number = c.words(80)
    old_number = c.words(80)
    rate_micro = c.scaled(1_000_000)
    rate_day = c.day(optional=True)
    order_date = c.day()
    due_date = c.day()
    next_due = c.day(optional=True)
    promised_date = c.day(optional=True)
    projected_date = c.day(optional=True)
    ordered_q = c.scaled()
    delivered_q = c.scaled()
    open_lines = c.count()
    delivered_on = c.day(optional=True)
    invoiced = c.scaled()
    received = c.scaled()
    confirmed_at = c.instant(optional=True)
    closed_at = c.instant(optional=True)
    custom = c.document()


class SalesOrderLine(AsPriced, c.Table, tablename="sales_order_lines"):
    """A line. Of `delivered_q`, `taken_over_q` was shipped in the system before this one and has no delivery note here."""

    order = c.ref(SalesOrder, index=False)
    delivered_q = c.scaled()
    taken_over_q = c.scaled()
    custom = c.document()


class DeliverySchedule(c.Table, tablename="delivery_schedules"):
    """When how much of a line is wanted and promised. One per line, hidden while there is only one; `entered` as the line's."""

    line = c.ref(SalesOrderLine)
    seq = c.count(1)
    entered = c.words(40)
    quantity_q = c.scaled()
    requested_date = c.day()
    promised_date = c.day(optional=True)
    delivered_q = c.scaled()


class SalesOrderRevision(c.Table, tablename="sales_order_revisions"):
    """An order as it stood before a change; the live rows are the revision in force."""

    order = c.ref(SalesOrder)
    revision = c.count()
    snapshot = c.document()
    made_at = c.instant()


class ExchangeRate(c.Table, tablename="exchange_rates"):
    """CNY for one unit of a currency on a day, at 10⁻⁶."""

    currency = c.words(3)
    day = c.day()
    rate_micro = c.scaled()


INDEXES = (
    "create index sales_orders_due on sales_orders (due_date, id)",
    "create index sales_orders_state_due on sales_orders (state, due_date, id, open_lines, delivered_on)",
    "create index sales_orders_amount on sales_orders (gross_cny, id)",
    "create index sales_orders_salesperson on sales_orders (salesperson, due_date, id, gross_cny, state, open_lines)",
    "create unique index exchange_rates_day on exchange_rates (currency, day)",
    "create index sales_orders_customer_due on sales_orders (customer, due_date, id, gross_cny, state, open_lines)",
    "create index sales_orders_customer_number on sales_orders (customer_order_number)",
    "create index sales_orders_on_time on sales_orders (promised_date, state, delivered_on)",
    "create index sales_orders_open_due on sales_orders (due_date, id) where delivered_on is null and state = 'confirmed'",
    "create index sales_orders_next_due on sales_orders"
    " (coalesce(next_due, due_date), id, due_date, gross_cny, state, open_lines, next_due) where delivered_on is null",
    "create index sales_orders_partly on sales_orders (due_date, id) where delivered_q > 0 and open_lines > 0",
    "create index sales_orders_unbilled on sales_orders (customer, currency, rate_micro, gross, invoiced, open_lines)"
    " where state = 'confirmed' and invoiced < gross",
    'create unique index sales_order_lines_no on sales_order_lines ("order", line_no)',
)
