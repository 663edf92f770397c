"""Why stock does not move."""

from app.core.refusals import Reason
from app.core.words import N_

NOTHING_TO_MOVE = Reason("nothing_to_move", N_("There is nothing to move"))
SAME_PLACE = Reason("same_place", N_("From and to are the same place"))
NOT_ENOUGH = Reason("not_enough", N_("Bin %(bin)s holds only %(left)s %(unit)s of %(item)s, lot %(lot)s"))
ALREADY_REVERSED = Reason("already_reversed", N_("%(number)s was reversed already, by %(by)s"), 409)
IS_REVERSAL = Reason("is_reversal", N_("%(number)s is a reversal itself; make the posting anew instead"), 409)
GOODS_GONE = Reason(
    "goods_gone",
    N_(
        "Bin %(bin)s holds only %(left)s %(unit)s of %(item)s, lot %(lot)s; %(later)s took from it later: reverse that first"
    ),
    409,
)
REVERSE_DOCUMENT = Reason(
    "reverse_document", N_("This posting belongs to %(document)s; reverse it there"), 409
)
NOT_BY_HAND = Reason("not_by_hand", N_("Between these places goods move by their own document, not by hand"))
BIN_CLOSED = Reason("bin_closed", N_("Bin %(bin)s is not used any more"))
BIN_NOT_EMPTY = Reason("bin_not_empty", N_("Bin %(bin)s is not empty"), 409)
BIN_OF_THE_HOUSE = Reason(
    "bin_of_the_house", N_("The place %(bin)s belongs to the house and does not change"), 409
)
WAREHOUSE_IN_USE = Reason(
    "warehouse_in_use", N_("Warehouse %(warehouse)s has bins in use, for example %(bin)s"), 409
)
WAREHOUSE_OF_THE_HOUSE = Reason(
    "warehouse_of_the_house", N_("Warehouse %(warehouse)s belongs to the house and does not change"), 409
)
CODE_OF_THE_HOUSE = Reason(
    "code_of_the_house", N_("Only the house's own places have codes that begin with %(sign)s; choose another")
)
OTHER_HEAT = Reason("other_heat", N_("Lot %(lot)s is of heat %(heat)s; another heat is another lot"))
