"""Why a work order, a report or an exception is refused. A fact from the floor is refused only when it makes no sense."""

from app.core.refusals import Reason
from app.core.words import N_

NO_ROUTING = Reason("no_routing", N_("%(item)s has no routing yet; add its operations under Items first"))
NOTHING_TO_MAKE = Reason("nothing_to_make", N_("Every line of %(order)s is covered already: %(by)s"), 409)
ORDER_NOT_CONFIRMED = Reason(
    "order_not_confirmed", N_("%(order)s is not confirmed; work orders are made for confirmed orders"), 409
)
NOTHING_REPORTED = Reason("nothing_reported", N_("Neither good parts nor scrap: enter what was made"))
HAS_REPORTS = Reason(
    "has_reports", N_("%(reports)s reports are booked on %(number)s; undo them first, or hold it"), 409
)
HAS_STOCK = Reason("has_stock", N_("%(quantity)s of %(number)s are in stock; reverse the receipt first"), 409)
NOT_YOUR_REPORT = Reason(
    "not_your_report",
    N_("Only the one who reported may undo it, within the shift; later the team leader corrects it"),
    403,
)
IS_A_REVERSAL = Reason("is_a_reversal", N_("This report undoes another; report again instead"), 409)
NOTE_NEEDED = Reason("note_needed", N_("Say how it was solved"))
WRONG_MACHINE = Reason("wrong_machine", N_("%(machine)s cannot do %(operation)s; it needs %(work_center)s"))
