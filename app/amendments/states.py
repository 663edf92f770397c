"""A change request is open until its order is changed or somebody says what became of it; a newer file of the customer takes its
place."""

from app.core.states import Look, Moves
from app.core.words import N_, Word

OPEN, SUPERSEDED, CLOSED, MADE = "open", "superseded", "closed", "made"
LOOKS = {
    OPEN: Look(N_("To be decided"), "chg"),
    SUPERSEDED: Look(N_("A newer one came"), "draft"),
    CLOSED: Look(N_("Dealt with"), "ok"),
    MADE: Look(N_("Order changed"), "ok"),
}
MOVES: Moves = {
    "close": ({OPEN}, CLOSED),
    "make": ({OPEN}, MADE),
    "supersede": ({OPEN}, SUPERSEDED),
    "reopen": ({CLOSED, SUPERSEDED}, OPEN),
}

CAUSES: dict[str, Word] = {
    "customer": N_("The customer wants it otherwise"),
    "capacity": N_("We cannot make it by then"),
    "material": N_("Material is missing"),
    "quality": N_("A question of quality"),
    "entry": N_("It was entered wrongly"),
    "other": N_("Another cause"),
}
"""Why an order is changed."""
