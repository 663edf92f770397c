"""The fields of a master: what a form, a file or a program may send in each, and how it is shown again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.core import db
from app.core.money import Money, price_shown
from app.core.quantities import MILLI, half_up, labelled, plain, unit_of
from app.core.refusals import NONE_OF, REQUIRED, TOO_HIGH, UNKNOWN, Refused
from app.core.text import NO, YES, clean
from app.core.words import Word, _, translate
from app.people.actors import Permission
from app.web.input import Input


@dataclass(frozen=True)
class Reference:
    """Another master that a field points to by its code; `src` answers the lookup field.

    The name, and `old`, the column of another code, mean the thing as well where only one has it. `word` is the column
    of what one piece of it is called: a row that points to it says its units so.
    """

    table: str
    src: str
    name: str = "name"
    old: str = ""
    word: str = ""


@dataclass(frozen=True)
class Field:
    """One field of a master, one column of its import file, one name of its API.

    kinds: text, lines, whole, flag, choice, unit, day, decimal (10⁻³), money (fen), price (10⁻⁶), percent (10⁻⁴),
    weight (kg per 1,000 件), ref. `column` is the table's column when it is not the name; fields of one `group` stand together.
    `also` are heads of its column in files of other systems. Who lacks its `right` neither sees nor sets it.
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
    group: Word = Word("")
    right: Permission | None = None
    also: Sequence[str] = ()

    @property
    def stored(self) -> str:
        return self.column or self.name

    @property
    def logged(self) -> str:
        """What the log calls it, in the source language."""
        return str(self.label)

    def read(self, form: Input) -> Any:
        """The column's value as sent; refusals stay in the form."""
        if self.kind in ("text", "lines"):
            return form.text(self.name, self.limit, self.required, lines=self.kind == "lines")
        if self.kind == "flag":
            return self._flag(form)
        if self.kind == "choice":
            return self._choice(form)
        if self.kind == "unit":
            return self._unit(form)
        if self.required and self.kind in ("money", "price", "decimal") and not form.has(self.name):
            form.text(self.name, required=True)
        if self.kind == "money":
            return form.money(self.name)
        if self.kind == "price":
            return form.price(self.name)
        if self.kind == "percent":
            return self._scaled(form, 100, 10_000)
        if self.kind == "weight":
            return self._scaled(form, 10**6, 10**12)
        if self.kind == "ref":
            return form.chosen(self.name, 60, self.required) or None
        if self.kind == "day":
            return form.day(self.name, self.required)
        if self.kind == "decimal":
            return self._scaled(form, MILLI, 10**15)
        if self.required and not form.has(self.name):
            form.text(self.name, required=True)
        return form.whole(self.name, int(self.default or 0), self.low, self.high)

    def _flag(self, form: Input) -> bool:
        """Yes or no; a file may say it in words."""
        given = clean(form.raw(self.name))
        if given.lower() not in (*YES, *NO):
            form.refuse(self.name, NONE_OF, given=given[:40], choices=f"{_('yes')}、{_('no')}")
        return form.flag(self.name)

    def _choice(self, form: Input) -> str:
        """One of the choices, by its code or by its word in either language."""
        given = clean(form.raw(self.name))
        if not given and not self.required:
            return self.default
        words = {
            word.lower(): code
            for code, label in self.choices
            for word in (translate(label, "zh_CN"), str(label), code)
        }
        if not given:
            form.refuse(self.name, REQUIRED)
        elif given.lower() not in words:
            choices = "、".join(_(label) for _code, label in self.choices)
            form.refuse(self.name, NONE_OF, given=given[:40], choices=choices)
        return words.get(given.lower(), self.choices[0][0])

    def _unit(self, form: Input) -> str:
        """A unit by any of its words."""
        if not form.has(self.name) and not self.required:
            return self.default or "件"
        try:
            return unit_of(form.raw(self.name), self.name).code
        except Refused as refused:
            form.note(refused)
            return ""

    def _scaled(self, form: Input, factor: int, most: int) -> int:
        if not form.has(self.name) and self.default:
            return half_up(Decimal(str(self.default)) * factor)
        value = half_up(min(form.decimal(self.name), Decimal(10**15)) * factor)
        if value > most:
            form.refuse(self.name, TOO_HIGH, most=plain(Decimal(most) / factor))
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
        if self.kind == "decimal":
            return plain(Decimal(value or 0) / MILLI)
        if self.kind == "day":
            return value.isoformat() if value else ""
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
        if self.kind == "unit":
            return labelled(value, row.get("unit_label") or "")
        if self.kind == "ref":
            return f"{value} {row.get(f'{self.name}_name') or ''}".strip()
        return value


def joined(fields: Sequence[Field], alias: str) -> tuple[str, str]:
    joins = columns = ""
    for i, each in enumerate(f for f in fields if f.reference is not None):
        assert each.reference is not None
        joins += f' left join {each.reference.table} r{i} on r{i}.id = {alias}."{each.stored}"'
        columns += f", r{i}.code as {each.name}_code, r{i}.{each.reference.name} as {each.name}_name"
        columns += f", r{i}.{each.reference.word} as unit_label" if each.reference.word else ""
    return joins, columns


Known = dict[tuple[str, str], int]
"""Ids of what references point to, by table and code."""


async def known(fields: Sequence[Field], forms: Sequence[Input]) -> Known:
    """All that the references of these rows may mean, read at once."""
    found: Known = {}
    for each in (f for f in fields if f.reference is not None):
        assert each.reference is not None
        codes = sorted({form.chosen(each.name, 60) for form in forms} - {""})
        for start in range(0, len(codes), 500):
            some = db.any_of("code", codes[start : start + 500])
            table, old, name = each.reference.table, each.reference.old, each.reference.name
            found |= {
                (table, r["code"]): r["id"]
                for r in await db.rows(f"select id, code from {table} where {{}}", some)
            }
            for other in filter(None, (old, name)):
                others = await db.rows(
                    f"select min(id) as id, {other} as code from {table} where {{}} group by {other} having count(*) = 1",
                    db.any_of(other, codes[start : start + 500]),
                )
                found = {(table, r["code"]): r["id"] for r in others} | found
    return found


async def values_of(fields: Sequence[Field], form: Input, ids: Known | None = None) -> dict[str, Any]:
    """The fields' values by column, with references looked up; refusals stay in the form."""
    ids = await known(fields, [form]) if ids is None else ids
    values: dict[str, Any] = {}
    for each in fields:
        value = each.read(form)
        if each.reference is not None and value is not None:
            code, value = value, ids.get((each.reference.table, value))
            if value is None:
                form.refuse(each.name, UNKNOWN, given=code[:40])
        values[each.stored] = value
    return values
