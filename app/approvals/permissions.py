"""Rights over approvals. Deciding needs no right of its own: it needs the role that the rule names."""

from app.core.words import N_
from app.people.actors import Permission

EDIT_RULES = Permission("approvals:rule:edit", N_("Edit approval rules"))
SEE_ALL = Permission("approvals:request:see", N_("See all approval requests"))
DELEGATE = Permission("approvals:delegation:make", N_("Say who decides while one is away"))
