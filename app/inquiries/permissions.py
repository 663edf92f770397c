"""Rights over inquiries."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("inquiries:inquiry:see", N_("See inquiries"), scoped=True)
WRITE = Permission("inquiries:inquiry:write", N_("Write inquiries, book replies and what became of them"))
