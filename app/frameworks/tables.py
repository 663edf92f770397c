"""Framework orders, their lines, the call-off plans of the customer, and what stands of them."""

from app.core import columns as c
from app.parties.tables import Customer
from app.people.tables import Person, Team
from app.sales.tables import AsAgreed, AsPriced, SalesOrder


class FrameworkOrder(AsAgreed, c.Table, tablename="framework_orders"):
    """The head. Money in minor units of `currency`, for all that is agreed; `rate_micro` as in a quotation.

    A change of the plan that touches the next `firm_days` is decided by a person. `beyond_percent` more than agreed may be
    called off. `repeats`: the customer's plans name again what is ordered already. `planned_at`: when the last plan came.
    """

    number = c.code(40)
    customer = c.ref(Customer)
    customer_name = c.words(120)
    customer_number = c.words(80)
    state = c.words(20)
    currency = c.words(3)
    tax_included = c.flag(True)
    trade_term = c.words(20)
    rate_micro = c.scaled()
    net = c.scaled()
    tax = c.scaled()
    gross = c.scaled()
    gross_cny = c.scaled()
    agreed_on = c.day()
    valid_from = c.day()
    valid_until = c.day()
    firm_days = c.count()
    beyond_percent = c.count()
    repeats = c.flag(True)
    first_item = c.words(200)
    line_count = c.count()
    salesperson = c.ref(Person, optional=True, index=False)
    team = c.ref(Team, optional=True)
    remark = c.words(500)
    activated_at = c.instant(optional=True)
    planned_at = c.instant(optional=True)
    closed_at = c.instant(optional=True)
    close_reason = c.words(300)
    made_at = c.instant()
    version = c.version()


class FrameworkLine(AsPriced, c.Table, tablename="framework_lines"):
    """A line: `quantity_q` is what is agreed in all."""

    framework = c.ref(FrameworkOrder, index=False)


class CallOffPlan(c.Table, tablename="call_off_plans"):
    """A plan (要货计划) as it came: the customer's own number for it, and how much of it was otherwise than what stood."""

    framework = c.ref(FrameworkOrder, index=False)
    seq = c.count()
    reference = c.words(80)
    received_on = c.day()
    adds = c.flag()
    made = c.count()
    flagged = c.count()
    taken_at = c.instant()


class CallOff(c.Table, tablename="call_offs"):
    """A quantity called off for a day, `entered` in the unit of its line; `plan` is the last one that named it.

    In an order once `sales_order` is set: its line `line_no`.
    """

    framework = c.ref(FrameworkOrder)
    line = c.ref(FrameworkLine)
    plan = c.ref(CallOffPlan)
    due_date = c.day()
    entered = c.words(40)
    quantity_q = c.scaled()
    sales_order = c.ref(SalesOrder, optional=True)
    line_no = c.count()


class CallOffChange(c.Table, tablename="call_off_changes"):
    """What a plan said otherwise: made at once, or to be decided. `seq` counts them in their framework order; `sales_order` has
    what it touches already."""

    framework = c.ref(FrameworkOrder, index=False)
    seq = c.count()
    plan = c.ref(CallOffPlan)
    line = c.ref(FrameworkLine)
    what = c.words(20)
    before_day = c.day(optional=True)
    before_q = c.scaled()
    after_day = c.day(optional=True)
    after_q = c.scaled()
    sales_order = c.ref(SalesOrder, optional=True)
    state = c.words(20)
    note = c.words(300)
    decided_at = c.instant(optional=True)


INDEXES = (
    "create unique index framework_lines_no on framework_lines (framework, line_no)",
    "create index framework_orders_valid on framework_orders (state, valid_until, id)",
    "create index framework_orders_amount on framework_orders (gross_cny, id)",
    "create unique index call_off_plans_seq on call_off_plans (framework, seq)",
    "create index call_offs_due on call_offs (due_date, framework) where sales_order is null",
    "create unique index call_off_changes_seq on call_off_changes (framework, seq)",
    "create index call_off_changes_open on call_off_changes (framework, id) where state = 'open'",
)
