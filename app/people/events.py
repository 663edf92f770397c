"""What happened to devices, badges and PINs."""

from dataclasses import dataclass

from app.core.words import N_
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class DeviceMade(Event):
    name = "device.made"
    sentence = N_("made device %(device)s")
    icon = "tablet-smartphone"

    device: str


@dataclass(frozen=True, kw_only=True)
class DeviceEnrolled(Event):
    name = "device.enrolled"
    sentence = N_("enrolled device %(device)s")
    icon = "check"

    device: str


@dataclass(frozen=True, kw_only=True)
class DeviceRevoked(Event):
    name = "device.revoked"
    sentence = N_("revoked device %(device)s")
    icon = "x"

    device: str


@dataclass(frozen=True, kw_only=True)
class BadgeGiven(Event):
    name = "person.badge_given"
    sentence = N_("gave %(person)s a new badge")
    icon = "scan-line"

    person: str


@dataclass(frozen=True, kw_only=True)
class PinSet(Event):
    name = "person.pin_set"
    sentence = N_("set a PIN for %(person)s")
    icon = "key-round"

    person: str
