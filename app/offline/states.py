"""What becomes of an action that the office looks at, and why it is there."""

from app.core.states import Look, Moves
from app.core.words import N_, Word
from app.offline import refusals
from app.production.reasons import COLLISIONS

PARKED, FLAGGED, BOOKED, REPLACED, DISCARDED, SEEN = (
    "parked",
    "flagged",
    "booked",
    "replaced",
    "discarded",
    "seen",
)
OPEN = (PARKED, FLAGGED)
LOOKS = {
    PARKED: Look(N_("Not booked"), "bad"),
    FLAGGED: Look(N_("Booked, please look"), "warn"),
    BOOKED: Look(N_("Booked by the office"), "ok"),
    REPLACED: Look(N_("Sent again by the device"), "ok"),
    DISCARDED: Look(N_("Discarded"), "draft"),
    SEEN: Look(N_("Seen"), "ok"),
}
MOVES: Moves = {
    "retry": ({PARKED}, BOOKED),
    "replace": ({PARKED}, REPLACED),
    "discard": ({PARKED}, DISCARDED),
    "see": ({FLAGGED}, SEEN),
}

CLOCK, NOBODY = "clock", "nobody"
FLAGS: dict[str, Word] = {
    CLOCK: N_("The device's clock is wrong"),
    NOBODY: N_("Nobody was signed on at the device"),
    **COLLISIONS,
}
"""Why a booked action is looked at."""

REFUSED: dict[str, Word] = {
    refusals.MALFORMED.code: N_("Not understood"),
    refusals.UNKNOWN_SUBJECT.code: N_("Unknown job, lot or place"),
    refusals.UNKNOWN_DEVICE.code: N_("Unknown device"),
    refusals.UNKNOWN_PERSON.code: N_("Unknown person"),
    refusals.DEVICE_REVOKED.code: N_("Device revoked"),
    refusals.CRASHED.code: N_("Broke on our side"),
}
"""Why an action was not booked, in few words."""
