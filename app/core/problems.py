"""All refusals of one thing that is entered, kept at their fields and told together."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from app.core.refusals import Invalid, Refused


class Problems:
    """Refusals at their fields; `unread` are those of fields that could not be read at all."""

    def __init__(self, unread: Mapping[str, Refused] | None = None) -> None:
        self.found: dict[str, Refused] = {}
        self.unread: dict[str, Refused] = dict(unread or {})

    def note(self, at: str, refused: Refused) -> None:
        """The first refusal of a field counts, before all others that it could not be read."""
        if at not in self.found:
            self.found[at] = self.unread.get(at) or Refused(refused.reason, at, **refused.facts)

    @contextmanager
    def at(self, field: str) -> Iterator[None]:
        """What is refused inside is noted at this field, and one goes on to the next."""
        try:
            yield
        except Refused as refused:
            self.note(field, refused)

    def __bool__(self) -> bool:
        return bool(self.found or self.unread)

    def check(self) -> None:
        if self:
            raise Invalid(self.found | self.unread)
