"""What happened to delivery notes."""

from dataclasses import dataclass

from app.core.words import N_
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class DeliveryNoteEvent(Event):
    """An event of one note; `orders` are the numbers of the orders it delivers."""

    number: str
    orders: str


@dataclass(frozen=True, kw_only=True)
class DeliveryNoteCreated(DeliveryNoteEvent):
    name = "delivery_note.created"
    sentence = N_("wrote delivery note %(number)s for order %(orders)s: %(lines)s lines")
    icon = "file-plus"

    lines: int


@dataclass(frozen=True, kw_only=True)
class Picked(DeliveryNoteEvent):
    name = "delivery_note.picked"
    sentence = N_("picked %(quantity)s %(unit)s of %(item)s for %(number)s: lot %(lot)s from bin %(bin)s")
    icon = "scan-line"

    line_no: int
    item: str
    lot: str
    bin: str
    quantity: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Unpicked(DeliveryNoteEvent):
    name = "delivery_note.unpicked"
    sentence = N_("put back %(quantity)s %(unit)s of %(item)s from %(number)s: lot %(lot)s into bin %(bin)s")
    icon = "undo-2"

    line_no: int
    item: str
    lot: str
    bin: str
    quantity: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class DeliveryNotePosted(DeliveryNoteEvent):
    """Goods left the house; receivables arise from this."""

    name = "delivery_note.posted"
    sentence = N_("posted delivery note %(number)s for order %(orders)s by %(posting)s")
    icon = "truck"

    posting: str


@dataclass(frozen=True, kw_only=True)
class DeliveryNoteReversed(DeliveryNoteEvent):
    name = "delivery_note.reversed"
    sentence = N_("reversed delivery note %(number)s for order %(orders)s by %(posting)s %(reason)s")
    icon = "undo-2"

    posting: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class DeliveryNoteCancelled(DeliveryNoteEvent):
    name = "delivery_note.cancelled"
    sentence = N_("cancelled delivery note %(number)s for order %(orders)s")
    icon = "ban"
