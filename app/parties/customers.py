"""What is done to a customer's file beside editing it: another contact or address becomes the one that counts."""

from typing import Any

from app.core import db
from app.core.refusals import NOT_FOUND, Refused
from app.core.rows import locked
from app.events.log import record
from app.parties.events import CustomerAddressPreferred, CustomerContactPreferred
from app.parties.permissions import EDIT_CUSTOMERS
from app.parties.tables import Customer
from app.people.actors import Actor


async def prefer_contact(code: str, name: str, *, by: Actor) -> Customer:
    """This contact counts from now on; the one that counted stands among the others."""
    by.must(EDIT_CUSTOMERS)
    customer = await _locked(code)
    other = await _other("customer_contacts", customer, name)
    await _swap(
        "customer_contacts", other, {"name": customer.contact, "phone": customer.phone, "mail": customer.mail}
    )
    await _prefer(customer, {"contact": other["name"], "phone": other["phone"], "mail": other["mail"]})
    preferred = CustomerContactPreferred(
        subject=("customer", customer.id), code=customer.code, contact=other["name"]
    )
    await record(preferred, by=by)
    return customer


async def prefer_address(code: str, name: str, *, by: Actor) -> Customer:
    """Goods go there from now on; where they went stands among the other addresses."""
    by.must(EDIT_CUSTOMERS)
    customer = await _locked(code)
    other = await _other("customer_addresses", customer, name)
    await _swap("customer_addresses", other, {"address": customer.address})
    await _prefer(customer, {"address": other["address"]})
    preferred = CustomerAddressPreferred(
        subject=("customer", customer.id), code=customer.code, address=other["address"]
    )
    await record(preferred, by=by)
    return customer


async def _locked(code: str) -> Customer:
    return await locked(Customer, Customer.code == code.replace("\x00", "")[:60])


async def _other(table: str, customer: Customer, name: str) -> dict[str, Any]:
    found = await db.one(
        f"select * from {table} where customer = {{}} and name = {{}}", customer.id, name.replace("\x00", "")
    )
    if found is None:
        raise Refused(NOT_FOUND)
    return found


async def _swap(table: str, other: dict[str, Any], stood: dict[str, str]) -> None:
    """The row now holds what counted before; where nothing did, it goes."""
    if not any(stood.values()):
        await db.rows(f"delete from {table} where id = {{}}", other["id"])
        return
    values = {**stood, "name": stood.get("name") or other["name"]}
    sets = ", ".join(f"{column} = {{}}" for column in values)
    await db.rows(f"update {table} set {sets} where id = {{}}", *values.values(), other["id"])


async def _prefer(customer: Customer, values: dict[str, str]) -> None:
    sets = ", ".join(f"{column} = {{}}" for column in values)
    await db.rows(
        f"update customers set {sets}, version = version + 1 where id = {{}}", *values.values(), customer.id
    )
    for column, value in values.items():
        setattr(customer, column, value)
    customer.version += 1
