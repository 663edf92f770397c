"""Why a sales order is not taken, moved or closed."""

from app.core.refusals import Reason
from app.core.words import N_

NO_LINES = Reason("no_lines", N_("An order needs at least one line"))
TOO_MANY_LINES = Reason("too_many_lines", N_("At most %(limit)s lines"))
ITEM_MISSING = Reason("item_missing", N_("Say which item: ours or the customer's part number"))
NOT_MAPPED = Reason(
    "not_mapped", N_("The customer's part number “%(given)s” is not linked to one of our items yet")
)
ANOTHER_ITEM = Reason("another_item", N_("The customer's part number “%(given)s” means our item %(item)s"))
ANOTHERS_NUMBER = Reason(
    "anothers_part_number", N_("“%(given)s” is a part number of %(customer)s, not of this customer")
)
SWITCHED_OFF = Reason("switched_off", N_("%(what)s is switched off"))
FREE_COSTS_NOTHING = Reason("free_costs_nothing", N_("A line of the kind “%(kind)s” costs nothing"))
PRICE_MISSING = Reason("price_missing", N_("Line %(line)s has no price"))
RATE_MISSING = Reason(
    "rate_missing",
    N_("There is no exchange rate for %(currency)s; write it on the order or under Exchange rates"),
)
DO_NOT_ADD_UP = Reason(
    "do_not_add_up", N_("The deliveries make %(sum)s %(unit)s together; the line says %(whole)s %(unit)s")
)
PERCENT_WRONG = Reason("percent_wrong", N_("A percentage is between 0 and 100"))
DELIVERED_ALREADY = Reason(
    "delivered_already", N_("Goods were delivered already; take the delivery back first"), 409
)
BILLED_ALREADY = Reason("billed_already", N_("Money is booked on this order; take that back first"), 409)
REASON_NEEDED = Reason("reason_needed", N_("Say why"))
NOT_DONE = Reason("not_done", N_("Not all is done: %(what)s. Write why it is closed all the same"))
NO_SUCH_LINE = Reason("no_such_line", N_("This order line does not exist"), 404)
ALREADY_WORKED_ON = Reason(
    "already_worked_on", N_("Order %(number)s is being worked on here already: %(paper)s"), 409
)
LESS_THAN_NOTHING = Reason("less_than_nothing", N_("More would be taken back than was delivered"), 409)
DEPOSIT_MISSING = Reason(
    "deposit_missing",
    N_("%(order)s waits for its deposit: %(missing)s are missing. Nothing is made before it came"),
    409,
)
BALANCE_MISSING = Reason(
    "balance_missing",
    N_("%(order)s is not paid for: %(missing)s are missing. Nothing leaves before they came"),
    409,
)
GATE_OPEN = Reason("gate_open", N_("This gate is open already"), 409)
STILL_A_PROSPECT = Reason("still_a_prospect", N_("%(name)s is a prospect; make them a customer first"))
NOTHING_CHANGED = Reason("nothing_changed", N_("Nothing is otherwise than it stands"))
NOTHING_LEFT = Reason("nothing_left", N_("Nothing would be left of the order; cancel it instead"))
PAST_DAY = Reason("past_day", N_("%(day)s is over; write today or a later day"))
BELOW_DELIVERED = Reason(
    "below_delivered", N_("At least %(least)s %(unit)s: so much is delivered or on a delivery note already")
)
ON_A_NOTE = Reason("on_a_note", N_("Line %(line)s stands on delivery note %(note)s and cannot be left out"))
IN_WORK = Reason(
    "in_work", N_("Line %(line)s is made by work order %(work_order)s; cancel that before it is left out")
)
