"""Why a quotation is not taken, sent or accepted."""

from app.core.refusals import Reason
from app.core.words import N_

IN_THE_PAST = Reason("valid_in_the_past", N_("It would have run out already; choose today or a later day"))
HAS_EXPIRED = Reason(
    "quotation_expired",
    N_("The quotation was valid until %(day)s; make a new revision with prices of today"),
    409,
)
IS_SUPERSEDED = Reason("quotation_superseded", N_("A newer revision counts: %(number)s"), 409)
BREAKS_UNREADABLE = Reason(
    "breaks_unreadable", N_("Write breaks as quantity = price, one after another: 50 = 255; 100 = 248")
)
BREAKS_WITHOUT_PRICE = Reason("breaks_without_price", N_("A line with breaks needs a unit price of its own"))
