"""Why a request is not opened or decided."""

from app.core.refusals import Reason
from app.core.words import N_

WAITING = Reason("waiting_for_approval", N_("Approval %(number)s for this is still open"), 409)
NOT_YOURS = Reason("not_yours_to_decide", N_("%(role)s decides this"), 403)
OWN_REQUEST = Reason("own_request", N_("Nobody approves what they asked for themselves"), 403)
NOT_THE_ASKER = Reason("not_the_asker", N_("Only %(name)s, who asked, may do this"), 403)
DECIDED = Reason("already_decided", N_("This was decided already"), 409)
REASON_NEEDED = Reason("comment_needed", N_("Say why, so that the asker can put it right"))
NO_STEPS = Reason("no_steps", N_("A rule needs at least one step with somebody who agrees"))
NO_APPROVER = Reason("no_approver", N_("“%(given)s” is nobody who can agree: no login in use"))
TWICE = Reason("twice", N_("Somebody is named twice in this step"))
BAD_CONDITION = Reason("bad_condition", N_("This condition cannot be read"))
UNKNOWN_FACT = Reason("unknown_fact", N_("“%(given)s” is not a fact of %(command)s"))
NO_ORDER = Reason("no_order", N_("%(fact)s knows no more and less: use “is” or “is not”"))
NEVER = Reason("never_true", N_("Nothing can ever be: %(conditions)s"))
TOO_MANY = Reason("too_many", N_("At most %(limit)s"))
ASKED_ALREADY = Reason("asked_already", N_("%(name)s is asked already"))
ASKER_CANNOT = Reason("asker_cannot_decide", N_("%(name)s asked for this and cannot decide it"))
CANNOT_DECIDE = Reason("cannot_decide", N_("%(name)s has no login in use and cannot decide"))
AWAY = Reason("away", N_("%(name)s is away until %(day)s; %(taker)s decides"))
TOO_SOON = Reason(
    "reminded_already",
    N_("They heard of it %(minutes)s minutes ago; a reminder goes out every %(every)s minutes at most"),
    409,
)
OWN_DELEGATE = Reason("own_delegate", N_("Nobody stands in for themselves"))
LOOP = Reason("delegation_loop", N_("That goes round in a circle: %(chain)s"))
OVERLAPS = Reason("delegation_overlaps", N_("%(name)s stands in already from %(begins)s to %(ends)s"))
ENDS_FIRST = Reason("ends_first", N_("Must not be before the first day"))
PAST = Reason("past", N_("That day is over"))
NO_SUBSTITUTE = Reason("no_substitute", N_("Choose somebody: your file names no substitute who may log in"))
