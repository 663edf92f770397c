"""What happened to money."""

from dataclasses import dataclass

from app.core.words import N_
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class ReceivableArose(Event):
    name = "receivable.arose"
    sentence = N_("receivable %(number)s of %(amount)s arose from %(source)s, due %(due_on)s")
    icon = "receipt"

    number: str
    amount: str
    source: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ReceivableFell(Event):
    name = "receivable.fell"
    sentence = N_("receivable %(number)s of %(amount)s was taken back with %(source)s")
    icon = "undo-2"

    number: str
    amount: str
    source: str


@dataclass(frozen=True, kw_only=True)
class ReceiptMade(Event):
    name = "receipt.made"
    sentence = N_("entered receipt %(number)s of %(amount)s from %(customer)s")
    icon = "banknote"

    number: str
    amount: str
    customer: str


@dataclass(frozen=True, kw_only=True)
class ReceiptMatched(Event):
    name = "receipt.matched"
    sentence = N_("matched %(amount)s of receipt %(number)s with %(receivable)s")
    icon = "link"

    number: str
    receivable: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class ReceiptUnmatched(Event):
    name = "receipt.unmatched"
    sentence = N_("undid the matching of %(amount)s of receipt %(number)s with %(receivable)s")
    icon = "unlink"

    number: str
    receivable: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class ReceiptReversed(Event):
    name = "receipt.reversed"
    sentence = N_("reversed receipt %(number)s of %(amount)s")
    icon = "undo-2"

    number: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class ReceivableTakenOver(Event):
    """A receivable that was open in the system before this one."""

    name = "receivable.taken_over"
    sentence = N_("took over receivable %(number)s (%(old)s in the old system): %(amount)s, due %(due_on)s")
    icon = "archive-restore"

    number: str
    old: str
    amount: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ReceivableGivenBack(Event):
    name = "receivable.given_back"
    sentence = N_(
        "took the taken-over receivable %(number)s (%(old)s in the old system) of %(amount)s back out"
    )
    icon = "undo-2"

    number: str
    old: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class BillTakenOver(Event):
    name = "bill.taken_over"
    sentence = N_("took over acceptance bill %(number)s of %(amount)s, maturing %(matures_on)s")
    icon = "archive-restore"

    number: str
    amount: str
    matures_on: str


@dataclass(frozen=True, kw_only=True)
class BillGivenBack(Event):
    name = "bill.given_back"
    sentence = N_("took the taken-over acceptance bill %(number)s of %(amount)s back out")
    icon = "undo-2"

    number: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class AdvancePut(Event):
    name = "receipt.advance_put"
    sentence = N_("kept %(amount)s of receipt %(number)s for order %(order)s")
    icon = "link"

    number: str
    order: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class AdvanceTakenBack(Event):
    name = "receipt.advance_taken_back"
    sentence = N_("no longer keeps %(amount)s of receipt %(number)s for order %(order)s")
    icon = "unlink"

    number: str
    order: str
    amount: str
