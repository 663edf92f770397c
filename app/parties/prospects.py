"""Prospects: who asks for something and has never bought. They are quoted like customers, and become one when they accept."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.core import db, search, text
from app.core.numbering import next_number
from app.core.quantities import number
from app.core.refusals import BAD_CODE, REQUIRED, TAKEN, TOO_HIGH, TOO_LONG, Invalid, Refused
from app.core.rows import locked
from app.events.log import record
from app.parties.events import CustomerWon, ProspectMade
from app.parties.permissions import EDIT_CUSTOMERS
from app.parties.refusals import A_CUSTOMER_ALREADY
from app.parties.tables import Customer
from app.people.actors import Actor

MOST_DAYS = 730
TEXTS = {"name": 120, "address": 300, "contact": 60, "phone": 40}
ASKED = ("code", *TEXTS, "payment_days")
"""What is asked when a prospect becomes a customer; the rest of the file is as usual until somebody changes it."""


async def make(name: str, contact: str, currency: str, *, by: Actor) -> Customer:
    """Keep who asks as a prospect. Part of a verb that has asked for the right."""
    row = Customer(
        code=await next_number("PR"), name=name[:120], level="B", currency=currency, trade_term="含税送到", contact=contact[:60],
        prospect=True,
    )  # fmt: skip
    await row.save()
    await search.index("customer", row.id, row.code, row.name)
    await record(ProspectMade(subject=("customer", row.id), code=row.code, what=row.name), by=by)
    return row


async def win(code: str, given: Mapping[str, Any], *, by: Actor) -> Customer:
    """Make a prospect a customer, by ASKED: a code of ours and an address must be given, what else is empty stays as it is known.

    Invalid names the fields that are missing or wrong.
    """
    by.must(EDIT_CUSTOMERS)
    row = await locked(Customer, Customer.code == code.replace("\x00", "")[:60])
    if not row.prospect:
        raise Refused(A_CUSTOMER_ALREADY, name=row.name)
    values, wrong = _read(given, row)
    if "code" not in wrong and await db.value(
        "select 1 from customers where code = {} and id <> {}", values["code"], row.id
    ):
        wrong["code"] = Refused(TAKEN, "code", given=values["code"])
    if wrong:
        raise Invalid(wrong)
    before, row.prospect, row.version = row.code, False, row.version + 1
    for name, value in values.items():
        setattr(row, name, value)
    await row.save()
    await search.index("customer", row.id, row.code, row.name, row.short_name, row.old_code)
    await record(
        CustomerWon(subject=("customer", row.id), code=row.code, what=row.name, before=before), by=by
    )
    return row


def _read(given: Mapping[str, Any], row: Customer) -> tuple[dict[str, Any], dict[str, Refused]]:
    """What is asked, as given or as known, and what is wrong with it."""
    wrong: dict[str, Refused] = {}
    values: dict[str, Any] = {"code": text.clean(str(given.get("code") or ""))}
    values |= {name: text.clean(str(given.get(name) or "")) or getattr(row, name) for name in TEXTS}
    for name, limit in {"code": 60, **TEXTS}.items():
        if not values[name] and name in ("code", "name", "address"):
            wrong[name] = Refused(REQUIRED, name)
        elif len(values[name]) > limit:
            wrong[name] = Refused(TOO_LONG, name, limit=limit, length=len(values[name]))
    if values["code"].startswith(".") or any(sign in values["code"] for sign in "/\\?#%"):
        wrong["code"] = Refused(BAD_CODE, "code")
    try:
        said = str(given.get("payment_days") or "").strip()
        days = number(said, "payment_days") if said else Decimal(row.payment_days)
        if days != int(days) or not 0 <= days <= MOST_DAYS:
            raise Refused(TOO_HIGH, "payment_days", most=MOST_DAYS)
        values["payment_days"] = int(days)
    except Refused as refused:
        wrong["payment_days"] = refused
    return values, wrong
