"""What becomes of a call."""

from app.core.states import Look, Moves
from app.core.words import N_

WAITING, RUNNING, DONE, FAILED, UNKNOWN, DROPPED = (
    "waiting",
    "running",
    "done",
    "failed",
    "unknown",
    "dropped",
)
LOOKS = {
    WAITING: Look(N_("To be sent"), "todo"),
    RUNNING: Look(N_("Being sent"), "run"),
    DONE: Look(N_("Sent"), "ok"),
    FAILED: Look(N_("Given up"), "bad"),
    UNKNOWN: Look(N_("No answer, perhaps sent"), "warn"),
    DROPPED: Look(N_("Not needed any more"), "draft"),
}
MOVES: Moves = {
    "call": ({WAITING}, RUNNING),
    "finish": ({RUNNING}, DONE),
    "wait": ({RUNNING}, WAITING),
    "give_up": ({RUNNING}, FAILED),
    "lose": ({RUNNING}, UNKNOWN),
    "skip": ({WAITING, RUNNING}, DROPPED),
    "retry": ({FAILED, UNKNOWN}, WAITING),
    "drop": ({WAITING, FAILED, UNKNOWN}, DROPPED),
}
OPEN = (WAITING, RUNNING)
