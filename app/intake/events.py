"""What happened at the door."""

from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, kw_only=True)
class PartNumberMended(Event):
    name = "customer_item.mended"
    sentence = N_("mended that %(code)s of this customer is our %(item)s, not %(before)s")
    icon = "pencil"

    code: str
    item: str
    before: str


@dataclass(frozen=True, kw_only=True)
class PartNumberForgotten(Event):
    name = "customer_item.forgotten"
    sentence = N_("took back that %(code)s of this customer is our %(item)s")
    icon = "delete"

    code: str
    item: str


@dataclass(frozen=True, kw_only=True)
class WordLearned(Event):
    name = "learned_word.learned"
    sentence = N_("taught what this customer means: %(kind)s “%(said)s” is %(means)s")
    icon = "graduation-cap"

    kind: str
    said: str
    means: str


@dataclass(frozen=True, kw_only=True)
class WordMended(Event):
    name = "learned_word.mended"
    sentence = N_("mended what this customer means: %(kind)s “%(said)s” is %(means)s, not %(before)s")
    icon = "pencil"

    kind: str
    said: str
    means: str
    before: str


@dataclass(frozen=True, kw_only=True)
class WordForgotten(Event):
    name = "learned_word.forgotten"
    sentence = N_("took back what this customer means: %(kind)s “%(said)s” was %(means)s")
    icon = "delete"

    kind: str
    said: str
    means: str


@dataclass(frozen=True, kw_only=True)
class CleaningRuleMade(Event):
    name = "cleaning_rule.made"
    sentence = N_("made the cleaning rule %(rule)s")
    icon = "plus"

    rule: str


@dataclass(frozen=True, kw_only=True)
class CleaningRuleChanged(Event):
    name = "cleaning_rule.changed"
    sentence = N_("changed the cleaning rule %(rule)s")
    icon = "pencil"

    rule: str
    changes: dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class InboundRead(Event):
    name = "inbound_order.read"
    sentence = N_("named the columns of %(number)s: %(lines)s lines, %(doubts)s to check")
    icon = "columns-3"

    number: str
    lines: int
    doubts: int


@dataclass(frozen=True, kw_only=True)
class InboundSame(Event):
    name = "inbound_order.same"
    sentence = N_("took in %(number)s, which says the same as %(order)s: nothing was made")
    icon = "copy"

    number: str
    order: str


@dataclass(frozen=True, kw_only=True)
class InboundDiffers(Event):
    name = "inbound_order.differs"
    sentence = N_("took in %(number)s, which differs from %(order)s in %(differences)s points")
    icon = "git-compare-arrows"

    number: str
    order: str
    differences: int
