"""What happened to approval requests."""

from dataclasses import dataclass

from app.core.words import N_
from app.events.log import Changed, Event


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(Event):
    name = "approval.asked"
    sentence = N_("asked %(role)s to approve: %(label)s")
    icon = "stamp"

    number: str
    label: str
    role: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class ApprovalGranted(Event):
    name = "approval.granted"
    sentence = N_("approved %(label)s %(comment)s")
    icon = "check"

    number: str
    label: str
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class ApprovalRejected(Event):
    name = "approval.rejected"
    sentence = N_("rejected %(label)s: %(comment)s")
    icon = "x"

    number: str
    label: str
    comment: str


@dataclass(frozen=True, kw_only=True)
class ApprovalFailed(Event):
    name = "approval.failed"
    sentence = N_("%(label)s was approved but could not be carried out: %(why)s")
    icon = "triangle-alert"

    number: str
    label: str
    why: str


@dataclass(frozen=True, kw_only=True)
class ApprovalWithdrawn(Event):
    name = "approval.withdrawn"
    sentence = N_("withdrew the request to approve %(label)s")
    icon = "undo-2"

    number: str
    label: str


@dataclass(frozen=True, kw_only=True)
class RuleWritten(Changed):
    name = "approval.rule_written"
    sentence = N_("wrote the approval rule “%(what)s”")
    icon = "scale"
