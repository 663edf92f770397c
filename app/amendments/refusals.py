"""Why a change request stays as it is."""

from app.core.refusals import Reason
from app.core.words import N_

NOTE_NEEDED = Reason("outcome_needed", N_("Say what became of it"))
OF_ANOTHER_ORDER = Reason("of_another_order", N_("%(number)s asks for a change of %(order)s"))
