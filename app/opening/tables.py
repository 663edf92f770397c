"""Opening data: the files it came from, and what of them is in the books by the key each row had in the old system."""

from piccolo.columns import BigInt

from app.catalog.tables import Item
from app.core import columns as c
from app.documents.tables import Attachment
from app.parties.tables import Customer, Supplier
from app.people.tables import User
from app.stock.tables import Bin, Lot


class Opening(c.Table, tablename="openings"):
    """Whether the opening goes on or is complete. One row."""

    state = c.words(20)
    completed_at = c.instant(optional=True)
    version = c.version()


class OpeningImport(c.Table, tablename="opening_imports"):
    """One file of opening data: kept as it came, checked, then booked whole or not at all.

    `whole`: the file is all there is of its kind, so that what it lacks is taken out of the books. `typed` is what the
    user typed from the old system to compare with, `problems` what is wrong in the file, cell by cell.
    """

    number = c.code(40)
    kind = c.words(20)
    state = c.words(20)
    file_name = c.words(200)
    file = c.ref(Attachment, optional=True)
    whole = c.flag()
    row_count = c.count()
    made = c.count()
    changed = c.count()
    removed = c.count()
    same = c.count()
    problems = c.document("[]")
    typed = c.document()
    failure = c.words(300)
    made_at = c.instant()
    made_by = c.ref(User, optional=True)
    booked_at = c.instant(optional=True)
    version = c.version()


class OpeningRow(c.Table, tablename="opening_rows"):
    """A row of opening data that is in the books, by its `key` in the old system.

    Of stock it is the opening value of an item's lot in a bin (`amount` in fen); of an open purchase it is all there is.
    `done_q` is what was shipped or received by then, `weight_q` kg at 10⁻³, `subject_id` the order, receivable or bill
    that it became, `told` the row as it was read.
    """

    kind = c.words(20)
    key = c.words(200)
    taken_by = c.ref(OpeningImport)
    item = c.ref(Item, optional=True)
    customer = c.ref(Customer, optional=True)
    supplier = c.ref(Supplier, optional=True)
    lot = c.ref(Lot, optional=True)
    bin = c.ref(Bin, optional=True)
    quality = c.words(10)
    unit = c.words(10)
    quantity_q = c.scaled()
    done_q = c.scaled()
    weight_q = c.scaled()
    amount = c.scaled()
    currency = c.words(3)
    due_on = c.day(optional=True)
    subject_id = BigInt(null=True, default=None)
    told = c.document()


INDEXES = (
    "create unique index opening_rows_key on opening_rows (kind, key)",
    "create index opening_rows_subject on opening_rows (kind, subject_id)",
)
