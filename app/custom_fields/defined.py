"""The custom fields that are defined and in use: what every form, list, file and paper asks here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core import db
from app.core.keeping import kept
from app.core.words import N_, Word, _, language

TEXT, NUMBER, DAY, CHOICE, FLAG = "text", "number", "day", "choice", "flag"
KINDS: dict[str, Word] = {
    TEXT: N_("Text"), NUMBER: N_("A number"), DAY: N_("Date"), CHOICE: N_("One of several"), FLAG: N_("Yes or no"),
}  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """A kind of thing that may have custom fields; their values are in the column `custom` of its table."""

    table: str
    label: Word


THINGS: dict[str, Thing] = {
    "sales_order": Thing("sales_orders", N_("Sales orders")),
    "sales_order_line": Thing("sales_order_lines", N_("Lines of orders")),
    "customer": Thing("customers", N_("Customers")),
    "supplier": Thing("suppliers", N_("Suppliers")),
    "item": Thing("items", N_("Items")),
}


@dataclass(frozen=True)
class Field:
    """A custom field in use."""

    thing: str
    key: str
    label: str
    label_en: str = ""
    kind: str = TEXT
    unit: str = ""
    decimals: int = 0
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False
    searchable: bool = False
    in_list: bool = False
    printed: bool = False

    @property
    def name(self) -> str:
        """What forms call it, and where its refusals stand."""
        return f"custom-{self.key}"

    @property
    def said(self) -> str:
        """Its label in the language spoken now."""
        return self.label_en if self.label_en and language() == "en" else self.label

    @property
    def head(self) -> str:
        """Its label with the unit of its numbers."""
        return f"{self.said} ({self.unit})" if self.unit else self.said

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Its options with their words in the language spoken now."""
        english = language() == "en"
        return [
            (value, in_english if english and in_english else value) for value, in_english in self.options
        ]

    @property
    def offered(self) -> list[tuple[str, str]]:
        """What a form offers for a choice or for yes and no, nothing first."""
        if self.kind == FLAG:
            return [("", "—"), ("1", _("yes")), ("0", _("no"))]
        return [("", "—"), *self.choices] if self.kind == CHOICE else []


Fields = tuple[Field, ...]


@kept
async def fields() -> Mapping[str, Fields]:
    """The fields in use of every kind of thing, in their order."""
    found: dict[str, list[Field]] = {thing: [] for thing in THINGS}
    for row in await db.rows("select * from custom_fields where active = {} order by position, id", True):
        found.setdefault(row["thing"], []).append(field_of(row))
    return {thing: tuple(each) for thing, each in found.items()}


async def of(thing: str) -> Fields:
    """The fields in use of one kind of thing."""
    return (await fields()).get(thing, ())


def field_of(row: Mapping[str, Any]) -> Field:
    """A row of the definitions as a field."""
    names = ("thing", "key", "label", "label_en", "kind", "unit", "decimals")
    flags = ("required", "searchable", "in_list", "printed")
    values: dict[str, Any] = {n: row[n] for n in names} | {n: bool(row[n]) for n in flags}
    values["options"] = tuple((str(value), str(english)) for value, english in json.loads(row["options"]))
    return Field(**values)
