"""What became of a bank acceptance bill."""

from app.core.states import Look, Moves
from app.core.words import N_

HELD, ENDORSED, DISCOUNTED, COLLECTED, GIVEN_BACK = (
    "held",
    "endorsed",
    "discounted",
    "collected",
    "given_back",
)
LOOKS = {
    HELD: Look(N_("In hand"), "ok"),
    ENDORSED: Look(N_("Endorsed to somebody"), "chg"),
    DISCOUNTED: Look(N_("Discounted at the bank"), "chg"),
    COLLECTED: Look(N_("Paid out"), "ok"),
    GIVEN_BACK: Look(N_("Taken back"), "draft"),
}
MOVES: Moves = {"give_back": ({HELD, ENDORSED, DISCOUNTED}, GIVEN_BACK)}
