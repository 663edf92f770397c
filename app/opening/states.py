"""A file of opening data is checked, then booked. The opening goes on until it is complete."""

from app.core.states import Look, Moves
from app.core.words import N_

CHECKED, BOOKING, BOOKED, FAILED = "checked", "booking", "booked", "failed"
LOOKS = {
    CHECKED: Look(N_("Checked"), "todo"),
    BOOKING: Look(N_("Being booked"), "run"),
    BOOKED: Look(N_("In the books"), "ok"),
    FAILED: Look(N_("Not booked"), "bad"),
}
MOVES: Moves = {
    "begin": ({CHECKED, FAILED, BOOKING}, BOOKING),
    "book": ({BOOKING}, BOOKED),
    "fail": ({BOOKING}, FAILED),
}

OPEN, COMPLETE = "open", "complete"
OPENING_MOVES: Moves = {"complete": ({OPEN}, COMPLETE), "reopen": ({COMPLETE}, OPEN)}
OPENING_LOOKS = {OPEN: Look(N_("Opening goes on"), "run"), COMPLETE: Look(N_("Opening complete"), "ok")}
