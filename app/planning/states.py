"""A schedule is computed, proposed, published, and replaced by the next one that is published."""

from app.core.states import Look, Moves
from app.core.words import N_

COMPUTING, PROPOSED, PUBLISHED, REPLACED, FAILED = "computing", "proposed", "published", "replaced", "failed"
LOOKS = {
    COMPUTING: Look(N_("Computing"), "run"),
    PROPOSED: Look(N_("Proposed"), "todo"),
    PUBLISHED: Look(N_("Published"), "ok"),
    REPLACED: Look(N_("Replaced"), "draft"),
    FAILED: Look(N_("Failed"), "bad"),
}
MOVES: Moves = {
    "propose": ({COMPUTING}, PROPOSED),
    "fail": ({COMPUTING}, FAILED),
    "publish": ({PROPOSED}, PUBLISHED),
    "replace": ({PROPOSED, PUBLISHED}, REPLACED),
}
