"""What happened to customers, suppliers and the company profile."""

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


class CustomerMade(_Made):
    name = "customer.made"
    sentence = N_("added customer %(code)s %(what)s")


class CustomerChanged(_Edited):
    name = "customer.changed"
    sentence = N_("changed customer %(code)s %(what)s")


class SupplierMade(_Made):
    name = "supplier.made"
    sentence = N_("added supplier %(code)s %(what)s")


class SupplierChanged(_Edited):
    name = "supplier.changed"
    sentence = N_("changed supplier %(code)s %(what)s")


@dataclass(frozen=True, kw_only=True)
class CompanyChanged(Event):
    name = "company.changed"
    sentence = N_("changed the company profile")
    icon = "pencil"

    changes: dict[str, list[Any]]
