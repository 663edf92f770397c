"""Why a framework order or a call-off plan is not taken."""

from app.core.refusals import Reason
from app.core.words import N_

ENDS_BEFORE = Reason("ends_before_it_begins", N_("It would end before it begins"))
HAS_RUN_OUT = Reason(
    "framework_expired", N_("The framework order was valid until %(day)s; prolong it first"), 409
)
IN_USE = Reason(
    "line_in_use", N_("Line %(line)s has call-offs: its item and unit stay, and it is not taken out")
)
BELOW_CALLED = Reason("below_called_off", N_("%(called)s are called off already; less cannot be agreed"))
NOTHING_PLANNED = Reason(
    "nothing_planned", N_("Write at least one quantity; write 0 where nothing is wanted any more")
)
NO_SUCH_LINE = Reason(
    "no_such_framework_line", N_("“%(given)s” is no item or part number of this framework order")
)
SEVERAL_LINES = Reason("several_lines", N_("“%(given)s” stands on several lines; write the line's number"))
DAY_IS_OVER = Reason("day_is_over", N_("%(day)s is over; goods can be called off for today or later"))
OUTSIDE = Reason("outside_validity", N_("The framework order is valid from %(begins)s to %(ends)s"))
BEYOND = Reason(
    "beyond_agreed",
    N_(
        "%(called)s would be called off; at most %(limit)s may be. Agree on more in the framework order first"
    ),
)
NOT_CALLED = Reason(
    "not_called_off", N_("%(day)s of line %(line)s is not called off, or is ordered already"), 409
)
NOTHING_CHOSEN = Reason("nothing_chosen", N_("Tick at least one call-off"))
UNDECIDED = Reason("undecided", N_("A change of %(day)s on line %(line)s is to be decided first"), 409)
CHANGE_THE_ORDER = Reason(
    "change_the_order", N_("It is ordered already: change order %(order)s, which agrees to this"), 409
)
DECIDED = Reason("decided_already", N_("This is decided already"), 409)
STANDS_OTHERWISE = Reason(
    "stands_otherwise", N_("What stands is not what it was when the plan came; take the plan again"), 409
)
NO_PLAN_TABLE = Reason(
    "no_plan_table",
    N_(
        "No call-off plan was found: days across and parts down, or a row with part number, day and quantity each"
    ),
)
PLAN_TOO_LARGE = Reason(
    "plan_too_large",
    N_("A plan has at most %(parts)s parts and %(days)s days; split the file and only add with the second"),
)
NO_FILE = Reason("no_file", N_("Choose the customer's file"))
NO_CUSTOM_FIELDS = Reason("no_custom_fields", N_("Framework orders have no custom fields; their orders have"))
