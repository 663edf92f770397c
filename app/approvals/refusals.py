"""Why a request is not opened or decided."""

from app.core.refusals import Reason
from app.core.words import N_

WAITING = Reason("waiting_for_approval", N_("Approval %(number)s for this is still open"), 409)
NOT_YOURS = Reason("not_yours_to_decide", N_("%(role)s decides this"), 403)
DECIDED = Reason("already_decided", N_("This was decided already"), 409)
REASON_NEEDED = Reason("comment_needed", N_("Say why, so that the asker can put it right"))
NO_APPROVER = Reason("no_approver", N_("A rule needs a role that agrees"))
BAD_CONDITION = Reason("bad_condition", N_("This condition cannot be read"))
