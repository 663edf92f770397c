"""All refusals of one order, kept at their fields and told together."""

from collections.abc import Callable, Mapping

from app.core import text
from app.core.refusals import TOO_LONG, Invalid, Refused


class Problems:
    """Refusals at their fields, told together; `unread` are those of fields that could not be read at all."""

    def __init__(self, unread: Mapping[str, Refused] | None = None) -> None:
        self.found: dict[str, Refused] = dict(unread or {})

    def note(self, at: str, refused: Refused) -> None:
        self.found.setdefault(at, Refused(refused.reason, at, **refused.facts))

    def under(self, at: str) -> Callable[[str, Refused], None]:
        """What notes the refusals of a line at its fields."""
        return lambda field, refused: self.note(f"{at}-{field}", refused)

    def fit(self, at: str, given: str, limit: int) -> str:
        """Cleaned text that fits its column; a remark keeps its punctuation."""
        cleaned = (text.prose if at.endswith("remark") else text.clean)(str(given))
        if len(cleaned) > limit:
            self.note(at, Refused(TOO_LONG, limit=limit, length=len(cleaned)))
        return cleaned[:limit]

    def check(self) -> None:
        if self.found:
            raise Invalid(self.found)
