"""Rights over the opening."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("opening:data:see", N_("See how far the opening is"))
IMPORT_GOODS = Permission("opening:goods:import", N_("Take over stock and open purchases"))
IMPORT_ORDERS = Permission("opening:orders:import", N_("Take over open orders"))
IMPORT_MONEY = Permission("opening:money:import", N_("Take over receivables and bills"))
COMPLETE = Permission("opening:house:complete", N_("Complete the opening, or take all of it back"))
