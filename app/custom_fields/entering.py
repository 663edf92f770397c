"""What a form or a program sends as a definition, as the verbs take it: one reading for both."""

import json
from collections.abc import Mapping
from typing import Any

from app.custom_fields.definitions import MOST_DECIMALS, NewField
from app.custom_fields.tables import CustomField
from app.web.input import Input

FLAGS = ("required", "searchable", "in_list", "printed", "active")
NAMES = ("thing", "key", "label", "label_en", "kind", "unit", "decimals", "options", "position", *FLAGS)
BETWEEN = "|"
"""Between a choice and its word in English."""


def entered(form: Input) -> NewField:
    """Invalid with what cannot be read."""
    new = NewField(
        thing=form.text("thing", 30), key=form.text("key", 60), label=form.text("label", 40), label_en=form.text("label_en", 40),
        kind=form.text("kind", 20), unit=form.text("unit", 10), decimals=form.whole("decimals", 0, 0, MOST_DECIMALS),
        options=_options(form), position=form.whole("position", 10, 0, 9999), **{name: form.flag(name) for name in FLAGS},
    )  # fmt: skip
    form.check()
    return new


def _options(form: Input) -> list[tuple[str, str]]:
    """A choice on each line, its word in English behind a bar; programs may send a list of such lines."""
    sent = form.values.get("options")
    if isinstance(sent, list):
        lines = [str(each) for each in sent[:200]]
    else:
        lines = form.text("options", 8000, lines=True).replace("｜", BETWEEN).split("\n")
    cut = [line.partition(BETWEEN) for line in lines if line.strip()]
    return [(value.strip(), english.strip()) for value, _bar, english in cut]


def lines_of(options: str) -> list[str]:
    """Choices as they are entered."""
    return [f"{value} {BETWEEN} {english}" if english else value for value, english in json.loads(options)]


def values_of(row: CustomField) -> dict[str, Any]:
    """A definition as the values of its form."""
    values = {name: getattr(row, name) for name in (*NAMES, "version")}
    return values | {"options": "\n".join(lines_of(row.options))}


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """A definition for programs."""
    return {name: row[name] for name in (*NAMES, "version")} | {"options": lines_of(row["options"])}
