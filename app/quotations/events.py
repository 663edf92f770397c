"""What happened to quotations."""

from dataclasses import dataclass
from typing import Any

from app.core.words import N_
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class QuotationWritten(Event):
    name = "quotation.written"
    sentence = N_("wrote quotation %(number)s: %(lines)s lines, %(amount)s")
    icon = "file-plus"

    number: str
    lines: int
    amount: str


@dataclass(frozen=True, kw_only=True)
class QuotationEdited(Event):
    name = "quotation.edited"
    sentence = N_("changed quotation %(number)s")
    icon = "pencil"

    number: str
    changes: dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class QuotationSent(Event):
    """`mail` is where the PDF goes; '' when somebody hands it over."""

    name = "quotation.sent"
    sentence = N_("sent quotation %(number)s: %(amount)s, valid until %(valid_until)s %(mail)s")
    icon = "send"

    number: str
    amount: str
    valid_until: str
    mail: str = ""


@dataclass(frozen=True, kw_only=True)
class QuotationRevised(Event):
    name = "quotation.revised"
    sentence = N_("made revision %(newer)s of quotation %(number)s")
    icon = "copy"

    number: str
    newer: str


@dataclass(frozen=True, kw_only=True)
class QuotationAccepted(Event):
    name = "quotation.accepted"
    sentence = N_("booked that quotation %(number)s is accepted: order %(order)s, %(amount)s")
    icon = "handshake"

    number: str
    order: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class QuotationLost(Event):
    name = "quotation.lost"
    sentence = N_("booked that quotation %(number)s is lost: %(reason)s %(note)s")
    icon = "trending-down"

    number: str
    reason: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class QuotationExpired(Event):
    name = "quotation.expired"
    sentence = N_("let quotation %(number)s run out: it was valid until %(valid_until)s")
    icon = "alarm-clock-off"

    number: str
    valid_until: str
