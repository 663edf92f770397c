"""Framework orders, their lines, the call-off plans of the customer, and what stands of them."""

from app.core import columns as c
from app.offers.tables import AsOffered
from app.sales.tables import AsPriced, SalesOrder


class FrameworkOrder(AsOffered, c.Table, tablename="framework_orders"):
    """The head. Its money is that of all that is agreed.

    A change of the plan that touches the next `firm_days` is decided by a person. `beyond_percent` more than agreed may be
    called off. `repeats`: the customer's plans name again what is ordered already. `planned_at`: when the last plan came.
    """

    customer_number = c.words(80)
    agreed_on = c.day()
    valid_from = c.day()
    firm_days = c.count()
    beyond_percent = c.count()
    repeats = c.flag(True)
    activated_at = c.instant(optional=True)
    planned_at = c.instant(optional=True)
    closed_at = c.instant(optional=True)
    close_reason = c.words(300)


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
