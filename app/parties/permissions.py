"""Rights over customers, suppliers and our own company profile."""

from app.core.words import N_
from app.people.actors import Permission

SEE_CUSTOMERS = Permission("parties:customer:see", N_("See customers"))
EDIT_CUSTOMERS = Permission("parties:customer:edit", N_("Edit customers"))
SEE_SUPPLIERS = Permission("parties:supplier:see", N_("See suppliers"))
EDIT_SUPPLIERS = Permission("parties:supplier:edit", N_("Edit suppliers"))
EDIT_COMPANY = Permission("parties:company:edit", N_("Edit the company profile"))
