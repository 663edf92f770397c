"""What a quotation's state can be set to, and how it is shown."""

from app.core.states import Look, Moves
from app.core.words import N_

DRAFT, SENT, ACCEPTED, LOST, EXPIRED, SUPERSEDED = (
    "draft", "sent", "accepted", "lost", "expired", "superseded",
)  # fmt: skip
LOOKS = {
    DRAFT: Look(N_("Draft"), "draft"),
    SENT: Look(N_("Sent"), "run"),
    ACCEPTED: Look(N_("Accepted"), "ok"),
    LOST: Look(N_("Lost"), "bad"),
    EXPIRED: Look(N_("Expired"), "warn"),
    SUPERSEDED: Look(N_("Superseded"), "draft", struck=True),
}
MOVES: Moves = {
    "edit": ({DRAFT}, DRAFT),
    "send": ({DRAFT}, SENT),
    "accept": ({SENT}, ACCEPTED),
    "lose": ({DRAFT, SENT, EXPIRED}, LOST),
    "expire": ({SENT}, EXPIRED),
    "revise": ({SENT, EXPIRED, LOST}, SUPERSEDED),
}


def letter(revision: int) -> str:
    """A, B … Z, AA, AB …"""
    letters = ""
    while revision:
        revision, at = divmod(revision - 1, 26)
        letters = chr(ord("A") + at) + letters
    return letters
