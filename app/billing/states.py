"""A receipt is booked, and may be reversed. How far it and a receivable are matched is computed."""

from app.core.conditions import Condition
from app.core.states import Look, Moves
from app.core.words import N_

BOOKED, REVERSED = "booked", "reversed"
LOOKS = {BOOKED: Look(N_("Booked"), "ok"), REVERSED: Look(N_("Reversed"), "draft")}
MOVES: Moves = {"reverse": ({BOOKED}, REVERSED)}

OPEN = Condition("r.matched <> r.amount", few=True)
MATCHED = Condition("r.matched = r.amount")
"""Receivable r."""
NOT_MATCHED = Condition("c.state = 'booked' and c.matched < c.amount", few=True)
"""Receipt c."""
