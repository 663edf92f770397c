"""Rights over framework orders. Their prices and amounts are seen by who may see those of orders."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("frameworks:order:see", N_("See framework orders and call-offs"), scoped=True)
WRITE = Permission(
    "frameworks:order:write", N_("Write framework orders, take call-off plans, make orders of them")
)
ACTIVATE = Permission("frameworks:order:activate", N_("Put framework orders in force and close them"))
