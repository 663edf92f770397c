"""Values of custom fields: read from what a form, file or program sends, and shown again.

Kept as JSON: a text, choice or date as text, a number as an integer at 10⁻⁶, yes and no as 1 and 0. What is empty is absent.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from app.core.days import day_of
from app.core.quantities import half_up, number, plain
from app.core.refusals import BAD_CHARACTERS, NONE_OF, REQUIRED, TOO_FINE, TOO_LARGE, TOO_LONG, Refused
from app.core.text import NO, YES, clean
from app.core.words import _
from app.custom_fields.defined import CHOICE, DAY, FLAG, NUMBER, Field
from app.custom_fields.refusals import NO_SUCH_FIELD, NOT_FIELDS

LONGEST = 200
LARGEST = 10**12
MICRO = 10**6
NOTHING = "{}"
"""The document of a thing of which nothing is kept, as the tables default to it."""
Note = Callable[[str, Refused], None]


def parse(field: Field, given: Any) -> Any:
    """The value as it is kept; None for an empty one. Refused for what the field cannot hold."""
    if given is not None and not isinstance(given, str | int | float | Decimal):
        raise Refused(BAD_CHARACTERS)
    text = clean("" if given is None else str(given))
    if not text:
        return None
    if field.kind == NUMBER:
        return _number(field, text)
    if field.kind == DAY:
        return day_of(text).isoformat()
    if field.kind == FLAG:
        if text.lower() not in (*YES, *NO):
            raise Refused(NONE_OF, given=text[:40], choices=f"{_('yes')}、{_('no')}")
        return int(text.lower() in YES)
    if field.kind == CHOICE:
        return _option(field, text)
    if len(text) > LONGEST:
        raise Refused(TOO_LONG, limit=LONGEST, length=len(text))
    return text


def _number(field: Field, text: str) -> int:
    value = number(text)
    if value.copy_abs() > LARGEST:
        raise Refused(TOO_LARGE, given=text[:40])
    if value.normalize() != value.quantize(Decimal(1).scaleb(-field.decimals)).normalize():
        raise Refused(TOO_FINE, digits=field.decimals)
    return half_up(value * MICRO)


def _option(field: Field, text: str) -> str:
    """An option by its value or by its word in English."""
    for value, english in field.options:
        if text == value or (english and text.lower() == english.lower()):
            return value
    raise Refused(NONE_OF, given=text[:40], choices="、".join(said for _value, said in field.choices))


def read(fields: Sequence[Field], given: Any, before: str | None, note: Note) -> str:
    """The document to keep: what stood before (None for a new thing) with what is given; refusals go to `note` at their fields.

    `given` None asks for nothing: the thing comes from where custom fields are not known. Else a new thing must have what is
    required; an old one may go on without it, but what it has it keeps.
    """
    kept = loaded(before)
    if given is None:
        return dumped(kept)
    if not isinstance(given, Mapping):
        note("custom", Refused(NOT_FIELDS))
        return dumped(kept)
    known = {field.key: field for field in fields}
    for key in given:
        if key not in known:
            note(f"custom-{str(key)[:40]}", Refused(NO_SUCH_FIELD, key=clean(str(key))[:40]))
    for field in fields:
        _read_one(field, given, kept, before is None, note)
    return dumped(kept)


def _read_one(field: Field, given: Mapping[str, Any], kept: dict[str, Any], new: bool, note: Note) -> None:
    was = kept.get(field.key)
    try:
        value = parse(field, given[field.key]) if field.key in given else was
    except Refused as refused:
        note(field.name, refused)
        return
    if value is None and field.required and (new or was is not None):
        note(field.name, Refused(REQUIRED))
    if value is None:
        kept.pop(field.key, None)
    else:
        kept[field.key] = value


def loaded(document: str | None) -> dict[str, Any]:
    if not document or document == NOTHING:
        return {}
    found = json.loads(document)
    return found if isinstance(found, dict) else {}


def dumped(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def written(field: Field, value: Any) -> str:
    """A kept value as a form or a file writes it."""
    if value is None:
        return ""
    return plain(Decimal(value) / MICRO) if field.kind == NUMBER else str(value)


def told(field: Field, value: Any) -> str:
    """A kept value as people read it, in the language spoken now; '' for none."""
    if value is None:
        return ""
    if field.kind == NUMBER:
        figure = f"{Decimal(value) / MICRO:,f}"
        figure = figure.rstrip("0").rstrip(".") if "." in figure else figure
        return f"{figure} {field.unit}".strip()
    if field.kind == FLAG:
        return _("yes") if value else _("no")
    return dict(field.choices).get(value, str(value)) if field.kind == CHOICE else str(value)


def plainly(field: Field, value: Any) -> Any:
    """A kept value for programs: text, a decimal as text, a date, true or false; None for none."""
    if value is None:
        return None
    return bool(value) if field.kind == FLAG else written(field, value)


def shown(fields: Sequence[Field], document: str | None) -> list[tuple[str, str]]:
    """Label and value of all that is filled, in the language spoken now: for pages."""
    kept = loaded(document)
    return [(f.said, told(f, kept[f.key])) for f in fields if kept.get(f.key) is not None]


def printed(fields: Iterable[Field], document: str | None) -> list[tuple[str, str]]:
    """As shown(), of what stands on papers."""
    return shown([f for f in fields if f.printed], document)


def in_line(fields: Iterable[Field], document: str | None) -> str:
    """As printed(), on one line."""
    return " · ".join(f"{label} {value}" for label, value in printed(fields, document))


def for_programs(fields: Sequence[Field], document: str | None) -> dict[str, Any]:
    """Every field by its key."""
    kept = loaded(document)
    return {f.key: plainly(f, kept.get(f.key)) for f in fields}


def logged(fields: Sequence[Field], document: str | None) -> dict[str, Any]:
    """Every field by its label, for the before and after of an event."""
    kept = loaded(document)
    return {f.label: _logged(f, kept.get(f.key)) for f in fields}


def _logged(field: Field, value: Any) -> Any:
    if value is None:
        return ""
    return bool(value) if field.kind == FLAG else written(field, value)


def words(fields: Sequence[Field], document: str | None) -> list[str]:
    """What a thing is found by."""
    kept = loaded(document)
    wanted = [f for f in fields if f.searchable and f.kind != FLAG]
    return [written(f, kept[f.key]) for f in wanted if kept.get(f.key) is not None]
