"""Rights over stock: looking, moving by hand, receiving by scan, reversing, and the bins themselves."""

from app.core.words import N_
from app.people.actors import Permission

SEE_BALANCES = Permission("stock:balance:see", N_("See stock"))
SEE_BINS = Permission("stock:bin:see", N_("See bins"))
EDIT_BINS = Permission("stock:bin:edit", N_("Edit bins"))
MAKE_MOVES = Permission("stock:move:make", N_("Move stock by hand and enter opening stock"))
MAKE_RECEIPTS = Permission("stock:receipt:make", N_("Receive finished goods into a bin"))
REVERSE_POSTINGS = Permission("stock:posting:reverse", N_("Reverse stock postings"))
