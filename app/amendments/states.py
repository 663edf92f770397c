"""A change request is open until somebody has decided; a newer file of the customer takes its place."""

from app.core.states import Look, Moves
from app.core.words import N_

OPEN, SUPERSEDED, CLOSED = "open", "superseded", "closed"
LOOKS = {
    OPEN: Look(N_("To be decided"), "chg"),
    SUPERSEDED: Look(N_("A newer one came"), "draft"),
    CLOSED: Look(N_("Dealt with"), "ok"),
}
MOVES: Moves = {
    "close": ({OPEN}, CLOSED),
    "supersede": ({OPEN}, SUPERSEDED),
    "reopen": ({CLOSED, SUPERSEDED}, OPEN),
}
