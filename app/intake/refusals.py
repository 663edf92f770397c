"""Why something that came in does not become an order."""

from app.core.refusals import Reason
from app.core.words import N_

UNREADABLE = Reason("unreadable_file", N_("%(why)s"))
NOTHING_SENT = Reason("nothing_sent", N_("Drop a file or paste the text of the order"))
NOTHING_TYPED = Reason("nothing_typed", N_("Fill in a row first, or paste cells into it"))
SAME_NUMBER = Reason("same_number", N_("%(order)s of this customer has the number %(given)s already"), 409)
WHY_NEEDED = Reason("why_needed", N_("Say why it is turned down"))
NO_SUCH_NUMBER = Reason("no_such_number", N_("No order of this customer has the number %(given)s"))
NO_ORDER_YET = Reason("no_order_yet", N_("%(given)s is no order in force, and nothing that became one"))
ANOTHER_CUSTOMERS = Reason("another_customers", N_("%(given)s is another customer's order"), 409)
NO_SOURCE = Reason("no_source", N_("This came without a file; there is nothing to read again"), 409)
"""Why it cannot be read again."""
