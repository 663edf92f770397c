"""Why an inquiry is not taken."""

from app.core.refusals import Reason
from app.core.words import N_

NOBODY_ASKED = Reason("nobody_asked", N_("Say who asks: one of the customers, or a name"))
NOTHING_ASKED = Reason("nothing_asked", N_("Say what they ask for: in words, or line by line"))
NOT_YET = Reason("received_in_the_future", N_("This moment has not come yet"))
"""An inquiry that was received tomorrow."""
