"""Receivables, receipts and the matching between them. Amounts in minor units."""

from piccolo.columns import BigInt

from app.core import columns as c
from app.parties.tables import Customer
from app.sales.tables import SalesOrder, SalesOrderLine


class Receivable(c.Table, tablename="receivables"):
    """What one delivery of one order is worth. Kept: `matched`. Reversed by a receivable with the opposite amount.

    One from the system before ours has no order; `reference` is the number it had there.
    """

    number = c.code(40)
    customer = c.ref(Customer)
    order = c.ref(SalesOrder, optional=True)
    source_kind = c.words(30)
    source_id = BigInt()
    reference = c.words(80)
    currency = c.words(3)
    amount = c.scaled()
    amount_cny = c.scaled()
    matched = c.scaled()
    arose_on = c.day()
    due_on = c.day()
    reverses = c.ref("self", optional=True)
    version = c.version()


class ReceivableLine(c.Table, tablename="receivable_lines"):
    """What a receivable bills apart from deliveries: a charge, or consigned goods that the customer used."""

    receivable = c.ref(Receivable)
    order_line = c.ref(SalesOrderLine)
    quantity_q = c.scaled()
    amount = c.scaled()


class Receipt(c.Table, tablename="receipts"):
    """Money that came in. Kept: `matched`."""

    number = c.code(40)
    customer = c.ref(Customer)
    state = c.words(20)
    currency = c.words(3)
    amount = c.scaled()
    matched = c.scaled()
    received_on = c.day()
    method = c.words(20)
    reference = c.words(80)
    remark = c.words(200)
    made_at = c.instant()
    version = c.version()


class Allocation(c.Table, tablename="receipt_allocations"):
    """A part of a receipt that pays a part of a receivable; undone by setting `undone_at`."""

    receipt = c.ref(Receipt)
    receivable = c.ref(Receivable)
    amount = c.scaled()
    made_at = c.instant()
    undone_at = c.instant(optional=True)


class Bill(c.Table, tablename="bills"):
    """A bank acceptance bill (承兑汇票) in our hands: money on the day it matures. `drawer` drew it, `customer` gave it."""

    number = c.code(60)
    state = c.words(20)
    drawer = c.words(120)
    bank = c.words(120)
    customer = c.ref(Customer, optional=True)
    amount = c.scaled()
    currency = c.words(3)
    drawn_on = c.day(optional=True)
    matures_on = c.day()
    remark = c.words(200)
    made_at = c.instant()
    version = c.version()


class Advance(c.Table, tablename="receipt_advances"):
    """A part of a receipt that is kept for an order before anything is owed; undone by setting `undone_at`."""

    receipt = c.ref(Receipt)
    order = c.ref(SalesOrder)
    amount = c.scaled()
    made_at = c.instant()
    undone_at = c.instant(optional=True)


INDEXES = (
    # With all that is summed, so that what a customer owes is read from here alone.
    "create index receivables_open on receivables (customer, due_on, id, currency, amount, matched, amount_cny)"
    " where matched <> amount",
    "create index receipts_unmatched on receipts (customer, currency) where state = 'booked' and matched < amount",
    "create index receivables_source on receivables (source_kind, source_id)",
    "create index receivables_due on receivables (due_on, id)",
    "create index receivables_amount on receivables (amount, id)",
    "create index receivables_reference on receivables (reference) where reference <> ''",
    "create index receipts_received on receipts (received_on, id)",
    "create index receipts_amount on receipts (amount, id)",
    "create index bills_maturing on bills (matures_on, id)",
)
