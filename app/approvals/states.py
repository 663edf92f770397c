"""A request waits, then is granted or rejected; a granted one is done or failed."""

from app.core.states import Look, Moves
from app.core.words import N_

PENDING, GRANTED, DONE, FAILED, REJECTED, WITHDRAWN = (
    "pending",
    "granted",
    "done",
    "failed",
    "rejected",
    "withdrawn",
)
LOOKS = {
    PENDING: Look(N_("Waiting for approval"), "chg"),
    GRANTED: Look(N_("Approved"), "ok"),
    DONE: Look(N_("Approved and done"), "ok"),
    FAILED: Look(N_("Approved, not possible any more"), "bad"),
    REJECTED: Look(N_("Rejected"), "bad"),
    WITHDRAWN: Look(N_("Withdrawn"), "draft"),
}
MOVES: Moves = {
    "grant": ({PENDING}, GRANTED),
    "reject": ({PENDING}, REJECTED),
    "withdraw": ({PENDING}, WITHDRAWN),
    "finish": ({GRANTED}, DONE),
    "fail": ({GRANTED}, FAILED),
}
