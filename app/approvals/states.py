"""A request waits, then is granted, rejected or returned; a granted one is done or failed."""

from app.core.states import Look, Moves
from app.core.words import N_

PENDING, GRANTED, DONE, FAILED, REJECTED, RETURNED, WITHDRAWN = (
    "pending",
    "granted",
    "done",
    "failed",
    "rejected",
    "returned",
    "withdrawn",
)
LOOKS = {
    PENDING: Look(N_("Waiting for approval"), "chg"),
    GRANTED: Look(N_("Approved"), "ok"),
    DONE: Look(N_("Approved and done"), "ok"),
    FAILED: Look(N_("Approved, not possible any more"), "bad"),
    REJECTED: Look(N_("Rejected"), "bad"),
    RETURNED: Look(N_("Returned to the asker"), "warn"),
    WITHDRAWN: Look(N_("Withdrawn"), "draft"),
}
MOVES: Moves = {
    "grant": ({PENDING}, GRANTED),
    "reject": ({PENDING}, REJECTED),
    "return": ({PENDING}, RETURNED),
    "withdraw": ({PENDING}, WITHDRAWN),
    "finish": ({GRANTED}, DONE),
    "fail": ({GRANTED}, FAILED),
}
