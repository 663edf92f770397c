"""What happened at the door."""

from dataclasses import dataclass

from app.core.words import N_
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class InboundReceived(Event):
    name = "inbound_order.received"
    sentence = N_("took in %(file)s as %(number)s: %(lines)s lines, %(doubts)s to check")
    icon = "file-input"

    number: str
    file: str
    lines: int
    doubts: int


@dataclass(frozen=True, kw_only=True)
class InboundAccepted(Event):
    name = "inbound_order.accepted"
    sentence = N_("made order %(order)s from %(number)s in %(seconds)s seconds, %(touches)s fields touched")
    icon = "check"

    number: str
    order: str
    seconds: int
    touches: int


@dataclass(frozen=True, kw_only=True)
class InboundRejected(Event):
    name = "inbound_order.rejected"
    sentence = N_("turned down %(number)s: %(note)s")
    icon = "x"

    number: str
    note: str


@dataclass(frozen=True, kw_only=True)
class PartNumberLearned(Event):
    name = "customer_item.learned"
    sentence = N_("noted that %(code)s of this customer is our %(item)s")
    icon = "graduation-cap"

    code: str
    item: str
