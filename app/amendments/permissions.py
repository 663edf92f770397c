"""Rights around what customers want changed."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("amendments:request:see", N_("See change requests"))
CLOSE = Permission("amendments:request:close", N_("Close change requests"))
