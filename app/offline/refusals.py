"""Why a fact from a device is not booked: a closed list. Its verb may add that it is impossible now."""

from app.core.refusals import Reason
from app.core.words import N_

MALFORMED = Reason("malformed", N_("The entry was not understood: %(why)s"))
UNKNOWN_SUBJECT = Reason("unknown_subject", N_("The office does not know it (any more): %(why)s"))
UNKNOWN_DEVICE = Reason("unknown_device", N_("There is no device “%(given)s”"), 401)
UNKNOWN_PERSON = Reason("unknown_person", N_("The office does not know the person “%(given)s”"))
DEVICE_REVOKED = Reason("revoked", N_("This device was revoked"), 401)
CRASHED = Reason("crashed", N_("Something broke on our side; the entry is kept in the office"))

NOT_A_DEVICE = Reason("not_a_device", N_("This is no enrolled device"), 401)
BATCH_TOO_LONG = Reason("batch_too_long", N_("At most %(limit)s actions at once"), 413)
NOT_A_BATCH = Reason("not_a_batch", N_("A list of actions is expected"), 400)

MISSING = N_("%(field)s is missing")
NOT_TEXT = N_("%(field)s is not a text")
TOO_LONG = N_("it is too long")
NO_SUCH_ACTION = N_("there is no action of this name")
NOT_AN_ACTION = N_("it is not an action")
BAD_ID = N_("it has no proper id")
BAD_TIME = N_("its time cannot be read")
BAD_CHARACTERS = N_("it has characters that cannot be stored")
OTHER_CONTENT = N_("its id was used for something else")
