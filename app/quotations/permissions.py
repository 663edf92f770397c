"""Rights over quotations. Who sees them sees their prices: a quotation is nothing else."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("quotations:quotation:see", N_("See quotations and their prices"), scoped=True)
WRITE = Permission("quotations:quotation:write", N_("Write and send quotations, say what became of them"))
