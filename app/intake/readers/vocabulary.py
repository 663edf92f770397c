"""What a customer's own words mean, as people have taught: headings, units, tables that are none. Handed in with the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.quantities import Unit
from app.intake.readers.units import unit_in

OWN, OF_ORDER = ("custom-", "order-custom-"), "order-"
"""How the columns are called that are custom fields."""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Every word is in the form of `synonyms.key()`. Units are said as people enter them: 千件, kg.

    `columns`: heading → field. `units`: a unit's word → unit. `quantities` and `prices`: the heading of a column
    whose cells name no unit → the unit it counts, or that its price is for. `passed_over`: tables that are no order,
    by their headings. `own`: heading → one of our custom fields, `custom-…`, of the order `order-custom-…`. `parts`: what
    the parts are called that may be meant, as `lower()` has it, where no heading says which column names them.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    quantities: Mapping[str, str] = field(default_factory=dict)
    prices: Mapping[str, str] = field(default_factory=dict)
    passed_over: frozenset[str] = frozenset()
    own: Mapping[str, str] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()

    def unit(self, word: str, said: str) -> Unit | None:
        """The unit of a cell: as the customer means the word, or as everybody does."""
        return unit_in(self.units[word]) if word in self.units else unit_in(said)


NONE = Vocabulary()
