"""What a sales order's state can be set to, and how it is shown. What follows from other rows is in conditions.py."""

from app.core.states import Look, Moves
from app.core.words import N_, Word, _

DRAFT, SUBMITTED, CONFIRMED, CLOSED, CANCELLED = "draft", "submitted", "confirmed", "closed", "cancelled"
LOOKS = {
    DRAFT: Look(N_("Draft"), "draft"),
    SUBMITTED: Look(N_("To be confirmed"), "todo"),
    CONFIRMED: Look(N_("Confirmed"), "ok"),
    CLOSED: Look(N_("Closed"), "ok"),
    CANCELLED: Look(N_("Cancelled"), "draft", struck=True),
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
KINDS_AS_SAID = {
    "normal": NORMAL, "正常": NORMAL, "标准": NORMAL, "sample": SAMPLE, "样品": SAMPLE, "free": FREE, "free replacement": FREE,
    "免费补货": FREE, "赠品": FREE, "spare": SPARE, "spare parts": SPARE, "备品": SPARE, "consignment": CONSIGNMENT, "寄售": CONSIGNMENT,
}  # fmt: skip
"""The words for kinds of lines that may stand in files."""
SERVICE = "service"
"""The kind of items that are charged but never delivered: tooling, freight."""

GIVEN_AWAY = (FREE, SPARE)
"""Kinds of line that cost nothing."""


def kind_said(kind: str) -> str:
    """What is said of a line that is not a normal one, '' of one that is."""
    word = KINDS.get(kind)
    return _(word) if word and kind != NORMAL else ""
