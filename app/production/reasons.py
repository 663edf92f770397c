"""The closed lists a person on the floor chooses from, and what the house itself notices."""

from app.core.words import N_, Word

SCRAP: dict[str, Word] = {
    "setup": N_("Set-up parts"),
    "crack": N_("Cracked"),
    "underfill": N_("Underfilled"),
    "size": N_("Out of size"),
    "other": N_("Other"),
}
PAUSE: dict[str, Word] = {
    "material": N_("Waiting for material"),
    "meal": N_("Meal"),
    "machine": N_("Machine"),
    "shift": N_("End of shift"),
}

SHORT: dict[str, Word] = {
    "material": N_("Material used up"),
    "scrap": N_("Too much scrap"),
    "enough": N_("Enough, the office knows"),
    "other": N_("Other"),
}
"""Why an operation is done although less was made."""

MORE_THAN_BEFORE, NOT_STARTED, NOT_RELEASED, OTHER_MACHINE = (
    "more_than_before",
    "not_started",
    "not_released",
    "other_machine",
)
TOO_EARLY, MORE_RECEIVED = "too_early", "more_received"
COLLISIONS: dict[str, Word] = {
    MORE_THAN_BEFORE: N_("More out than in"),
    NOT_STARTED: N_("Reported without a start"),
    NOT_RELEASED: N_("Work order is not released"),
    OTHER_MACHINE: N_("Other machine than planned"),
    TOO_EARLY: N_("Started before the step before"),
    MORE_RECEIVED: N_("More in stock than reported"),
}
"""What the house notices when a fact does not fit its books."""

RAISED: dict[str, Word] = {
    "material": N_("Material is missing"),
    "machine": N_("Machine is down"),
    "quality": N_("Quality problem"),
    "other": N_("Something else"),
}
"""What people call the team leader for."""

EXCEPTIONS: dict[str, Word] = {**RAISED, **COLLISIONS}
