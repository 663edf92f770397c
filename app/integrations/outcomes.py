"""What a call came to, the same four ways for every third party."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.core.words import N_, Word

DONE, LATER, GIVE_UP, UNKNOWN = "done", "later", "give_up", "unknown"


@dataclass(frozen=True)
class Outcome:
    """`repeatable`: an unknown one may be sent again, the other side tells that it has had it. `ours`: an administrator must act."""

    kind: str
    code: str = ""
    said: Word | str = ""
    request: Any = None
    answer: Any = None
    after: timedelta | None = None
    repeatable: bool = False
    ours: bool = field(default=False)


NOT_REACHED: Word = N_("The other side cannot be reached")
NO_ANSWER: Word = N_("No answer in time; whether it arrived is not known")
NOT_SET: Word = N_("The channel is not set up")
BROKE: Word = N_("Our side broke while sending")
STOPPED: Word = N_("The house stopped while sending; whether it arrived is not known")
