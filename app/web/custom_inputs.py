"""Custom fields in forms and files: what was sent of them, and how a master has them among its fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.words import Word
from app.custom_fields import values
from app.custom_fields.defined import CHOICE, DAY, FLAG, NUMBER
from app.custom_fields.defined import Field as Custom
from app.web.input import Input, storable
from app.web.master_fields import Field

PREFIX = "custom-"
_KINDS = {NUMBER: "decimal", DAY: "day", CHOICE: "choice", FLAG: "choice"}


def sent(form: Input) -> Any:
    """The values by key: of a program's object `custom`, of a form's inputs `custom-key`; None where nothing is said of them."""
    if "custom" in form.values:
        given = form.values["custom"]
        return {storable(k): storable(v) for k, v in given.items()} if isinstance(given, Mapping) else given
    return {n.removeprefix(PREFIX): v for n, v in form.values.items() if n.startswith(PREFIX)} or None


def typed(form: Input) -> dict[str, str]:
    """What was typed into custom fields, for drawing the form again."""
    return {name: form.raw(name)[:1000] for name in form.values if name.startswith(PREFIX) and form.has(name)}


def as_written(fields: Sequence[Custom], document: str | None) -> dict[str, str]:
    """A document as the values of a form."""
    kept = values.loaded(document)
    return {f.name: values.written(f, kept.get(f.key)) for f in fields}


@dataclass(frozen=True)
class CustomField(Field):
    """A custom field among those of a master; its column is the master's document."""

    of: Custom = field(default_factory=lambda: Custom("", "", ""))

    @property
    def logged(self) -> str:
        return self.of.label

    def read(self, form: Input) -> Any:
        """Read with the others of its document, by `document()`."""
        return form.values.get(self.name)

    def shown(self, row: Mapping[str, Any]) -> Any:
        return values.written(self.of, values.loaded(row.get("custom")).get(self.of.key))

    def plain(self, row: Mapping[str, Any]) -> Any:
        return values.logged([self.of], row.get("custom"))[self.of.label]

    def told(self, row: Mapping[str, Any]) -> Any:
        return values.told(self.of, values.loaded(row.get("custom")).get(self.of.key))

    @property
    def heads(self) -> tuple[str, ...]:
        """What a file may call its column."""
        return self.of.key, self.of.label, self.of.label_en, self.of.head


def master_field(of: Custom, row: Mapping[str, Any] | None = None) -> CustomField:
    """The field as a master has it; what a thing had to go without may stay empty."""
    required = of.required and (row is None or values.loaded(row.get("custom")).get(of.key) is not None)
    choices = (
        [("", Word("—")), *((value, Word(said)) for value, said in of.choices)] if of.kind == CHOICE else []
    )
    return CustomField(
        of.name,
        Word(of.head),
        _KINDS.get(of.kind, "text"),
        required=required,
        limit=values.LONGEST,
        choices=choices,
        of=of,
    )


def document(fields: Sequence[CustomField], form: Input, before: str | None, partial: bool) -> str:
    """The document to keep; refusals stay in the form. A whole form that says nothing of them says that they are empty."""
    given = sent(form)
    if given is None and not partial:
        given = {}
    return values.read([f.of for f in fields], given, before, lambda at, refused: form.note(refused, at))
