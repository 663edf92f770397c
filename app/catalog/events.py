"""What happened to items and machines."""

from dataclasses import dataclass
from typing import Any

from app.core.words import N_
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class _Made(Event):
    icon = "plus"

    code: str
    what: str


@dataclass(frozen=True, kw_only=True)
class _Edited(Event):
    icon = "pencil"

    code: str
    what: str
    changes: dict[str, list[Any]]


class ItemMade(_Made):
    name = "item.made"
    sentence = N_("added item %(code)s %(what)s")


class ItemChanged(_Edited):
    name = "item.changed"
    sentence = N_("changed item %(code)s %(what)s")


class MachineMade(_Made):
    name = "machine.made"
    sentence = N_("added machine %(code)s %(what)s")


class MachineChanged(_Edited):
    name = "machine.changed"
    sentence = N_("changed machine %(code)s %(what)s")


class WorkCenterMade(_Made):
    name = "work_center.made"
    sentence = N_("added work center %(code)s %(what)s")


class WorkCenterChanged(_Edited):
    name = "work_center.changed"
    sentence = N_("changed work center %(code)s %(what)s")
