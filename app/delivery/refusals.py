"""Why goods are not picked, posted or taken back."""

from app.core.refusals import Reason
from app.core.words import N_

NOTHING_TO_DELIVER = Reason("nothing_to_deliver", N_("Of order %(order)s nothing open lies in the store"))
NOT_ON_ORDER = Reason("not_on_order", N_("Order %(order)s has no open line %(line)s"))
NOT_ON_NOTE = Reason("not_on_note", N_("Delivery note %(number)s has no line %(line)s"))
WRONG_ITEM = Reason("wrong_item", N_("Wrong item: you scanned %(scanned)s, this note wants %(wanted)s"))
SEVERAL_LOTS = Reason("several_lots", N_("Several lots have the number “%(given)s”; scan the label"))
NOT_A_STORE = Reason("not_a_store", N_("%(bin)s is not a store; goods are picked from store bins only"))
OVER_QUANTITY = Reason(
    "over_quantity",
    N_("Too much: only %(left)s %(unit)s more may go on line %(line)s, over-delivery included"),
)
NO_SUCH_PICK = Reason("no_such_pick", N_("This was taken off the note already"), 404)
NOTHING_PICKED = Reason("nothing_picked", N_("Nothing is picked yet"), 409)
PAID_ALREADY = Reason(
    "paid_already",
    N_("Receivable %(receivable)s of this delivery is matched with a receipt; undo the matching first"),
    409,
)
USED_ALREADY = Reason(
    "used_already",
    N_("Receivable %(receivable)s bills consigned goods of this delivery as used; take it back first"),
    409,
)
