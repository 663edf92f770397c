"""Custom fields in a list: columns that can be chosen, filters for those that are searched by."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.conditions import Condition
from app.core.refusals import Refused
from app.core.words import N_, Word, _
from app.custom_fields.conditions import BEGINS, FROM, IS, TO, condition
from app.custom_fields.defined import CHOICE, DAY, FLAG, NUMBER, TEXT, Field
from app.custom_fields.values import MICRO, for_programs, loaded, parse, told
from app.web.columns import Column
from app.web.filters import Filter

_KINDS = {NUMBER: "number", DAY: "day"}
Rows = list[dict[str, Any]]


def key_of(field: Field) -> str:
    """What a column is called, and the beginning of what filters are called in an address."""
    return f"custom.{field.key}"


def columns_of(fields: Sequence[Field]) -> list[Column]:
    return [
        Column(key_of(f), Word(f.head), _KINDS.get(f.kind, "text"), low=True, shown=f.in_list) for f in fields
    ]


def dressing(
    fields: Sequence[Field], dress: Callable[[Rows], Awaitable[None]] | None
) -> Callable[[Rows], Awaitable[None]]:
    """What gives rows the values of these columns, after whatever else dresses them."""

    async def dressed(rows: Rows) -> None:
        if dress is not None:
            await dress(rows)
        for row in rows:
            kept = loaded(row["custom"])
            row |= {key_of(f): _cell(f, kept.get(f.key)) for f in fields}
            row["custom"] = for_programs(fields, row["custom"])

    return dressed


def _cell(field: Field, value: Any) -> Any:
    if value is None:
        return None
    if field.kind == NUMBER:
        return Decimal(value) / MICRO
    return date.fromisoformat(value) if field.kind == DAY else told(field, value)


def filters_of(fields: Sequence[Field], alias: str) -> list[Filter]:
    return [each for f in fields if f.searchable for each in _filters(f, alias)]


def _filters(field: Field, alias: str) -> list[Filter]:
    name, label = key_of(field), Word(field.head)
    if field.kind == TEXT:
        return [Filter(name, label, _asked(field, BEGINS, alias), kind="text")]
    if field.kind == CHOICE:
        return [Filter(name, label, _asked(field, IS, alias), [(v, Word(said)) for v, said in field.choices])]
    if field.kind == FLAG:
        return [Filter(name, label, _asked(field, IS, alias), (("1", N_("yes")), ("0", N_("no"))))]
    kind = "date" if field.kind == DAY else "text"
    first, last = (Word(_(said, what=field.head)) for said in (N_("%(what)s from"), N_("%(what)s to")))
    return [
        Filter(f"{name}.from", first, _asked(field, FROM, alias), kind=kind),
        Filter(f"{name}.to", last, _asked(field, TO, alias), kind=kind),
    ]


def _asked(field: Field, op: str, alias: str) -> Callable[[str], Condition | None]:
    def asked(given: str) -> Condition | None:
        try:
            value = parse(field, given)
        except Refused:
            return None
        return None if value is None else condition(field, op, value, alias)

    return asked
