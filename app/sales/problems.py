"""All refusals of one order, with those of its lines, kept at their fields and told together."""

from collections.abc import Callable

from app.core import text
from app.core.problems import Problems as ProblemsOfFields
from app.core.refusals import TOO_LONG, Refused


class Problems(ProblemsOfFields):
    """Refusals at the fields of an order and of its lines."""

    def under(self, at: str) -> Callable[[str, Refused], None]:
        """What notes the refusals of a line at its fields."""
        return lambda field, refused: self.note(f"{at}-{field}", refused)

    def fit(self, at: str, given: str, limit: int) -> str:
        """Cleaned text that fits its column; a remark keeps its punctuation."""
        cleaned = (text.prose if at.endswith("remark") else text.clean)(str(given))
        if len(cleaned) > limit:
            self.note(at, Refused(TOO_LONG, limit=limit, length=len(cleaned)))
        return cleaned[:limit]
