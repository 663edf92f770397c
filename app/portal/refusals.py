"""Why a link is not given or not opened."""

from app.core.refusals import Reason
from app.core.words import N_

LINK_ENDED = Reason("link_ended", N_("This link has ended; ask your contact for a new one"), 410)
LINK_UNKNOWN = Reason(
    "link_unknown", N_("This link is not complete or not ours; ask your contact for a new one"), 404
)
NOT_CONFIRMED = Reason("not_confirmed", N_("The customer sees an order only after it is confirmed"), 409)
DAYS = Reason("days_out_of_range", N_("Between 1 and 365 days"))
