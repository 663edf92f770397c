"""What the office decided about actions that devices sent."""

from dataclasses import dataclass

from app.core.words import N_, Word
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class ActionEvent(Event):
    """About an action of a device: what it wanted (`what`) and who did it then (`whose`)."""

    what: Word | str
    whose: str
    device: str


@dataclass(frozen=True, kw_only=True)
class ActionParked(ActionEvent):
    name = "device_action.parked"
    sentence = N_("sent “%(what)s” from %(device)s, which could not be booked: %(why)s")
    icon = "triangle-alert"

    why: str


@dataclass(frozen=True, kw_only=True)
class ActionBooked(ActionEvent):
    name = "device_action.booked"
    sentence = N_("booked “%(what)s” of %(whose)s from %(device)s, which had been parked")
    icon = "check"


@dataclass(frozen=True, kw_only=True)
class ActionDiscarded(ActionEvent):
    name = "device_action.discarded"
    sentence = N_("discarded “%(what)s” of %(whose)s from %(device)s: %(note)s")
    icon = "x"

    note: str
