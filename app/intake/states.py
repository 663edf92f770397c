"""An inbound order waits to be looked at, then becomes a sales order, changes one, says nothing new or is turned down."""

from app.core.states import Look, Moves
from app.core.words import N_

UNREAD, NEW, ACCEPTED, REJECTED, SAME, CHANGES = "unread", "new", "accepted", "rejected", "same", "changes"
LOOKS = {
    UNREAD: Look(N_("Columns to be named"), "warn"),
    NEW: Look(N_("To be checked"), "todo"),
    ACCEPTED: Look(N_("Became an order"), "ok"),
    SAME: Look(N_("Known already"), "ok"),
    CHANGES: Look(N_("Changes an order"), "chg"),
    REJECTED: Look(N_("Turned down"), "draft"),
}
WAITING = (UNREAD, NEW)
MOVES: Moves = {
    "read": ({UNREAD, NEW}, NEW),
    "accept": ({NEW, SAME, CHANGES}, ACCEPTED),
    "reject": ({UNREAD, NEW, SAME, CHANGES}, REJECTED),
    "same": ({NEW}, SAME),
    "change": ({NEW}, CHANGES),
}
