"""What happened to inquiries."""

from dataclasses import dataclass
from typing import Any

from app.core.words import N_
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class InquiryWritten(Event):
    name = "inquiry.written"
    sentence = N_("took in inquiry %(number)s of %(asker)s: %(what)s")
    icon = "message-square-plus"

    number: str
    asker: str
    what: str


@dataclass(frozen=True, kw_only=True)
class InquiryEdited(Event):
    name = "inquiry.edited"
    sentence = N_("changed inquiry %(number)s")
    icon = "pencil"

    number: str
    changes: dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class InquiryAnswered(Event):
    name = "inquiry.answered"
    sentence = N_("answered inquiry %(number)s: %(how)s")
    icon = "send"

    number: str
    how: str


@dataclass(frozen=True, kw_only=True)
class InquiryWon(Event):
    name = "inquiry.won"
    sentence = N_("won inquiry %(number)s with quotation %(quotation)s")
    icon = "handshake"

    number: str
    quotation: str


@dataclass(frozen=True, kw_only=True)
class InquiryLost(Event):
    name = "inquiry.lost"
    sentence = N_("booked that inquiry %(number)s is lost: %(reason)s %(note)s")
    icon = "trending-down"

    number: str
    reason: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class InquiryReopened(Event):
    name = "inquiry.reopened"
    sentence = N_("opened inquiry %(number)s again")
    icon = "rotate-ccw"

    number: str
