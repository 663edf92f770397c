"""What happened to customers, suppliers and the company profile."""

from dataclasses import dataclass
from typing import Any

from app.core.words import N_
from app.events.log import Event, MasterChanged, MasterMade


class CustomerMade(MasterMade):
    name = "customer.made"
    sentence = N_("added customer %(code)s %(what)s")


class CustomerChanged(MasterChanged):
    name = "customer.changed"
    sentence = N_("changed customer %(code)s %(what)s")


class SupplierMade(MasterMade):
    name = "supplier.made"
    sentence = N_("added supplier %(code)s %(what)s")


class SupplierChanged(MasterChanged):
    name = "supplier.changed"
    sentence = N_("changed supplier %(code)s %(what)s")


@dataclass(frozen=True, kw_only=True)
class CompanyChanged(Event):
    name = "company.changed"
    sentence = N_("changed the company profile")
    icon = "pencil"

    changes: dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class CustomerContactPreferred(Event):
    name = "customer.contact_preferred"
    sentence = N_("made %(contact)s the contact of customer %(code)s")
    icon = "pencil"

    code: str
    contact: str


@dataclass(frozen=True, kw_only=True)
class CustomerAddressPreferred(Event):
    name = "customer.address_preferred"
    sentence = N_("made %(address)s the delivery address of customer %(code)s")
    icon = "pencil"

    code: str
    address: str
