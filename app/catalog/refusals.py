"""Why a bill of materials is not kept."""

from app.core.refusals import Reason
from app.core.words import N_

PART_OF_ITSELF = Reason("part_of_itself", N_("%(item)s would be part of itself: %(way)s"))
BOM_IN_USE = Reason("bom_in_use", N_("%(item)s has a bill of materials in use already: %(code)s"))
