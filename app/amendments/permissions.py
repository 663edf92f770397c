"""Rights around what customers want changed."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("amendments:request:see", N_("See change requests"))
AMEND = Permission("amendments:order:amend", N_("Change orders that are confirmed"))
CLOSE = Permission("amendments:request:close", N_("Close change requests"))
