"""What approval rules may say of the customer whom a case is about."""

from app.approvals.commands import CHOICE, Fact
from app.core import db
from app.core.words import N_
from app.parties.masters import LEVELS


async def _known(code: str) -> bool:
    return bool(await db.value("select 1 from customers where code = {}", code))


CUSTOMER_FACTS = (
    Fact("customer_level", N_("customer's level"), CHOICE, LEVELS),
    Fact("customer", N_("customer's code"), known=_known),
)
