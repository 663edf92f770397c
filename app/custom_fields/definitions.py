"""Defining a custom field and changing it. Nothing is deleted: a field that is switched off keeps its values."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core import db
from app.core.db import DB
from app.core.refusals import NOT_A_CHOICE, NOT_FOUND, REQUIRED, TAKEN, TOO_HIGH, TOO_LONG, Invalid, Refused
from app.core.rows import locked
from app.core.text import clean
from app.core.words import N_, Word
from app.custom_fields.conditions import index, index_name
from app.custom_fields.defined import CHOICE, KINDS, NUMBER, THINGS, field_of
from app.custom_fields.events import CustomFieldChanged, CustomFieldDefined
from app.custom_fields.permissions import EDIT
from app.custom_fields.refusals import (
    BAD_KEY,
    KIND_HAS_VALUES,
    OPTION_HAS_VALUES,
    OPTIONS_WRONG,
    TOO_MANY_FIELDS,
)
from app.custom_fields.tables import CustomField
from app.events.log import changes, record
from app.people.actors import Actor

MOST, MOST_OPTIONS, MOST_DECIMALS = 30, 60, 6
COUNTED = 1000
"""Values are counted up to here to say how many there are."""
_KEY = re.compile(r"[a-z][a-z0-9_]{0,30}")
_LIMITS = {"label": 40, "label_en": 40, "unit": 10}
_TOLD: dict[str, Word] = {
    "label": N_("Label in Chinese"), "label_en": N_("Label in English"), "kind": N_("Kind"), "unit": N_("Unit"), "decimals": N_("Decimals"),
    "options": N_("Choices"), "required": N_("Required in new entries"), "searchable": N_("Searched and filtered by"),
    "in_list": N_("Shown in the list at first"), "printed": N_("Printed on papers"), "position": N_("Place among the fields"),
    "active": N_("In use"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class NewField:
    """A field as entered; `options` are pairs of a value and its word in English."""

    thing: str
    key: str
    label: str
    label_en: str = ""
    kind: str = "text"
    unit: str = ""
    decimals: int = 0
    options: Sequence[tuple[str, str]] = ()
    required: bool = False
    searchable: bool = False
    in_list: bool = False
    printed: bool = False
    position: int = 10
    active: bool = True


def code_of(row: CustomField) -> str:
    """What a field is called by everywhere: customer.region."""
    return f"{row.thing}.{row.key}"


async def find(code: str) -> CustomField:
    thing, _dot, key = code.replace("\x00", "")[:80].partition(".")
    found = await CustomField.objects().where((CustomField.thing == thing) & (CustomField.key == key)).first()
    if found is None:
        raise Refused(NOT_FOUND)
    return found


async def define(new: NewField, *, by: Actor) -> CustomField:
    """One more field of a kind of thing."""
    by.must(EDIT)
    wrong: dict[str, Refused] = {}
    if new.thing not in THINGS:
        wrong["thing"] = Refused(NOT_A_CHOICE if new.thing else REQUIRED, "thing", given=new.thing[:40])
    if not _KEY.fullmatch(new.key):
        wrong["key"] = Refused(BAD_KEY if new.key else REQUIRED, "key")
    values = _checked(new, wrong)
    if await db.value(
        "select 1 from custom_fields where thing = {} and key = {}", new.thing[:30], new.key[:31]
    ):
        raise Refused(TAKEN, "key", given=new.key)
    await _let_one_more(new.thing)
    row = CustomField(thing=new.thing, key=new.key, **values)
    await row.save()
    await _keep_index(row, None)
    defined = CustomFieldDefined(subject=("custom_field", row.id), code=code_of(row), what=row.label)
    await record(defined, by=by)
    return row


async def change(code: str, new: NewField, *, by: Actor, version: int | None = None) -> CustomField:
    """Write a field anew; its thing and key stay. Its kind stays while there are values."""
    by.must(EDIT)
    row = await locked(CustomField, CustomField.id == (await find(code)).id, version=version)
    values = _checked(new, {})
    if values["kind"] != row.kind and (count := await _values(row)):
        raise Refused(KIND_HAS_VALUES, "kind", count=_said(count), kind=KINDS[row.kind])
    if row.kind == CHOICE == values["kind"]:
        await _keep_options(row, new)
    if values["active"] and not row.active:
        await _let_one_more(row.thing)
    before, indexed = _shown(row), _indexed(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    await row.save()
    await _keep_index(row, indexed)
    if difference := changes(before, _shown(row)):
        changed = CustomFieldChanged(
            subject=("custom_field", row.id), code=code_of(row), what=row.label, changes=difference
        )
        await record(changed, by=by)
    return row


def _checked(new: NewField, wrong: dict[str, Refused]) -> dict[str, Any]:
    """The columns that may change; Invalid with all that is wrong."""
    texts = {name: clean(getattr(new, name)) for name in _LIMITS}
    for name, limit in _LIMITS.items():
        if len(texts[name]) > limit:
            wrong[name] = Refused(TOO_LONG, name, limit=limit, length=len(texts[name]))
    if not texts["label"]:
        wrong["label"] = Refused(REQUIRED, "label")
    if new.kind not in KINDS:
        wrong["kind"] = Refused(NOT_A_CHOICE if new.kind else REQUIRED, "kind", given=new.kind[:40])
    if not 0 <= new.decimals <= MOST_DECIMALS:
        wrong["decimals"] = Refused(TOO_HIGH, "decimals", most=MOST_DECIMALS)
    options = [(clean(value), clean(english)) for value, english in new.options] if new.kind == CHOICE else []
    if new.kind == CHOICE and not _options_fit(options):
        wrong["options"] = Refused(OPTIONS_WRONG, "options", limit=MOST_OPTIONS)
    if wrong:
        raise Invalid(wrong)
    number = new.kind == NUMBER
    return {
        **texts, "unit": texts["unit"] if number else "", "kind": new.kind, "decimals": new.decimals if number else 0,
        "options": json.dumps(options, ensure_ascii=False), "required": new.required, "searchable": new.searchable,
        "in_list": new.in_list, "printed": new.printed, "position": new.position, "active": new.active,
    }  # fmt: skip


def _options_fit(options: Sequence[tuple[str, str]]) -> bool:
    values = [value for value, _english in options]
    fits = all(0 < len(value) <= 60 and len(english) <= 60 for value, english in options)
    return fits and 0 < len(values) <= MOST_OPTIONS and len(set(values)) == len(values)


async def _let_one_more(thing: str) -> None:
    if (
        await db.value("select count(*) from custom_fields where thing = {} and active = {}", thing, True)
        >= MOST
    ):
        raise Refused(TOO_MANY_FIELDS, "thing", thing=THINGS[thing].label, limit=MOST)


async def _keep_options(row: CustomField, new: NewField) -> None:
    """An option that stands somewhere stays."""
    wanted = {clean(value) for value, _english in new.options}
    for value, _english in json.loads(row.options):
        if value not in wanted and (count := await _values(row, value)):
            raise Refused(OPTION_HAS_VALUES, "options", option=value, count=_said(count))


async def _values(row: CustomField, value: str | None = None) -> int:
    """How many things have a value, or this one, in the field; counted no further than it is said."""
    kept = f"(cast(custom as jsonb) ->> '{row.key}')" if db.on_postgres() else f"(custom ->> '{row.key}')"
    table, args = THINGS[row.thing].table, () if value is None else (value,)
    which = f"{kept} is not null" if value is None else f"{kept} = {{}}"
    return int(
        await db.value(
            f"select count(*) from (select 1 from {table} where {which} limit {COUNTED + 1}) few", *args
        )
    )


def _said(count: int) -> str:
    return f"{COUNTED}+" if count > COUNTED else str(count)


def _indexed(row: CustomField) -> str | None:
    """The DDL of the index of a field that lists are filtered by; None for others."""
    return index(field_of(row.to_dict())) if row.active and row.searchable else None


async def _keep_index(row: CustomField, before: str | None) -> None:
    """The index that fits, instead of the one before."""
    wanted = _indexed(row)
    if before is not None and before != wanted:
        await DB.run_ddl(f'drop index if exists "{index_name(row.thing, row.key)}"')
    if wanted is not None and before != wanted:
        await DB.run_ddl(wanted)


def _shown(row: CustomField) -> dict[str, Any]:
    """What a change tells, by the words of the form."""
    told = {name: getattr(row, name) for name in _TOLD}
    told["kind"] = str(KINDS[row.kind])
    told["options"] = "、".join(value for value, _english in json.loads(row.options))
    return {str(label): told[name] for name, label in _TOLD.items()}
