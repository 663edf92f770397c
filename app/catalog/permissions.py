"""Rights over items, routings and machines."""

from app.core.words import N_
from app.people.actors import Permission

SEE_ITEMS = Permission("catalog:item:see", N_("See items"))
EDIT_ITEMS = Permission("catalog:item:edit", N_("Edit items"))
EDIT_ROUTINGS = Permission("catalog:routing:edit", N_("Edit routings"))
SEE_COSTS = Permission("catalog:cost:see", N_("See standard costs and margins"))
SEE_BOMS = Permission("catalog:bom:see", N_("See bills of materials"))
EDIT_BOMS = Permission("catalog:bom:edit", N_("Edit bills of materials"))
SEE_MACHINES = Permission("catalog:machine:see", N_("See machines and work centers"))
EDIT_MACHINES = Permission("catalog:machine:edit", N_("Edit machines and work centers"))
