"""Reading what people and programs send: every field is checked, all problems are told at once, and nothing is lost."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from litestar import Request
from litestar.datastructures import UploadFile

from app.core import quantities
from app.core.days import day_of, moment_of
from app.core.money import Money, currency_of, price_micro
from app.core.quantities import Quantity, Weight
from app.core.refusals import (
    BAD_CHARACTERS,
    BAD_CODE,
    NEGATIVE,
    NOT_A_CHOICE,
    NOT_A_NUMBER,
    NOT_POSITIVE,
    REQUIRED,
    TAKEN,
    TOO_HIGH,
    TOO_LONG,
    Invalid,
    Reason,
    Refused,
)
from app.core.text import YES, clean, clean_lines, digits, prose
from app.core.words import N_

MALFORMED = Reason("malformed", N_("The request is not valid JSON or form data"), 400)
Value = TypeVar("Value")
_NOWHERE_KEPT = re.compile("[\x00\ud800-\udfff]")
NO_CODES = (
    "new",
    "edit",
    "import",
    "export.xlsx",
    "import-template.xlsx",
)  # addresses beside those of the things


def storable(value: Any) -> Any:
    """Text without what no database keeps: NUL and halves of surrogate pairs become the sign for an unreadable character."""
    return _NOWHERE_KEPT.sub("\ufffd", value) if isinstance(value, str) else value


class Input:
    """The values of one form or JSON object. Each reader notes its refusal and goes on; `check()` raises them together."""

    def __init__(
        self, values: Mapping[str, Any], files: Mapping[str, UploadFile] | None = None, body: bytes = b""
    ) -> None:
        self.values = {name: storable(value) for name, value in values.items()}
        self.files = dict(files or {})
        self.body = body
        self.refusals: dict[str, Refused] = {}

    @property
    def key(self) -> str | None:
        """The idempotency key of a form; programs send theirs in a header."""
        return str(self.values.get("_key") or "")[:64] or None

    @property
    def version(self) -> int | None:
        """The version of the row the user saw."""
        return digits(str(self.values.get("version") or ""))

    def refuse(self, field: str, reason: Reason, **facts: Any) -> None:
        self.refusals.setdefault(field, Refused(reason, field, **facts))

    def note(self, refused: Refused, field: str | None = None) -> None:
        """Keep a refusal raised elsewhere at its field."""
        self.refusals.setdefault(field or refused.field or "", refused)

    def check(self) -> None:
        if self.refusals:
            raise Invalid(self.refusals)

    def raw(self, name: str) -> str:
        """The value as sent, for drawing the form again."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def has(self, name: str) -> bool:
        return self.raw(name).strip() != ""

    def text(self, name: str, limit: int = 200, required: bool = False, lines: bool = False) -> str:
        return self._cleaned(name, limit, required, clean_lines if lines else clean)

    def prose(self, name: str, limit: int = 200, required: bool = False) -> str:
        """A remark, a reason: Chinese punctuation stays as it was written."""
        return self._cleaned(name, limit, required, prose)

    def _cleaned(self, name: str, limit: int, required: bool, cleaning: Callable[[str], str]) -> str:
        value = self.values.get(name)
        if value is not None and not isinstance(value, str | int | float | Decimal):
            self.refuse(name, BAD_CHARACTERS)
            return ""
        text = cleaning("" if value is None else str(value))
        if required and not text:
            self.refuse(name, REQUIRED)
        if len(text) > limit:
            self.refuse(name, TOO_LONG, limit=limit, length=len(text))
            return text[:limit]
        return text

    def chosen(self, name: str, limit: int = 200, required: bool = False) -> str:
        """What a lookup field means: what was chosen in it, or what was typed where nothing was."""
        typed = "" if self.has(name) else clean(self.raw(f"{name}_text"))[:limit]
        return typed or self.text(name, limit, required)

    def code(self, name: str = "code") -> str:
        """The code of a new thing, which its address must carry."""
        text = self.text(name, 60, required=True)
        if text.startswith(".") or any(char in "/\\?#%" for char in text):
            self.refuse(name, BAD_CODE)
        elif text.lower() in NO_CODES:
            self.refuse(name, TAKEN, given=text)
        return text

    def _taken(self, read: Callable[[], Value], default: Value) -> Value:
        """What `read` makes of a field, its refusal noted."""
        try:
            return read()
        except Refused as refused:
            self.note(refused)
            return default

    def _number(self, name: str) -> Decimal | None:
        """None when absent or refused."""
        return self._taken(lambda: quantities.number(self.raw(name), name), None) if self.has(name) else None

    def whole(self, name: str, default: int = 0, low: int = 0, high: int = 10**9) -> int:
        value = self._number(name)
        if value is None:
            return default
        if value != int(value) or value > high:
            given = {"most": high} if value == int(value) else {"given": self.raw(name)[:40]}
            self.refuse(name, TOO_HIGH if "most" in given else NOT_A_NUMBER, **given)
            return default
        if value < low:
            self.refuse(name, NEGATIVE if low == 0 else NOT_POSITIVE)
            return default
        return int(value)

    def decimal(self, name: str, default: Decimal = Decimal(0), positive: bool = False) -> Decimal:
        value = self._number(name)
        if value is None:
            return default
        if value < 0 or (positive and value == 0):
            self.refuse(name, NOT_POSITIVE if positive else NEGATIVE)
            return default
        return value

    def quantity(
        self,
        name: str,
        base: str,
        weight: Weight | None = None,
        item: str = "",
        unit_field: str = "unit",
        required: bool = True,
    ) -> Quantity | None:
        """A quantity with its unit (`unit_field`), in base units; None when absent or refused."""
        if not self.has(name):
            if required:
                self.refuse(name, REQUIRED)
            return None
        try:
            return Quantity.entered(self.raw(name), self.raw(unit_field), base, weight, item, name)
        except Refused as refused:
            self.note(
                refused, unit_field if refused.reason.code in ("unit_missing", "unknown_unit") else name
            )
            return None

    def money(self, name: str, currency: str = "CNY", required: bool = False, negative: bool = False) -> int:
        """An amount in minor units."""
        if not self.has(name):
            if required:
                self.refuse(name, REQUIRED)
            return 0
        minor = self._taken(lambda: Money.entered(self.raw(name), currency, name).minor, 0)
        if minor < 0 and not negative:
            self.refuse(name, NEGATIVE)
        return minor

    def price(self, name: str) -> int:
        """A unit price at 10⁻⁶; absent is 0."""
        return self._taken(lambda: price_micro(self.raw(name), name), 0) if self.has(name) else 0

    def currency(self, name: str = "currency", default: str = "CNY") -> str:
        if not self.has(name):
            return default
        return self._taken(lambda: currency_of(self.raw(name), name), default)

    def day(self, name: str, required: bool = False) -> date | None:
        text = clean(self.raw(name))
        if not text:
            if required:
                self.refuse(name, REQUIRED)
            return None
        return self._taken(lambda: day_of(text, name), None)

    def moment(self, name: str, zoned: bool = False) -> datetime | None:
        """An instant: RFC 3339 with its offset, or (unless `zoned`) a browser's 2026-12-08T14:30 on the factory's clock."""
        return self._taken(lambda: moment_of(self.raw(name), name, zoned), None) if self.has(name) else None

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).strip().lower() in YES

    def choice(self, name: str, choices: Sequence[str], default: str | None = None) -> str:
        text = clean(self.raw(name))
        if not text and default is not None:
            return default
        if text not in choices:
            self.refuse(name, NOT_A_CHOICE if text else REQUIRED, given=text[:40])
            return choices[0] if choices else ""
        return text

    def id(self, name: str, required: bool = False) -> int | None:
        """A row id from a lookup field."""
        text = self.raw(name).strip()
        number = digits(text, 18)
        if number is None and (required or text):
            self.refuse(name, REQUIRED if not text else NOT_A_CHOICE, given=text[:40])
        return number

    def rows(self, name: str, limit: int = 500) -> list["Input"]:
        """A list of objects in JSON, or form fields `name-0-field`, each as an Input of its own."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [Input(v if isinstance(v, Mapping) else {}) for v in value[:limit]]
        found: dict[int, dict[str, Any]] = {}
        for field, sent in self.values.items():
            parts = field.split("-", 2)
            if len(parts) == 3 and parts[0] == name and (at := digits(parts[1], 4)) is not None:
                found.setdefault(at, {})[parts[2]] = sent
        return [Input(found[i]) for i in sorted(found)[:limit]]

    def adopt(self, name: str, index: int, row: "Input") -> None:
        """Take over the refusals of a row under `name-index-field`."""
        for field, refused in row.refusals.items():
            self.refusals.setdefault(f"{name}-{index}-{field}", refused)


async def read_form(request: Request) -> Input:
    """The form of this request (url-encoded or multipart), the last value of each name; files apart."""
    try:
        form = await request.form()
    except Exception as error:
        raise Refused(MALFORMED) from error
    values: dict[str, Any] = {}
    files: dict[str, UploadFile] = {}
    for name, value in form.items():  # in the order of the page; multi_items() has none
        if isinstance(value, UploadFile):
            if value.filename:
                files[name] = value
        elif isinstance(values.get(name), str) and name.endswith("[]"):
            values[name] += "," + value
        else:
            values[name] = value
    _heed_what_was_typed(values)
    body = json.dumps({k: v for k, v in values.items() if k != "_key"}, sort_keys=True, ensure_ascii=False)
    return Input(values, files, body.encode())


def _heed_what_was_typed(values: dict[str, Any]) -> None:
    """Nothing is chosen in a lookup field whose text is not (…_said) what its value stands for: it was typed over."""
    for name in [each for each in values if each.endswith("_said")]:
        field = name.removesuffix("_said")
        if clean(values.get(f"{field}_text", values[name])) != clean(values[name]):
            values[field] = ""


async def read_json(request: Request) -> Input:
    """The JSON object of this request; an empty body is an empty object."""
    body = await request.body()
    try:
        values = json.loads(body, parse_float=Decimal) if body.strip() else {}
    except (ValueError, RecursionError):
        raise Refused(MALFORMED) from None
    if not isinstance(values, dict):
        raise Refused(MALFORMED)
    return Input(values, body=body)
