"""Why money is not booked or matched."""

from app.core.refusals import Reason
from app.core.words import N_

MORE_THAN_LEFT = Reason("more_than_left", N_("%(given)s is more than what is left: %(left)s of %(number)s"))
NOT_OF_A_CREDIT = Reason(
    "not_of_a_credit", N_("%(number)s is a credit of %(left)s: write at most that much, with a minus")
)
CREDIT_ALONE = Reason("credit_alone", N_("A credit pays something that is owed: match it together with that"))
CREDIT_USED = Reason(
    "credit_used",
    N_("%(amount)s that are paid from this receipt rest on this credit; undo that matching first"),
    409,
)
OTHER_CUSTOMER = Reason("other_customer", N_("%(number)s belongs to another customer"))
OTHER_CURRENCY = Reason("other_currency", N_("%(number)s is in %(currency)s"))
MATCHED = Reason("receipt_matched", N_("Undo the matching with %(numbers)s first"), 409)
UNDONE = Reason("allocation_undone", N_("This matching was undone already"), 409)
NOTHING_GIVEN = Reason("nothing_given", N_("Enter an amount for at least one receivable"))
IN_THE_FUTURE = Reason("in_the_future", N_("Money cannot have come in after today"))
PAID_ALREADY = Reason(
    "receivable_matched",
    N_("Receivable %(number)s (%(old)s in the old system) is matched with a receipt already"),
    409,
)
NOT_CONSIGNED = Reason("not_consigned", N_("Line %(line)s of order %(order)s is not consigned"))
NOT_THERE = Reason("not_there", N_("Only %(left)s %(unit)s of line %(line)s lie with the customer unbilled"))
NOTHING_USED = Reason("nothing_used", N_("Enter a quantity for at least one line"))
NOT_OF_USE = Reason(
    "not_of_use",
    N_("Only what was billed as used is taken back here; a delivery is reversed on its note"),
    409,
)
BILL_GONE = Reason("bill_gone", N_("Bill %(number)s is not in hand any more: %(state)s"), 409)
KEPT_FOR_ORDERS = Reason(
    "kept_for_orders", N_("%(amount)s of this receipt are kept for %(orders)s; free them first"), 409
)
