"""Why a change request stays as it is."""

from app.core.refusals import Reason
from app.core.words import N_

NOTE_NEEDED = Reason("outcome_needed", N_("Say what became of it"))
