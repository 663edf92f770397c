"""Rights over alerts. Everybody in an owner's place sees their own with `own`; `all` sees those of the house."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("alerts:alert:see", N_("See alerts"), scoped=True)
SNOOZE = Permission("alerts:alert:snooze", N_("Put alerts off for a while"))
EDIT_RULES = Permission("alerts:rule:edit", N_("Edit alert rules"))
