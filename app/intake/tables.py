"""What came in, as read, with the source cell beside each field."""

from piccolo.columns import BigInt

from app.core import columns as c
from app.documents.tables import Attachment
from app.parties.tables import Customer
from app.people.tables import User
from app.sales.tables import SalesOrder


class InboundOrder(c.Table, tablename="inbound_orders"):
    """One order found in what came in. `reading` is JSON: header and lines with value, text, cell and doubt of each field.

    `digest` tells equal contents; `same_as` is the number of the order or inbound order that says the same already;
    `differences` is JSON: what differs from the sales order of the same customer's number.
    """

    number = c.code(40)
    channel = c.words(20)
    state = c.words(20)
    file = c.ref(Attachment, optional=True)
    file_name = c.words(200)
    sheet = c.words(80)
    customer = c.ref(Customer, optional=True)
    customer_order_number = c.words(80, index=True)
    reading = c.document()
    doubts = c.count()
    sales_order = c.ref(SalesOrder, optional=True)
    received_at = c.instant()
    received_by = c.ref(User, optional=True)
    decided_at = c.instant(optional=True)
    note = c.words(300)
    touches = c.count()
    seconds = BigInt(default=0)
    digest = c.words(64)
    same_as = c.words(40)
    differences = c.document("[]")
    version = c.version()


class LearnedWord(c.Table, tablename="learned_words"):
    """What a word of a customer means, as a person taught. `kind` says what it is a word for; see learning.KINDS."""

    customer = c.ref(Customer, index=False)
    kind = c.words(20)
    said = c.words(200)
    means = c.words(120)
    learned_at = c.instant()
    learned_by = c.ref(User, optional=True)
    version = c.version()


class CleaningRule(c.Table, tablename="cleaning_rules"):
    """How a field is cleaned before anything is made of it. '' as channel and no customer: for all of them."""

    name = c.words(80)
    field = c.words(40)
    channel = c.words(20)
    customer = c.ref(Customer, optional=True)
    kind = c.words(20)
    pattern = c.words(200)
    replacement = c.words(200)
    position = c.count(10)
    active = c.flag(True)
    version = c.version()


INDEXES = (
    "create unique index learned_words_said on learned_words (customer, kind, said)",
    "create index learned_words_kind_said on learned_words (kind, said)",
    "create index inbound_orders_received on inbound_orders (received_at, id)",
    "create index inbound_orders_state on inbound_orders (state, received_at, id)",
    "create index inbound_orders_digest on inbound_orders (digest)",
)
