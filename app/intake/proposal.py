"""The order form as it is proposed: each field with its source, what is doubtful about it, and why."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from app.core.quantities import Quantity, Weight
from app.core.refusals import Refused
from app.core.words import Word, _
from app.intake.records import Record
from app.pricing.prices import Found


@dataclass(frozen=True)
class Remark:
    """A sentence about a field, said in the reader's language."""

    sentence: Word
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return _(self.sentence, **self.facts)


@dataclass(frozen=True)
class Choice:
    """An item that may be meant: how sure that is in percent, and why."""

    code: str
    title: str
    sure: int
    why: Remark


@lru_cache(maxsize=20_000)
def base_quantity(value: str, unit: str, base: str, micro: int, pieces: int) -> int | None:
    """A quantity as entered, at 10⁻³ of the base unit; None where it cannot be told."""
    with suppress(Refused):
        return Quantity.entered(value, unit, base, Weight(micro, pieces)).milli
    return None


@dataclass
class Cell:
    """One field of the form: what is proposed, where it stands in the source, and why it should be looked at."""

    value: str = ""
    shown: str = ""
    cell: str = ""
    doubtful: bool = False
    why: list[Remark] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    raw: str = ""  # what stood there before a cleaning rule
    note: Remark | None = None  # where a value comes from that the source does not say
    near: str = ""  # what a person's search may begin with where nothing is proposed

    def doubt(self, sentence: Word, **facts: Any) -> None:
        self.doubtful = True
        if all(each.sentence != sentence for each in self.why):
            self.why.append(Remark(sentence, facts))


@dataclass
class Proposal:
    """The form as proposed: head and lines by field name. `problems`: what was read and belongs to no field."""

    customer: dict[str, Any] | None = None
    head: dict[str, Cell] = field(default_factory=dict)
    lines: list[dict[str, Cell]] = field(default_factory=list)
    items: list[dict[str, Any] | None] = field(default_factory=list)
    schedules: list[list[dict[str, Cell]]] = field(
        default_factory=list
    )  # of each line its several deliveries
    listed: list[Found | None] = field(default_factory=list)  # what the price lists say of each line
    problems: list[Record] = field(default_factory=list)

    @property
    def doubts(self) -> int:
        return sum(c.doubtful for c in self.cells()) + len(self.problems)

    def cells(self) -> list[Cell]:
        """All of them."""
        return [*self.head.values(), *(c for i in range(len(self.lines)) for c in self.of_line(i))]

    def of_line(self, i: int) -> list[Cell]:
        """Those of a line and of its deliveries."""
        return [*self.lines[i].values(), *(c for part in self.schedules[i] for c in part.values())]

    def values(self) -> dict[str, str]:
        """As form values: `lines-0-quantity` …"""
        found = {name: c.value for name, c in self.head.items()}
        for i, line in enumerate(self.lines):
            found |= {f"lines-{i}-{name}": c.value for name, c in line.items()}
        for i, parts in enumerate(self.schedules):
            for n, part in enumerate(parts):
                found |= {f"lines-{i}-schedules-{n}-{name}": c.value for name, c in part.items()}
        return found

    def quantity(self, i: int) -> int | None:
        """The quantity of a line at 10⁻³ of its item's base unit, as far as it can be told."""
        item, line = self.items[i], self.lines[i]
        return None if item is None else base_quantity(
            line["quantity"].value, line["unit"].value, item["base_unit"], item["weight_micro"], item["weight_pieces"]
        )  # fmt: skip

    def digest(self) -> str:
        """Tells orders that say the same: customer, items, quantities, prices and days, whatever their number and layout."""
        lines = sorted(
            "|".join((
                x["item"].value or x["customer_item"].value, str(self.quantity(i) or x["quantity"].value),
                x["unit_price"].value, x["price_unit"].value, x["due_date"].value or self.head["due_date"].value,
                *(f"{part['due_date'].value} {part['quantity'].value}" for part in self.schedules[i]),
            ))
            for i, x in enumerate(self.lines)
        )  # fmt: skip
        return hashlib.sha256("\n".join([self.head["customer"].value, *lines]).encode()).hexdigest()
