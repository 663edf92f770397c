"""What happened to people, their logins, roles, keys, devices and badges."""

from dataclasses import dataclass
from typing import Any

from app.core.words import N_
from app.events.log import Event, MasterChanged, MasterMade


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


class PersonMade(MasterMade):
    name = "person.made"
    sentence = N_("added person %(code)s %(what)s")


class PersonChanged(MasterChanged):
    name = "person.changed"
    sentence = N_("changed person %(code)s %(what)s")


class DepartmentMade(MasterMade):
    name = "department.made"
    sentence = N_("added department %(code)s %(what)s")


class DepartmentChanged(MasterChanged):
    name = "department.changed"
    sentence = N_("changed department %(code)s %(what)s")


class TeamMade(MasterMade):
    name = "team.made"
    sentence = N_("added team %(code)s %(what)s")


class TeamChanged(MasterChanged):
    name = "team.changed"
    sentence = N_("changed team %(code)s %(what)s")


@dataclass(frozen=True, kw_only=True)
class UserMade(Event):
    name = "user.made"
    sentence = N_("made login %(login)s for %(person)s with the roles %(roles)s")
    icon = "key-round"

    login: str
    person: str
    roles: str


@dataclass(frozen=True, kw_only=True)
class UserChanged(Event):
    name = "user.changed"
    sentence = N_("changed login %(login)s")
    icon = "pencil"

    login: str
    changes: dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class UserUnlocked(Event):
    name = "user.unlocked"
    sentence = N_("unlocked login %(login)s")
    icon = "key-round"

    login: str


@dataclass(frozen=True, kw_only=True)
class PasswordReset(Event):
    name = "user.password_reset"
    sentence = N_("gave login %(login)s a one-time password")
    icon = "key-round"

    login: str


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    name = "user.password_changed"
    sentence = N_("changed their own password")
    icon = "key-round"

    login: str


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Event):
    name = "user.sessions_ended"
    sentence = N_("ended %(count)s sessions of login %(login)s")
    icon = "log-out"

    login: str
    count: int


@dataclass(frozen=True, kw_only=True)
class RoleMade(Event):
    name = "role.made"
    sentence = N_("made role %(role)s")
    icon = "plus"

    role: str


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Event):
    name = "role.changed"
    sentence = N_("changed role %(role)s")
    icon = "pencil"

    role: str
    changes: dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class KeyMade(Event):
    name = "api_key.made"
    sentence = N_("made API key “%(key)s” for login %(login)s")
    icon = "key-round"

    key: str
    login: str


@dataclass(frozen=True, kw_only=True)
class KeyRevoked(Event):
    name = "api_key.revoked"
    sentence = N_("revoked API key “%(key)s” of login %(login)s")
    icon = "x"

    key: str
    login: str
