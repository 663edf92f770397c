"""A delivery note is written, picked, posted; a posted one is reversed, an unposted one cancelled."""

from app.core.states import Look, Moves
from app.core.words import N_

DRAFT, PICKING, POSTED, REVERSED, CANCELLED = "draft", "picking", "posted", "reversed", "cancelled"
OPEN = (DRAFT, PICKING)
LOOKS = {
    DRAFT: Look(N_("To be picked"), "todo"),
    PICKING: Look(N_("Being picked"), "run"),
    POSTED: Look(N_("Posted"), "ok"),
    REVERSED: Look(N_("Reversed"), "bad"),
    CANCELLED: Look(N_("Cancelled"), "draft"),
}
MOVES: Moves = {
    "pick": ({DRAFT, PICKING}, PICKING),
    "unpick": ({PICKING}, PICKING),
    "post": ({PICKING}, POSTED),
    "reverse": ({POSTED}, REVERSED),
    "cancel": ({DRAFT, PICKING}, CANCELLED),
}
