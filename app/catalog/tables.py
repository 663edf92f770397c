"""Items, their routings, and the machines that can run them."""

from app.core import columns as c
from app.core.quantities import PIECE, Weight
from app.people.tables import Team


class WorkCenter(c.Table, tablename="work_centers"):
    """Machines of one kind: a job planned here may run on any of them."""

    code = c.code()
    name = c.words(80)
    calendar = c.words(60)
    active = c.flag(True)
    version = c.version()


class Machine(c.Table, tablename="machines"):
    code = c.code()
    name = c.words(80)
    work_center = c.ref(WorkCenter)
    team = c.ref(Team, optional=True)
    note = c.words(200)
    active = c.flag(True)
    version = c.version()


class Item(c.Table, tablename="items"):
    """A thing that is made, bought or sold, kept in its base unit (件 or kg).

    The piece weight is `weight_micro` millionths of a kg for `weight_pieces` pieces. Packing levels are pieces per box,
    boxes per carton, cartons per pallet. `usual_price_micro` is CNY with tax per `usual_price_unit`,
    `cost_micro` what one of the base unit costs us without tax, 0 where that is not known.
    """

    code = c.code()
    name = c.words(120)
    spec = c.words(200)
    kind = c.words(20)
    base_unit = c.words(10)
    unit_label = c.words(10)
    weight_micro = c.scaled()
    weight_pieces = c.count(1000)
    per_box = c.count()
    boxes_per_carton = c.count()
    cartons_per_pallet = c.count()
    drawing_revision = c.words(20)
    setup_family = c.words(60)
    usual_price_micro = c.scaled()
    usual_price_unit = c.words(10)
    cost_micro = c.scaled()
    old_code = c.words(60)
    custom = c.document()
    active = c.flag(True)
    version = c.version()

    @property
    def weight(self) -> Weight:
        return Weight(self.weight_micro, self.weight_pieces)

    @property
    def label(self) -> str:
        """What one piece is called: 支, 只, 套 or 件."""
        return self.unit_label or (PIECE if self.base_unit == PIECE else self.base_unit)


class RoutingOperation(c.Table, tablename="routing_operations"):
    """One step of an item's routing. Run time is `run_seconds` for `run_pieces` pieces (of kg items: kg)."""

    item = c.ref(Item, index=False)
    seq = c.count()
    name = c.words(60)
    work_center = c.ref(WorkCenter)
    setup_minutes = c.count()
    run_seconds = c.count()
    run_pieces = c.count(1000)
    report_by = c.words(10)
    note = c.words(200)


class Bom(c.Table, tablename="boms"):
    """What an item is made of (物料清单). One of an item's is in use at a time."""

    code = c.code()
    name = c.words(120)
    item = c.ref(Item)
    revision = c.words(20)
    active = c.flag(True)
    version = c.version()


class BomLine(c.Table, tablename="bom_lines"):
    """A component: `quantity_q` thousandths of `unit` go into `per` of the item's base units, a ratio of two integers.

    `scrap_rate` at 10⁻⁴ comes on top.
    """

    bom = c.ref(Bom, index=False)
    seq = c.count()
    item = c.ref(Item)
    quantity_q = c.scaled()
    unit = c.words(10)
    per = c.count(1000)
    scrap_rate = c.count()
    note = c.words(200)


INDEXES = (
    "create unique index routing_operations_seq on routing_operations (item, seq)",
    "create unique index bom_lines_seq on bom_lines (bom, seq)",
)
