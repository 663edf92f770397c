"""An inbound order waits to be looked at, then becomes a sales order or is turned down."""

from app.core.states import Look, Moves
from app.core.words import N_

NEW, ACCEPTED, REJECTED = "new", "accepted", "rejected"
LOOKS = {
    NEW: Look(N_("To be checked"), "todo"),
    ACCEPTED: Look(N_("Became an order"), "ok"),
    REJECTED: Look(N_("Turned down"), "draft"),
}
MOVES: Moves = {"accept": ({NEW}, ACCEPTED), "reject": ({NEW}, REJECTED)}
