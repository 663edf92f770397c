"""An action as it came over the network: read once, refused as malformed when it makes no sense."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn

from app.core import clock
from app.core.refusals import Refused
from app.core.words import Word, _
from app.offline.actions import ACTIONS, Payload
from app.offline.refusals import (
    BAD_CHARACTERS,
    BAD_ID,
    BAD_TIME,
    MALFORMED,
    NO_SUCH_ACTION,
    NOT_AN_ACTION,
    TOO_LONG,
)

LONGEST = 16_000
_ID = re.compile(r"[0-9A-Za-z_-]{8,60}")


@dataclass(frozen=True)
class Sent:
    """An action that could be read. `person` is a code or '', `replaces` the id of a refused one that this
    stands for.
    """

    id: str
    name: str
    payload: Payload
    happened_at: datetime
    person: str
    replaces: str


def canonical(given: Any) -> str:
    """The JSON text of what came, the same for the same content; pure ASCII, so that both engines keep it."""
    return json.dumps(given, sort_keys=True, separators=(",", ":"))


def fingerprint(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()


def id_of(given: Any) -> str:
    """The action's id, '' when it has none that can be kept."""
    found = given.get("id") if isinstance(given, Mapping) else None
    return found if isinstance(found, str) and _ID.fullmatch(found) else ""


def read(given: Any, raw: str) -> Sent:
    """The action; Refused(MALFORMED) saying why."""
    if not isinstance(given, Mapping):
        _refuse(NOT_AN_ACTION)
    if not id_of(given):
        _refuse(BAD_ID)
    if len(raw) > LONGEST:
        _refuse(TOO_LONG)
    if not _can_be_kept(given):
        _refuse(BAD_CHARACTERS)
    envelope = Payload(given)
    name, payload = envelope.text("name"), given.get("payload")
    if name not in ACTIONS:
        _refuse(NO_SUCH_ACTION)
    if not isinstance(payload, Mapping):
        _refuse(NOT_AN_ACTION)
    return Sent(
        id_of(given),
        name,
        Payload(payload),
        moment(envelope.maybe("happened_at")),
        envelope.maybe("person"),
        envelope.maybe("replaces", 60),
    )


def moment(text: str) -> datetime:
    """RFC 3339 with offset, between 2000 and 2100; now when nothing is said."""
    if not text:
        return clock.now()
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is None or not 2000 <= found.year < 2100:
            raise ValueError(text)
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        _refuse(BAD_TIME)


def _can_be_kept(value: Any) -> bool:
    """No NUL and no half of a surrogate pair anywhere: PostgreSQL keeps neither."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, Mapping):
        return all(_can_be_kept(key) and _can_be_kept(each) for key, each in value.items())
    return not isinstance(value, list) or all(_can_be_kept(each) for each in value)


def _refuse(why: Word) -> NoReturn:
    raise Refused(MALFORMED, why=_(why))
