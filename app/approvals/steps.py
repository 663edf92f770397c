"""Steps in turn and whether they are done. Pure.

Who agrees is written `role:boss`, `person:chenzong` (a login), `head:department` or `head:team` (of whoever asks).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from app.core.words import N_

ALL, ONE = "all", "one"
MODES = {ONE: N_("one of them is enough"), ALL: N_("all of them must")}
ROLE, PERSON, HEAD = "role", "person", "head"
HEADS = {"department": N_("head of the asker's department"), "team": N_("leader of the asker's team")}

LATER, OPEN, APPROVED, REJECTED, RETURNED, PASSED, HANDED_OVER = (
    "later", "open", "approved", "rejected", "returned", "passed", "handed_over",
)  # fmt: skip
"""What becomes of a seat: not its turn yet, its turn, what was decided, not needed any more, given to somebody else."""


@dataclass(frozen=True)
class Step:
    """Who agrees, whether all or one of them must, and after how many working hours somebody else is asked too (0: never)."""

    who: tuple[str, ...]
    mode: str = ONE
    hours: int = 0


class Seat(Protocol):
    """A place in a step, as far as it matters for going on."""

    step: int
    mode: str
    added: bool
    state: str


def read(steps: Iterable[Mapping[str, Any]]) -> list[Step]:
    """Steps from their JSON."""
    return [Step(tuple(s["who"]), s.get("mode", ONE), int(s.get("hours", 0))) for s in steps]


def dump(steps: Iterable[Step]) -> list[dict[str, Any]]:
    return [asdict(step) for step in steps]


def complete(seats: Sequence[Seat]) -> bool:
    """Whether the seats of one step agreed: those added (加签) all, of the others all or one as the step says."""
    sitting = [seat for seat in seats if seat.state not in (HANDED_OVER, PASSED)]
    if any(seat.added and seat.state != APPROVED for seat in sitting):
        return False
    asked = [seat.state == APPROVED for seat in sitting if not seat.added]
    if not asked:
        return True
    return all(asked) if sitting[0].mode == ALL else any(asked)
