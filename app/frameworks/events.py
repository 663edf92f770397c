"""What happened to framework orders and their call-offs."""

from dataclasses import dataclass
from typing import Any

from app.core.words import N_
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class FrameworkWritten(Event):
    name = "framework_order.written"
    sentence = N_(
        "wrote framework order %(number)s: %(lines)s lines, %(amount)s, valid until %(valid_until)s"
    )
    icon = "file-plus"

    number: str
    lines: int
    amount: str
    valid_until: str


@dataclass(frozen=True, kw_only=True)
class FrameworkEdited(Event):
    name = "framework_order.edited"
    sentence = N_("changed framework order %(number)s")
    icon = "pencil"

    number: str
    changes: dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class FrameworkActivated(Event):
    name = "framework_order.activated"
    sentence = N_("put framework order %(number)s in force: %(amount)s, valid until %(valid_until)s")
    icon = "check"

    number: str
    amount: str
    valid_until: str


@dataclass(frozen=True, kw_only=True)
class FrameworkClosed(Event):
    name = "framework_order.closed"
    sentence = N_("closed framework order %(number)s %(reason)s")
    icon = "archive"

    number: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class FrameworkReopened(Event):
    name = "framework_order.reopened"
    sentence = N_("opened framework order %(number)s again")
    icon = "archive-restore"

    number: str


@dataclass(frozen=True, kw_only=True)
class PlanTaken(Event):
    """`changes` is what was taken over at once, `flagged` what touches the firm days or what is ordered."""

    name = "framework_order.planned"
    sentence = N_(
        "took call-off plan %(plan)s of %(number)s: %(made)s changes taken over, %(flagged)s to be decided"
    )
    icon = "calendar-range"

    number: str
    plan: str
    made: int
    flagged: int


@dataclass(frozen=True, kw_only=True)
class PlanSame(Event):
    name = "framework_order.planned_again"
    sentence = N_("took call-off plan %(plan)s of %(number)s: it says what stands already")
    icon = "check-check"

    number: str
    plan: str


@dataclass(frozen=True, kw_only=True)
class ChangeDecided(Event):
    name = "framework_order.change_decided"
    sentence = N_(
        "decided a change of call-offs of %(number)s, %(item)s (%(before)s → %(after)s): %(answer)s %(note)s"
    )
    icon = "git-compare-arrows"

    number: str
    item: str
    before: str
    after: str
    answer: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CallOffsOrdered(Event):
    name = "framework_order.ordered"
    sentence = N_("made order %(order)s of %(call_offs)s call-offs of framework order %(number)s")
    icon = "clipboard-list"

    number: str
    order: str
    call_offs: int


@dataclass(frozen=True, kw_only=True)
class CallOffsFollowed(Event):
    """The order was changed; what it delivers is what is called off."""

    name = "framework_order.followed"
    sentence = N_("changed the call-offs of framework order %(number)s as order %(order)s was changed")
    icon = "git-compare-arrows"

    number: str
    order: str


@dataclass(frozen=True, kw_only=True)
class CallOffsGivenBack(Event):
    """The order was cancelled, or lost the line."""

    name = "framework_order.given_back"
    sentence = N_("gave %(call_offs)s call-offs of order %(order)s back to framework order %(number)s")
    icon = "undo-2"

    number: str
    order: str
    call_offs: int
