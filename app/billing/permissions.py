"""Rights over money."""

from app.core.words import N_
from app.people.actors import Permission

SEE_RECEIVABLES = Permission("billing:receivable:see", N_("See receivables"))
SEE_RECEIPTS = Permission("billing:receipt:see", N_("See receipts"))
BILL_CONSIGNED = Permission("billing:consigned:bill", N_("Bill consigned goods that were used"))
MAKE_RECEIPTS = Permission("billing:receipt:make", N_("Enter receipts"))
MATCH_RECEIPTS = Permission("billing:receipt:match", N_("Match receipts with receivables"))
REVERSE_RECEIPTS = Permission("billing:receipt:reverse", N_("Reverse receipts"))
