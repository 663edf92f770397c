"""Delivery notes, their lines, and what was picked for them from which lot and bin."""

from app.catalog.tables import Item
from app.core import columns as c
from app.parties.tables import Customer
from app.people.tables import Person
from app.sales.tables import SalesOrderLine
from app.stock.tables import Bin, Lot, Posting


class DeliveryNote(c.Table, tablename="delivery_notes"):
    number = c.code(40)
    customer = c.ref(Customer)
    state = c.words(20)
    address = c.words(300)
    contact = c.words(100)
    planned_on = c.day()
    posted_on = c.day(optional=True)
    posted_at = c.instant(optional=True)
    posting = c.ref(Posting, optional=True)
    remark = c.words(300)
    made_at = c.instant()
    version = c.version()


class DeliveryNoteLine(c.Table, tablename="delivery_note_lines"):
    note = c.ref(DeliveryNote, index=False)
    line_no = c.count()
    order_line = c.ref(SalesOrderLine)
    item = c.ref(Item)
    quantity_q = c.scaled()
    picked_q = c.scaled()


class Pick(c.Table, tablename="delivery_picks"):
    """A quantity of one lot taken from one bin for a line, by scan. `action` is the device action that made it."""

    line = c.ref(DeliveryNoteLine)
    lot = c.ref(Lot)
    bin = c.ref(Bin)
    quantity_q = c.scaled()
    person = c.ref(Person, optional=True)
    action = c.words(60)
    picked_at = c.instant()


INDEXES = (
    "create index delivery_notes_planned on delivery_notes (planned_on, id)",
    "create index delivery_notes_state on delivery_notes (state, planned_on, id)",
    "create unique index delivery_note_lines_no on delivery_note_lines (note, line_no)",
    "create unique index delivery_picks_action on delivery_picks (action) where action <> ''",
)
