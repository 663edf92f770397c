"""Rights over the customer's window."""

from app.core.words import N_
from app.people.actors import Permission

MAKE_LINKS = Permission("portal:link:make", N_("Give customers a progress link"))
