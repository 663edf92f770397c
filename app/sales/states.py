"""What a sales order's state can be set to, and how it is shown. What follows from other rows is in conditions.py."""

from app.core.states import Look, Moves
from app.core.words import N_, Word

DRAFT, SUBMITTED, CONFIRMED, CLOSED, CANCELLED = "draft", "submitted", "confirmed", "closed", "cancelled"
LOOKS = {
    DRAFT: Look(N_("Draft"), "draft"),
    SUBMITTED: Look(N_("To be confirmed"), "todo"),
    CONFIRMED: Look(N_("Confirmed"), "ok"),
    CLOSED: Look(N_("Closed"), "ok"),
    CANCELLED: Look(N_("Cancelled"), "draft"),
}
MOVES: Moves = {
    "edit": ({DRAFT, SUBMITTED}, DRAFT),
    "submit": ({DRAFT}, SUBMITTED),
    "confirm": ({DRAFT, SUBMITTED}, CONFIRMED),
    "cancel": ({DRAFT, SUBMITTED, CONFIRMED}, CANCELLED),
    "close": ({CONFIRMED}, CLOSED),
    "reopen": ({CLOSED}, CONFIRMED),
}

NORMAL, SAMPLE, FREE, SPARE, CONSIGNMENT = "normal", "sample", "free", "spare", "consignment"
KINDS: dict[str, Word] = {
    NORMAL: N_("Normal"),
    SAMPLE: N_("Sample"),
    FREE: N_("Free replacement"),
    SPARE: N_("Spare parts"),
    CONSIGNMENT: N_("Consignment"),
}
GIVEN_AWAY = (FREE, SPARE)
"""Kinds of line that cost nothing."""
