"""Who acts: a person with rights, perhaps through a device or a program. Handed to every verb as `by`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.core.refusals import FORBIDDEN, Refused
from app.core.words import Word

SCOPES = ("own", "team", "all")


@dataclass(frozen=True)
class Permission:
    """One right, `capability:noun:verb`, declared by the capability that checks it.

    `scoped`: a role may hold it for one's own things, those of one's team, or all.
    """

    code: str
    label: Word
    scoped: bool = False


@dataclass(frozen=True)
class Actor:
    """The person behind a command, with the rights of today."""

    name: str
    person_id: int | None = None
    user_id: int | None = None
    device_id: int | None = None
    team_id: int | None = None
    initials: str = ""
    language: str = "zh_CN"
    theme: str = "light"
    rights: Mapping[str, str] = field(default_factory=dict)
    is_house: bool = False
    must_change_password: bool = False

    @property
    def sender(self) -> str:
        """Whose idempotency keys these are."""
        if self.device_id is not None:
            return f"device{self.device_id}"
        return "house" if self.is_house else f"user{self.user_id}"

    def may(self, permission: Permission | str) -> bool:
        code = permission.code if isinstance(permission, Permission) else permission
        return self.is_house or code in self.rights

    def must(self, permission: Permission) -> None:
        """Refused(FORBIDDEN) unless the right is there: the first line of every verb."""
        if not self.may(permission):
            raise Refused(FORBIDDEN, permission=permission.label)

    def with_rights(self, codes: Iterable[str]) -> "Actor":
        """The same person, to whom more is told."""
        return replace(self, rights={**dict.fromkeys(codes, "all"), **self.rights})

    def scope(self, permission: Permission) -> str:
        """own, team or all; '' without the right."""
        return "all" if self.is_house else self.rights.get(permission.code, "")


HOUSE = Actor(name="准交", is_house=True)
"""The house itself: reactions, periodic work, the demo."""
