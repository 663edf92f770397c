"""Rights over price lists."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("pricing:list:see", N_("See price lists"))
EDIT = Permission("pricing:list:edit", N_("Edit price lists"))
