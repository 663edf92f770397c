"""A form with lines, as it is shown: new, as written before, or as sent with what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.refusals import Refused


@dataclass
class Entry:
    """The head's values, the lines, and what is wrong with which field (`lines-0-quantity`)."""

    values: dict[str, Any]
    lines: list[dict[str, Any]]
    problems: dict[str, str] = field(default_factory=dict)

    def longer(self, blank: Mapping[str, Any]) -> "Entry":
        """With one more line, for browsers without JavaScript."""
        self.lines.append(dict(blank))
        return self

    def refused(self, refused: Refused, blank: Mapping[str, Any]) -> "Entry":
        """As it was sent, with what is wrong at each field, and a line to write in."""
        self.problems = refused.on_form()
        self.lines = self.lines or [dict(blank)]
        return self
