"""Why a price list is not kept as it was typed."""

from app.core.refusals import Reason
from app.core.words import N_

SAME_BREAK = Reason("same_break", N_("This item has a price from %(given)s already"))
ENDS_BEFORE = Reason("ends_before", N_("Ends before it begins"))
OVERLAPS = Reason(
    "price_overlaps", N_("%(item)s already has a price in list %(list)s, valid %(first)s to %(last)s")
)
TWO_UNITS = Reason(
    "two_price_units", N_("All prices of %(item)s on one list are per one unit; this one is per %(unit)s")
)
