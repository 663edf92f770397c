"""States of work orders, operations and exceptions. An operation's state follows from its facts (`rules.states_of`)."""

from app.core.states import Look, Moves
from app.core.words import N_

DRAFT, RELEASED, HELD, DONE, CANCELLED = "draft", "released", "held", "done", "cancelled"
LOOKS = {
    DRAFT: Look(N_("Not released"), "draft"),
    RELEASED: Look(N_("Released"), "run"),
    HELD: Look(N_("On hold"), "pause"),
    DONE: Look(N_("Finished"), "ok"),
    CANCELLED: Look(N_("Cancelled"), "draft", struck=True),
}
MOVES: Moves = {
    "release": ({DRAFT}, RELEASED),
    "hold": ({RELEASED}, HELD),
    "resume": ({HELD}, RELEASED),
    "cancel": ({DRAFT, RELEASED, HELD}, CANCELLED),
    "finish": ({DRAFT, RELEASED, HELD, CANCELLED}, DONE),
    "reopen": ({DONE}, RELEASED),
}

WAITING, READY, RUNNING, PAUSED, COMPLETE = "waiting", "ready", "running", "paused", "done"
OPERATION_LOOKS = {
    WAITING: Look(N_("Waiting"), "draft"),
    READY: Look(N_("Ready"), "todo"),
    RUNNING: Look(N_("Running"), "run"),
    PAUSED: Look(N_("Paused"), "pause"),
    COMPLETE: Look(N_("Done"), "ok"),
}

OPEN, ACKNOWLEDGED, RESOLVED = "open", "acknowledged", "resolved"
EXCEPTION_LOOKS = {
    OPEN: Look(N_("Open"), "bad"),
    ACKNOWLEDGED: Look(N_("Somebody is on it"), "warn"),
    RESOLVED: Look(N_("Resolved"), "ok"),
}
EXCEPTION_MOVES: Moves = {
    "acknowledge": ({OPEN}, ACKNOWLEDGED),
    "resolve": ({OPEN, ACKNOWLEDGED}, RESOLVED),
}
