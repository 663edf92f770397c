"""Quotations and their lines. Every revision is a row and has a number of its own."""

from app.core import columns as c
from app.inquiries.tables import Inquiry
from app.offers.tables import AsOffered
from app.sales.tables import AsPriced, SalesOrder


class Quotation(AsOffered, c.Table, tablename="quotations"):
    """The head. `root` is the number of the first revision, which the others carry with their letter: QT…-0001-B.

    The goods are delivered `lead_days` after the order.
    """

    root = c.words(40)
    revision = c.count(1)
    customer_reference = c.words(80)
    inquiry = c.ref(Inquiry, optional=True)
    sales_order = c.ref(SalesOrder, optional=True)
    quoted_on = c.day()
    lead_days = c.count()
    sent_at = c.instant(optional=True)
    sent_to = c.words(120)
    decided_at = c.instant(optional=True)
    lost_reason = c.words(20)
    lost_note = c.words(300)
    custom = c.document()


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
    "create index quotations_until on quotations (valid_until, id)",
    "create index quotations_salesperson on quotations (salesperson)",
    "create index quotations_amount on quotations (gross_cny, id)",
    "create unique index quotation_lines_no on quotation_lines (quotation, line_no)",
)
