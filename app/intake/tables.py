"""What came in, as read, with the source cell beside each field."""

from piccolo.columns import BigInt

from app.core import columns as c
from app.documents.tables import Attachment
from app.parties.tables import Customer
from app.people.tables import User
from app.sales.tables import SalesOrder


class InboundOrder(c.Table, tablename="inbound_orders"):
    """One order found in what came in. `reading` is JSON: header and lines with value, text, cell and doubt of each field."""

    number = c.code(40)
    channel = c.words(20)
    state = c.words(20, index=True)
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
    version = c.version()
