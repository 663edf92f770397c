"""What happened to work orders, on the floor, and to exceptions. Quantities come as text with their unit, and as 10⁻³."""

from dataclasses import dataclass

from app.core.words import N_
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class WorkOrderEvent(Event):
    """An event of one work order."""

    number: str


@dataclass(frozen=True, kw_only=True)
class WorkOrderMade(WorkOrderEvent):
    name = "work_order.made"
    sentence = N_("made work order %(number)s: %(quantity)s %(unit)s %(item)s")
    icon = "hammer"

    item: str
    quantity: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class WorkOrderReleased(WorkOrderEvent):
    name = "work_order.released"
    sentence = N_("released work order %(number)s")
    icon = "play"


@dataclass(frozen=True, kw_only=True)
class WorkOrderHeld(WorkOrderEvent):
    name = "work_order.held"
    sentence = N_("put work order %(number)s on hold %(reason)s")
    icon = "pause"

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkOrderResumed(WorkOrderEvent):
    name = "work_order.resumed"
    sentence = N_("resumed work order %(number)s")
    icon = "play"


@dataclass(frozen=True, kw_only=True)
class WorkOrderCancelled(WorkOrderEvent):
    name = "work_order.cancelled"
    sentence = N_("cancelled work order %(number)s %(reason)s")
    icon = "x"

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkOrderFinished(WorkOrderEvent):
    name = "work_order.finished"
    sentence = N_("finished work order %(number)s: %(done)s %(unit)s good")
    icon = "check"

    done: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class WorkOrderReopened(WorkOrderEvent):
    name = "work_order.reopened"
    sentence = N_("opened work order %(number)s again")
    icon = "rotate-ccw"


@dataclass(frozen=True, kw_only=True)
class WorkOrderReceived(WorkOrderEvent):
    name = "work_order.received"
    sentence = N_("put %(quantity)s %(unit)s of %(number)s into %(bin)s")
    icon = "package-check"

    quantity: str
    quantity_q: int
    unit: str
    bin: str
    lot: str
    posting: str


@dataclass(frozen=True, kw_only=True)
class ReceiptReversed(WorkOrderEvent):
    name = "work_order.receipt_reversed"
    sentence = N_("took %(quantity)s %(unit)s of %(number)s out of stock again")
    icon = "undo-2"

    quantity: str
    quantity_q: int
    unit: str
    posting: str


@dataclass(frozen=True, kw_only=True)
class OperationEvent(Event):
    """An event of one operation of a work order."""

    number: str
    seq: int
    operation: str


@dataclass(frozen=True, kw_only=True)
class OperationStarted(OperationEvent):
    name = "operation.started"
    sentence = N_("started %(operation)s of %(number)s %(machine)s")
    icon = "play"

    machine: str = ""


@dataclass(frozen=True, kw_only=True)
class OperationPaused(OperationEvent):
    name = "operation.paused"
    sentence = N_("paused %(operation)s of %(number)s %(reason)s")
    icon = "pause"

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OperationResumed(OperationEvent):
    name = "operation.resumed"
    sentence = N_("resumed %(operation)s of %(number)s")
    icon = "play"


@dataclass(frozen=True, kw_only=True)
class OperationReported(OperationEvent):
    name = "operation.reported"
    sentence = N_("reported %(good)s %(unit)s of %(operation)s, %(number)s; scrap %(scrap)s")
    icon = "clipboard-check"

    good: str
    good_q: int
    scrap: str
    scrap_q: int
    unit: str
    flags: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportUndone(OperationEvent):
    name = "operation.report_undone"
    sentence = N_("took back %(good)s %(unit)s of %(operation)s, %(number)s")
    icon = "undo-2"

    good: str
    good_q: int
    scrap_q: int
    unit: str


@dataclass(frozen=True, kw_only=True)
class OperationClosed(OperationEvent):
    """Called done by a person though less was made."""

    name = "operation.closed"
    sentence = N_("called %(operation)s of %(number)s done at %(good)s of %(planned)s %(unit)s: %(reason)s")
    icon = "check"

    good: str
    planned: str
    unit: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class OperationFinished(OperationEvent):
    name = "operation.finished"
    sentence = N_("finished %(operation)s of %(number)s")
    icon = "check"


@dataclass(frozen=True, kw_only=True)
class ExceptionRaised(Event):
    name = "production_exception.raised"
    sentence = N_("raised %(number)s: %(what)s %(where)s %(note)s")
    icon = "triangle-alert"

    number: str
    kind: str
    what: str
    where: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ExceptionAcknowledged(Event):
    name = "production_exception.acknowledged"
    sentence = N_("is on it: %(number)s %(what)s")
    icon = "user-check"

    number: str
    what: str


@dataclass(frozen=True, kw_only=True)
class ExceptionResolved(Event):
    name = "production_exception.resolved"
    sentence = N_("resolved %(number)s %(what)s: %(note)s")
    icon = "check"

    number: str
    what: str
    note: str
