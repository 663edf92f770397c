"""Quotations and their lines. Every revision is a row and has a number of its own."""

from app.core import columns as c
from app.inquiries.tables import Inquiry
from app.parties.tables import Customer
from app.people.tables import Person, Team
from app.sales.tables import AsAgreed, AsPriced, SalesOrder


class Quotation(AsAgreed, c.Table, tablename="quotations"):
    """The head. `root` is the number of the first revision, which the others carry with their letter: QT…-0001-B.

    Money in minor units of `currency`; `rate_micro` = CNY per unit × 10⁶ where one was written, else 0. The goods are
    delivered `lead_days` after the order.
    """

    number = c.code(40)
    root = c.words(40)
    revision = c.count(1)
    state = c.words(20)
    customer = c.ref(Customer)
    customer_name = c.words(120)
    customer_reference = c.words(80)
    inquiry = c.ref(Inquiry, optional=True)
    sales_order = c.ref(SalesOrder, optional=True)
    currency = c.words(3)
    tax_included = c.flag(True)
    trade_term = c.words(20)
    rate_micro = c.scaled()
    net = c.scaled()
    tax = c.scaled()
    gross = c.scaled()
    gross_cny = c.scaled()
    quoted_on = c.day()
    valid_until = c.day()
    lead_days = c.count()
    first_item = c.words(200)
    line_count = c.count()
    salesperson = c.ref(Person, optional=True, index=False)
    team = c.ref(Team, optional=True)
    remark = c.words(500)
    sent_at = c.instant(optional=True)
    sent_to = c.words(120)
    decided_at = c.instant(optional=True)
    lost_reason = c.words(20)
    lost_note = c.words(300)
    made_at = c.instant()
    custom = c.document()
    version = c.version()


class QuotationLine(AsPriced, c.Table, tablename="quotation_lines"):
    """A line. `breaks` is a list of [quantity as entered, at 10⁻³ of the base unit, price at 10⁻⁶], rising; `schedules` one of [day,
    quantity as entered] where they want it in several deliveries."""

    quotation = c.ref(Quotation, index=False)
    breaks = c.document("[]")
    custom = c.document()
    schedules = c.document("[]")


INDEXES = (
    "create unique index quotations_revision on quotations (root, revision)",
    "create index quotations_valid on quotations (state, valid_until, id)",
    "create index quotations_amount on quotations (gross_cny, id)",
    "create unique index quotation_lines_no on quotation_lines (quotation, line_no)",
)
