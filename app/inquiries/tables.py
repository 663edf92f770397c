"""Inquiries and their lines, as they were said: nothing of them is priced or counted yet."""

from app.catalog.tables import Item
from app.core import columns as c
from app.parties.tables import Customer
from app.people.tables import Person, Team


class Inquiry(c.Table, tablename="inquiries"):
    """Who asked by which way, and when. `customer` is empty while the asker is not one of ours; `asker` is their name all the same.

    `answered_at` is our first reply, from which the first-reply time is counted.
    """

    number = c.code(40)
    state = c.words(20)
    customer = c.ref(Customer, optional=True)
    asker = c.words(120)
    contact = c.words(120)
    channel = c.words(20)
    received_at = c.instant()
    wanted_date = c.day(optional=True)
    currency = c.words(3, "CNY")
    said = c.words(1000)
    first_item = c.words(300)
    line_count = c.count()
    salesperson = c.ref(Person, optional=True, index=False)
    team = c.ref(Team, optional=True)
    answered_at = c.instant(optional=True)
    answer = c.words(300)
    decided_at = c.instant(optional=True)
    lost_reason = c.words(20)
    lost_note = c.words(300)
    made_at = c.instant()
    version = c.version()


class InquiryLine(c.Table, tablename="inquiry_lines"):
    """One thing they ask for: our item where it is known, else their words. Quantity and price as they said them."""

    inquiry = c.ref(Inquiry, index=False)
    line_no = c.count()
    item = c.ref(Item, optional=True)
    spec = c.words(300)
    quantity = c.words(60)
    unit = c.words(10)
    target_micro = c.scaled()
    price_unit = c.words(10)
    wanted_date = c.day(optional=True)


INDEXES = (
    "create index inquiries_state on inquiries (state, received_at, id)",
    "create index inquiries_salesperson on inquiries (salesperson)",
    "create index inquiries_received on inquiries (received_at, id)",
    "create unique index inquiry_lines_no on inquiry_lines (inquiry, line_no)",
)
