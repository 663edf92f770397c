"""Why a schedule is not made or published."""

from app.core.refusals import Reason
from app.core.words import N_

NOTHING_TO_PLAN = Reason(
    "nothing_to_plan", N_("No released work order has open operations; release one first"), 409
)
NO_MACHINE = Reason(
    "no_machine",
    N_("%(operation)s of %(number)s needs %(work_center)s, which has no machine in use: make one first"),
)
NO_HOURS = Reason(
    "no_hours", N_("The calendar “%(calendar)s” has no working hours; %(work_center)s needs some")
)
OVERTAKEN = Reason("overtaken", N_("%(newer)s was published after this was made; make a new schedule"), 409)
