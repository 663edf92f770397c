"""The fields of a master: what a form, a file or a program may send in each, and how it is shown again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.core.money import Money, price_shown
from app.core.quantities import UNITS, half_up, plain
from app.core.refusals import NOT_A_CHOICE
from app.core.words import Word, _
from app.web.input import Input


@dataclass(frozen=True)
class Reference:
    """Another master that a field points to by its code; `src` answers the lookup field."""

    table: str
    src: str
    name: str = "name"


@dataclass(frozen=True)
class Field:
    """One field of a master, one column of its import file, one name of its API.

    kinds: text, lines, whole, flag, choice, unit, money (fen), price (10⁻⁶), percent (10⁻⁴), weight (kg per 1,000 件), ref.
    `column` is the table's column when it is not the name.
    """

    name: str
    label: Word
    kind: str = "text"
    required: bool = False
    limit: int = 200
    choices: Sequence[tuple[str, Word]] = ()
    default: Any = ""
    reference: Reference | None = None
    hint: Word = Word("")
    column: str = ""
    low: int = 0
    high: int = 10**9
    wide: bool = False

    @property
    def stored(self) -> str:
        return self.column or self.name

    def read(self, form: Input) -> Any:
        """The column's value as sent; refusals stay in the form."""
        if self.kind in ("text", "lines"):
            return form.text(self.name, self.limit, self.required, lines=self.kind == "lines")
        if self.kind == "flag":
            return form.flag(self.name)
        if self.kind == "choice":
            default = None if self.required else self.default
            return form.choice(
                self.name, [code for code, _label in self.choices] + ([""] if default == "" else []), default
            )
        if self.kind == "unit":
            return form.choice(self.name, list(UNITS), self.default or "件")
        if self.kind == "money":
            return form.money(self.name)
        if self.kind == "price":
            return form.price(self.name)
        if self.kind == "percent":
            return self._scaled(form, 100, 10_000)
        if self.kind == "weight":
            return self._scaled(form, 10**6, 10**12)
        if self.kind == "ref":
            return form.text(self.name, 60, self.required) or None
        if self.required and not form.has(self.name):
            form.text(self.name, required=True)
        return form.whole(self.name, int(self.default or 0), self.low, self.high)

    def _scaled(self, form: Input, factor: int, most: int) -> int:
        if not form.has(self.name) and self.default:
            return half_up(Decimal(str(self.default)) * factor)
        value = half_up(form.decimal(self.name) * factor)
        if value > most:
            form.refuse(self.name, NOT_A_CHOICE, given=form.raw(self.name)[:40])
        return min(value, most)

    def shown(self, row: Mapping[str, Any]) -> Any:
        """The column's value as forms, files and programs write it."""
        value = row.get(self.stored)
        if self.kind == "ref":
            return row.get(f"{self.name}_code") or ""
        if self.kind == "money":
            return str(Money(value or 0))
        if self.kind == "price":
            return price_shown(value) if value else ""
        if self.kind == "percent":
            return plain(Decimal(value or 0) / 100)
        if self.kind == "weight":
            return plain(Decimal(value) / 10**6) if value else ""
        if self.kind == "flag":
            return bool(value)
        return "" if value is None else value

    def plain(self, row: Mapping[str, Any]) -> Any:
        """The value as the log keeps it: a choice by its word, not yet translated."""
        value = self.shown(row)
        return str(dict(self.choices).get(value, value)) if self.kind == "choice" else value

    def told(self, row: Mapping[str, Any]) -> Any:
        """The value in words, for the detail page."""
        value = self.shown(row)
        if self.kind == "choice":
            return _(dict(self.choices).get(value, Word(str(value))))
        if self.kind == "flag":
            return _("yes") if value else _("no")
        if self.kind == "ref":
            return f"{value} {row.get(f'{self.name}_name') or ''}".strip()
        return value
