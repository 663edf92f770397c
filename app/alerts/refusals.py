"""Why an alert is not put off, or a rule not written."""

from app.core.refusals import Reason
from app.core.words import N_

CLOSED = Reason("alert_closed", N_("This alert has closed by itself: what it was about is gone"), 409)
NOT_LATER = Reason("snooze_not_later", N_("Choose a day after today"))
TOO_FAR = Reason("snooze_too_far", N_("At most %(days)s days from today"))
WHY = Reason("snooze_reason", N_("Say why this can wait, so that the next one knows"))
NO_LEVEL = Reason("no_level", N_("A rule needs at least one level"))
WRONG_ORDER = Reason("levels_out_of_order", N_("Each level must be more urgent than the one before it"))
NO_OWNER = Reason("no_owner", N_("Name who hears of it"))
NOBODY_THERE = Reason("role_without_people", N_("Nobody who may log in has this role"))
