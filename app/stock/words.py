"""How the ledger's closed lists are said."""

from app.core.words import N_, Word
from app.stock.ledger import GOOD, HELD, Why

WHY: dict[str, Word] = {
    Why.RECEIVE: N_("Goods received"),
    Why.ISSUE: N_("Issued"),
    Why.PRODUCE: N_("Finished goods received"),
    Why.DELIVER: N_("Delivery"),
    Why.RETURN: N_("Returned"),
    Why.MOVE: N_("Transfer"),
    Why.COUNT: N_("Count difference"),
    Why.SCRAP: N_("Scrapped"),
    Why.OPENING: N_("Opening stock"),
    Why.REVERSE: N_("Reversal"),
}
QUALITY: dict[str, tuple[Word, str]] = {GOOD: (N_("Good"), "ok"), HELD: (N_("Held"), "warn")}
"""Quality status: its word and the kind that gives glyph and colour."""
