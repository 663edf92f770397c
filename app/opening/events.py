"""What happened to the opening."""

from dataclasses import dataclass

from app.core.words import N_, Word
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class OpeningBooked(Event):
    name = "opening.booked"
    sentence = N_(
        "booked opening data %(number)s, %(kind)s: %(made)s new, %(changed)s changed, %(removed)s taken out"
    )
    icon = "archive-restore"

    number: str
    kind: Word
    made: int
    changed: int
    removed: int


@dataclass(frozen=True, kw_only=True)
class OpeningTakenBack(Event):
    name = "opening.taken_back"
    sentence = N_("took all opening data back: %(rows)s rows")
    icon = "undo-2"

    rows: int


@dataclass(frozen=True, kw_only=True)
class OpeningCompleted(Event):
    name = "opening.completed"
    sentence = N_("declared the opening complete: %(rows)s rows are in the books")
    icon = "check"

    rows: int


@dataclass(frozen=True, kw_only=True)
class OpeningReopened(Event):
    name = "opening.reopened"
    sentence = N_("opened the completed opening again")
    icon = "undo-2"
