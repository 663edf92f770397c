"""What a framework order's state can be set to, what a plan can change, and how both are shown."""

from app.core.states import Look, Moves
from app.core.words import N_, Word

DRAFT, ACTIVE, CLOSED = "draft", "active", "closed"
EXPIRED = "expired"
"""Not set by anybody: an active one whose last day is over."""
LOOKS = {
    DRAFT: Look(N_("Draft"), "draft"),
    ACTIVE: Look(N_("In force"), "run"),
    EXPIRED: Look(N_("Expired"), "warn"),
    CLOSED: Look(N_("Closed"), "ok"),
}
MOVES: Moves = {
    "edit": ({DRAFT, ACTIVE}, DRAFT),
    "activate": ({DRAFT}, ACTIVE),
    "close": ({DRAFT, ACTIVE}, CLOSED),
    "reopen": ({CLOSED}, DRAFT),
    "plan": ({ACTIVE}, ACTIVE),
}

ADDED, QUANTITY, DAY, DROPPED = "added", "quantity", "day", "dropped"
CHANGES: dict[str, Look] = {
    ADDED: Look(N_("Newly wanted"), "ok"),
    QUANTITY: Look(N_("Quantity changed"), "chg"),
    DAY: Look(N_("Day changed"), "chg"),
    DROPPED: Look(N_("Dropped"), "bad"),
}
MADE, OPEN, AGREED, REFUSED, OVERTAKEN = "made", "open", "agreed", "refused", "overtaken"
DECISIONS: dict[str, Look] = {
    MADE: Look(N_("Taken over"), "ok"),
    OPEN: Look(N_("To be decided"), "todo"),
    AGREED: Look(N_("Agreed"), "ok"),
    REFUSED: Look(N_("Refused"), "bad"),
    OVERTAKEN: Look(N_("Overtaken by a newer plan"), "draft"),
}
KINDS_OF_ANSWER: dict[str, Word] = {AGREED: N_("Agree"), REFUSED: N_("Refuse")}
