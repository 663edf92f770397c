"""What an inquiry's state can be set to, and how it is shown."""

from app.core.states import Look, Moves
from app.core.words import N_, Word

NEW, ANSWERED, WON, LOST = "new", "answered", "won", "lost"
LOOKS = {
    NEW: Look(N_("To be answered"), "todo"),
    ANSWERED: Look(N_("Replied"), "run"),
    WON: Look(N_("Won"), "ok"),
    LOST: Look(N_("Lost"), "bad"),
}
OPEN = (NEW, ANSWERED)
"""While it is one of these, it may be written anew."""
MOVES: Moves = {
    "answer": ({NEW}, ANSWERED),
    "win": ({NEW, ANSWERED, LOST}, WON),
    "lose": ({NEW, ANSWERED}, LOST),
    "reopen": ({LOST}, ANSWERED),
    "ask_again": ({LOST}, NEW),
}

LOST_REASONS: dict[str, Word] = {
    "price": N_("Price too high"),
    "lead_time": N_("Too late for them"),
    "quality": N_("Not what they need"),
    "terms": N_("Payment or delivery terms"),
    "no_need": N_("They do not buy after all"),
    "other": N_("Something else"),
}
"""Why an inquiry or a quotation came to nothing."""

CHANNELS: dict[str, Word] = {
    "wechat": N_("WeChat"), "phone": N_("Phone"), "mail": N_("Mail"), "platform": N_("Trading platform"), "fair": N_("Fair"),
    "visit": N_("Visit"), "other": N_("Something else"),
}  # fmt: skip
