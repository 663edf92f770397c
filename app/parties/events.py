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


@dataclass(frozen=True, kw_only=True)
class ProspectMade(Event):
    """Somebody who asked is quoted, and not one of our customers."""

    name = "customer.prospect_made"
    sentence = N_("took %(what)s in as prospect %(code)s")
    icon = "user-round"

    code: str
    what: str


@dataclass(frozen=True, kw_only=True)
class CustomerWon(Event):
    """A prospect became a customer, and has a code of ours."""

    name = "customer.won"
    sentence = N_("made the prospect %(before)s a customer: %(code)s %(what)s")
    icon = "handshake"

    before: str
    code: str
    what: str
