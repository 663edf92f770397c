"""What happened to sales orders."""

from dataclasses import dataclass
from typing import Any

from app.core.words import N_
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class OrderCreated(Event):
    name = "sales_order.created"
    sentence = N_("wrote order %(number)s: %(lines)s lines, %(amount)s")
    icon = "file-plus"

    number: str
    lines: int
    amount: str


@dataclass(frozen=True, kw_only=True)
class OrderEdited(Event):
    name = "sales_order.edited"
    sentence = N_("changed order %(number)s")
    icon = "pencil"

    number: str
    changes: dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class OrderAmended(Event):
    """An order that stands is delivered otherwise; `paper` is the number of what asked for it."""

    name = "sales_order.amended"
    sentence = N_("changed order %(number)s by %(paper)s: %(reason)s")
    icon = "git-compare-arrows"

    number: str
    paper: str
    reason: str
    changes: dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class OrderSubmitted(Event):
    name = "sales_order.submitted"
    sentence = N_("handed in order %(number)s")
    icon = "send"

    number: str


@dataclass(frozen=True, kw_only=True)
class OrderConfirmed(Event):
    name = "sales_order.confirmed"
    sentence = N_("confirmed order %(number)s: %(amount)s, due %(due_date)s")
    icon = "check"

    number: str
    amount: str
    amount_cny: str
    due_date: str


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(Event):
    name = "sales_order.cancelled"
    sentence = N_("cancelled order %(number)s %(reason)s")
    icon = "ban"

    number: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderDelivered(Event):
    """The last open line was delivered within its tolerance."""

    name = "sales_order.delivered"
    sentence = N_("delivered all of order %(number)s on %(on)s")
    icon = "truck"

    number: str
    on: str


@dataclass(frozen=True, kw_only=True)
class OrderPaid(Event):
    """All that was billed so far is received."""

    name = "sales_order.paid"
    sentence = N_("booked the last open amount of order %(number)s: %(received)s received")
    icon = "banknote"

    number: str
    received: str


@dataclass(frozen=True, kw_only=True)
class OrderClosed(Event):
    name = "sales_order.closed"
    sentence = N_("closed order %(number)s %(reason)s")
    icon = "archive"

    number: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderReopened(Event):
    name = "sales_order.reopened"
    sentence = N_("opened order %(number)s again: %(why)s")
    icon = "archive-restore"

    number: str
    why: str


@dataclass(frozen=True, kw_only=True)
class OrderTakenOver(Event):
    """An open order of the system before this one; what it shipped there has no delivery note here."""

    name = "sales_order.taken_over"
    sentence = N_(
        "took over order %(number)s (%(old)s in the old system): %(lines)s lines, %(amount)s; %(shipped)s of them shipped in part"
    )
    icon = "archive-restore"

    number: str
    old: str
    lines: int
    shipped: int
    amount: str


@dataclass(frozen=True, kw_only=True)
class OrderGivenBack(Event):
    name = "sales_order.given_back"
    sentence = N_("took the taken-over order %(number)s (%(old)s in the old system) back out")
    icon = "undo-2"

    number: str
    old: str


@dataclass(frozen=True, kw_only=True)
class OrderGateOpened(Event):
    name = "sales_order.gate_opened"
    sentence = N_("opened a gate of order %(number)s (%(gate)s): %(reason)s")
    icon = "shield-check"

    number: str
    gate: str
    reason: str
