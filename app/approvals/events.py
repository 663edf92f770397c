"""What happened to approval requests."""

from dataclasses import dataclass
from typing import Any

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
    changes: dict[str, list[Any]] | None = None


@dataclass(frozen=True, kw_only=True)
class ApprovalAgreed(Event):
    """One agreed, and it is not all yet; `put_to` are those whose turn comes next."""

    name = "approval.agreed"
    sentence = N_("agreed to %(label)s %(comment)s")
    icon = "check"

    number: str
    label: str
    comment: str = ""
    put_to: str = ""


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
class ApprovalReturned(Event):
    name = "approval.returned"
    sentence = N_("returned %(label)s: %(comment)s")
    icon = "undo-2"

    number: str
    label: str
    comment: str


@dataclass(frozen=True, kw_only=True)
class ApprovalTransferred(Event):
    name = "approval.transferred"
    sentence = N_("gave %(label)s to %(to)s to decide %(comment)s")
    icon = "send"

    number: str
    label: str
    to: str
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class ApproverAdded(Event):
    name = "approval.approver_added"
    sentence = N_("asked %(to)s to agree to %(label)s as well %(comment)s")
    icon = "users"

    number: str
    label: str
    to: str
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class ApprovalReminded(Event):
    name = "approval.reminded"
    sentence = N_("reminded of %(label)s, which waits")
    icon = "bell"

    number: str
    label: str


@dataclass(frozen=True, kw_only=True)
class ApprovalStoodIn(Event):
    name = "approval.stood_in"
    sentence = N_("put %(label)s to %(stand_in)s, as %(who)s cannot decide")
    icon = "user-round"

    number: str
    label: str
    who: str
    stand_in: str


@dataclass(frozen=True, kw_only=True)
class ApprovalEscalated(Event):
    name = "approval.escalated"
    sentence = N_("put %(label)s to %(stand_in)s too: %(who)s has not decided in %(hours)s working hours")
    icon = "clock"

    number: str
    label: str
    who: str
    stand_in: str
    hours: int


@dataclass(frozen=True, kw_only=True)
class ApprovalStuck(Event):
    name = "approval.stuck"
    sentence = N_(
        "found nobody who decides %(label)s in place of %(who)s; an administrator has to give it to somebody"
    )
    icon = "triangle-alert"

    number: str
    label: str
    who: str


@dataclass(frozen=True, kw_only=True)
class ApprovalLate(Event):
    """It takes too long, and there is no substitute or head who could be asked too."""

    name = "approval.late"
    sentence = N_(
        "waits: %(who)s has not decided %(label)s in %(hours)s working hours, and there is no substitute to ask"
    )
    icon = "clock"

    number: str
    label: str
    who: str
    hours: int


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


@dataclass(frozen=True, kw_only=True)
class ApprovalsDelegated(Event):
    name = "approval.delegated"
    sentence = N_("let %(taker)s decide for %(giver)s from %(begins)s to %(ends)s")
    icon = "user-round"

    giver: str
    taker: str
    begins: str
    ends: str


@dataclass(frozen=True, kw_only=True)
class DelegationRevoked(Event):
    name = "approval.delegation_revoked"
    sentence = N_("ended that %(taker)s decides for %(giver)s")
    icon = "undo-2"

    giver: str
    taker: str
