"""Rights at the door."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("intake:inbound:see", N_("See inbound orders"))
DECIDE = Permission("intake:inbound:decide", N_("Turn inbound orders into sales orders"))
TEACH = Permission("intake:learning:edit", N_("Mend what intake has learned and its cleaning rules"))
