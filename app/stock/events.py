"""What happened to stock."""

from dataclasses import dataclass

from app.core.words import N_
from app.events.log import Event, MasterChanged, MasterMade


@dataclass(frozen=True, kw_only=True)
class StockMoved(Event):
    """Somebody moved stock by hand: opening balance, transfer, scrap, correction."""

    name = "stock.moved"
    sentence = N_(
        "posted %(number)s: %(quantity)s %(unit)s of %(item)s, lot %(lot)s, from %(from_bin)s to %(to_bin)s"
    )
    icon = "arrow-right-left"

    number: str
    why: str
    item: str
    lot: str
    quantity: str
    unit: str
    from_bin: str
    to_bin: str


@dataclass(frozen=True, kw_only=True)
class PostingReversed(Event):
    name = "stock.reversed"
    sentence = N_("reversed posting %(reversed)s by %(number)s")
    icon = "undo-2"

    number: str
    reversed: str


@dataclass(frozen=True, kw_only=True)
class WentBelowZero(Event):
    """A fact took more than the books held: the books are behind, somebody looks."""

    name = "stock.went_below_zero"
    sentence = N_(
        "took more than the books held of %(item)s, lot %(lot)s: bin %(bin)s stands at %(left)s %(unit)s"
    )
    icon = "triangle-alert"

    number: str
    item: str
    lot: str
    bin: str
    left: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class WarehouseMade(MasterMade):
    name = "warehouse.made"
    sentence = N_("made warehouse %(code)s")
    icon = "warehouse"


@dataclass(frozen=True, kw_only=True)
class WarehouseChanged(MasterChanged):
    name = "warehouse.changed"
    sentence = N_("changed warehouse %(code)s")


@dataclass(frozen=True, kw_only=True)
class BinMade(MasterMade):
    name = "bin.made"
    sentence = N_("made bin %(code)s")
    icon = "grid-3x3"


@dataclass(frozen=True, kw_only=True)
class BinChanged(MasterChanged):
    name = "bin.changed"
    sentence = N_("changed bin %(code)s")
