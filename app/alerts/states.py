"""How urgent an alert is, and how that is shown."""

from app.core.states import Look
from app.core.words import N_

NOTICE, WARNING, ESCALATION = 1, 2, 3
LEVELS: dict[int, Look] = {
    NOTICE: Look(N_("Reminder"), "run"),
    WARNING: Look(N_("Warning"), "warn"),
    ESCALATION: Look(N_("Escalated"), "bad"),
}
OPEN, SNOOZED, CLOSED = "open", "snoozed", "closed"
LOOKS: dict[str, Look] = {
    OPEN: Look(N_("Open"), "warn"),
    SNOOZED: Look(N_("Put off"), "pause"),
    CLOSED: Look(N_("Settled"), "ok"),
}
