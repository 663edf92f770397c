"""What happened to what customers want changed."""

from dataclasses import dataclass

from app.core.words import N_
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class ChangeAsked(Event):
    name = "change_request.asked"
    sentence = N_("kept %(number)s: the customer wants %(points)s points of %(order)s otherwise")
    icon = "git-compare-arrows"

    number: str
    order: str
    points: int


@dataclass(frozen=True, kw_only=True)
class ChangeSuperseded(Event):
    name = "change_request.superseded"
    sentence = N_("put %(newer)s in the place of %(number)s")
    icon = "layers"

    number: str
    newer: str


@dataclass(frozen=True, kw_only=True)
class ChangeClosed(Event):
    name = "change_request.closed"
    sentence = N_("closed %(number)s: %(note)s")
    icon = "check"

    number: str
    note: str


@dataclass(frozen=True, kw_only=True)
class ChangeReopened(Event):
    name = "change_request.reopened"
    sentence = N_("opened %(number)s again")
    icon = "rotate-ccw"

    number: str
