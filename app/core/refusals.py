"""A business "no" that is shown kindly. Only the edges (pages, API, device intake) catch it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from app.core.words import N_, Word, _


@dataclass(frozen=True)
class Reason:
    """One entry of the closed list of reasons: a code for programs, a sentence for people, an HTTP status."""

    code: str
    sentence: Word
    status: int = 422


REQUIRED = Reason("required", N_("This is needed"))
NOT_A_NUMBER = Reason("not_a_number", N_("“%(given)s” is not a number"))
NOT_A_DATE = Reason("not_a_date", N_("“%(given)s” is not a date; write it like 2026-12-18"))
NOT_POSITIVE = Reason("not_positive", N_("Must be more than 0"))
NEGATIVE = Reason("negative", N_("Must not be less than 0"))
TOO_LARGE = Reason("too_large", N_("“%(given)s” is too large"))
TOO_HIGH = Reason("too_high", N_("At most %(most)s"))
TOO_LONG = Reason("too_long", N_("At most %(limit)s characters; this has %(length)s"))
TOO_FINE = Reason("too_fine", N_("At most %(digits)s decimals"))
NOT_A_CHOICE = Reason("not_a_choice", N_("“%(given)s” is not one of the choices"))
NONE_OF = Reason("none_of", N_("“%(given)s” is none of %(choices)s"))
BAD_CHARACTERS = Reason("bad_characters", N_("Contains characters that cannot be stored"))
UNKNOWN_UNIT = Reason("unknown_unit", N_("The unit “%(unit)s” is not known; use 件, 千件, kg …"))
UNIT_MISSING = Reason("unit_missing", N_("The unit is missing: 5 支 and 5 千支 are a thousandfold apart"))
UNIT_MISMATCH = Reason(
    "unit_mismatch", N_("%(unit)s cannot be converted for %(item)s: its piece weight is missing")
)
NOT_FOUND = Reason("not_found", N_("Not found"), 404)
UNKNOWN = Reason("unknown", N_("There is no “%(given)s”"))
FORBIDDEN = Reason("forbidden", N_("You may not do this; it needs the right “%(permission)s”"), 403)
NOT_NOW = Reason("not_now", N_("Not possible now: the state is “%(state)s”"), 409)
STALE = Reason("stale", N_("Somebody changed this meanwhile; look at the new state and decide again"), 409)
UNSTORABLE = Reason("unstorable", N_("A number here is larger than can be kept"))
BAD_CODE = Reason(
    "code_characters",
    N_("A code has no slash, question mark, hash or percent sign in it and does not begin with a dot"),
)
TAKEN = Reason("taken", N_("“%(given)s” is taken already"))
KEY_REUSED = Reason("key_reused", N_("This key was used before for something else"))


class Refused(Exception):
    """The factory's "no": one reason, the facts that explain it, and the field it belongs to if there is one."""

    def __init__(self, reason: Reason, field: str | None = None, **facts: Any) -> None:
        super().__init__(reason.code)
        self.reason, self.field, self.facts = reason, field, facts

    @property
    def status(self) -> int:
        return self.reason.status

    def sentence(self) -> str:
        return _(self.reason.sentence, **self.facts)

    def fields(self) -> dict[str, str]:
        return {self.field: self.sentence()} if self.field else {}

    def on_form(self, at: str = "") -> dict[str, str]:
        """The problems that a form shows, by field; what is no field's matter stands `at` this one. What the form cannot
        mend (not allowed, not there) is raised again."""
        if self.status in (403, 404):
            raise self
        return self.fields() or {at: self.sentence()}

    def in_dialog(self, field: str) -> dict[str, str]:
        """The problems that a dialog with this field shows; what is about something else is raised again."""
        found = self.fields()
        if field not in found:
            raise self
        return found

    def __str__(self) -> str:
        return f"{self.reason.code}: {self.sentence()}"


INVALID = Reason("invalid", N_("Please look at the marked fields"))


class Invalid(Refused):
    """Several fields at once; each keeps what was typed and says what to do."""

    def __init__(self, refusals: dict[str, Refused]) -> None:
        super().__init__(INVALID)
        self.refusals = refusals

    def fields(self) -> dict[str, str]:
        return {name: refusal.sentence() for name, refusal in self.refusals.items()}

    def __str__(self) -> str:
        return "; ".join(f"{name}: {refusal}" for name, refusal in self.refusals.items())


class Interrupted(Exception):
    """Stop the verb, roll everything back, then do `instead` in a transaction of its own.

    An approval request needs this: whatever the refused verb wrote is gone, the request must stay.
    """

    def __init__(self, instead: Callable[[], Awaitable[Any]]) -> None:
        super().__init__("interrupted")
        self.instead = instead
