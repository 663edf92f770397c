"""Bins, lots, the ledger of movements, the balance kept with it, and who needs what."""

from piccolo.columns import BigInt

from app.catalog.tables import Item
from app.core import columns as c
from app.core.quantities import Weight
from app.people.tables import Person


class Warehouse(c.Table, tablename="warehouses"):
    code = c.code()
    name = c.words(80)
    active = c.flag(True)
    version = c.version()


class Bin(c.Table, tablename="bins"):
    """A place. `kind`: store (counts as on hand), place (machine side, dock), virtual (customer, production, scrap …)."""

    code = c.code()
    name = c.words(80)
    warehouse = c.ref(Warehouse)
    kind = c.words(10)
    active = c.flag(True)
    version = c.version()


class Lot(c.Table, tablename="lots"):
    """A batch of one item, with its own learned piece weight. An item that is not tracked has the one lot “-”."""

    item = c.ref(Item, index=False)
    number = c.words(60)
    owner = c.words(20)
    heat = c.words(60)
    weight_micro = c.scaled()
    weight_pieces = c.count(1000)
    made_at = c.instant()

    @property
    def weight(self) -> Weight:
        return Weight(self.weight_micro, self.weight_pieces)


class Posting(c.Table, tablename="stock_postings"):
    """One act that moved stock, with the document that caused it. A reversal points to what it undoes.

    `flags` says what the office should look at: `below_zero` when a fact took more than the books held.
    """

    number = c.code(40)
    why = c.words(20)
    source_kind = c.words(30)
    source_id = BigInt()
    document = c.words(40)
    flags = c.words(60)
    happened_at = c.instant()
    booked_on = c.day()
    person = c.ref(Person, optional=True)
    device = BigInt(null=True, default=None)
    reverses = c.ref("self", optional=True)


class Move(c.Table, tablename="stock_moves"):
    """A quantity of a lot from one bin to another, in the item's base unit; with what the scale said, if it was weighed."""

    posting = c.ref(Posting)
    item = c.ref(Item, index=False)
    lot = c.ref(Lot)
    from_bin = c.ref(Bin)
    to_bin = c.ref(Bin)
    from_quality = c.words(10)
    to_quality = c.words(10)
    quantity_q = c.scaled()
    measured_q = c.maybe_scaled()
    measured_unit = c.words(10)


class Balance(c.Table, tablename="stock_balances"):
    """What lies where, kept in the transaction of each movement; `recount` proves it equal to the ledger."""

    item = c.ref(Item, index=False)
    lot = c.ref(Lot)
    bin = c.ref(Bin)
    quality = c.words(10)
    quantity_q = c.scaled()


class Demand(c.Table, tablename="demands"):
    """Who needs what: a supply (work order, stock) pegged to a demand (order line). A promise, not a movement.

    Kept: `fulfilled_q`, what was handed over of the promise.
    """

    supply_kind = c.words(20)
    supply_id = BigInt()
    demand_kind = c.words(20)
    demand_id = BigInt()
    quantity_q = c.scaled()
    fulfilled_q = c.scaled()


INDEXES = (
    "create unique index lots_number on lots (item, number)",
    "create unique index stock_balances_key on stock_balances (item, lot, bin, quality)",
    "create index stock_balances_in_bin on stock_balances (bin, item) where quantity_q <> 0",
    "create index stock_postings_source on stock_postings (source_kind, source_id)",
    "create index stock_postings_happened on stock_postings (happened_at, id)",
    "create index stock_postings_why on stock_postings (why)",
    "create index stock_postings_booked on stock_postings (booked_on)",
    "create index stock_postings_flagged on stock_postings (id) where flags <> ''",
    "create unique index stock_postings_reversed_once on stock_postings (reverses) where reverses is not null",
    "create index stock_moves_of_item on stock_moves (item, id)",
    "create unique index demands_key on demands (supply_kind, supply_id, demand_kind, demand_id)",
    "create index demands_demand on demands (demand_kind, demand_id, supply_kind, supply_id)",
)
