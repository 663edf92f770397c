"""record() an event inside the verb's transaction; everything else reads it afterwards."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar

from app.core import clock, db, house
from app.core.words import Word, _
from app.events.hiding import readable
from app.people.actors import Actor

_COLUMNS = ("name", "subject_kind", "subject_id", "facts", "facts_version", "actor", '"user"', "person", "device",
            "happened_at", "recorded_at")  # fmt: skip
Subject = tuple[str, int]
"""What an event is about: ("sales_order", 17)."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact in the past tense. Subclasses add their facts as fields and carry their own sentence.

    `sentence` is said after the actor's name and may use every fact, e.g. N_("confirmed order %(number)s").
    """

    name: ClassVar[str] = ""
    sentence: ClassVar[Word] = Word("")
    icon: ClassVar[str] = "dot"
    facts_version: ClassVar[int] = 1

    subject: Subject
    also: tuple[Subject, ...] = ()

    def facts(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("subject", "also")}


@dataclass(frozen=True, kw_only=True)
class Changed(Event):
    """A thing was edited: `changes` is {field: [before, after]}, `what` its code or number."""

    what: str
    changes: dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class MasterMade(Event):
    """A master (item, customer, machine, person …) was added: its code and `what` it is called."""

    icon = "plus"

    code: str
    what: str


@dataclass(frozen=True, kw_only=True)
class MasterChanged(Event):
    """A master was edited: `changes` is {field: [before, after]}."""

    icon = "pencil"

    code: str
    what: str
    changes: dict[str, list[Any]]


@cache
def kinds_of_event() -> dict[str, type[Event]]:
    """Every event class of the house by its name."""
    return {cls.name: cls for cls in house.classes("events", Event) if cls.name}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


async def record(event: Event, *, by: Actor, happened_at: datetime | None = None) -> int:
    """Write the event with links to all its subjects; its id. Part of the current transaction."""
    return (await record_many([event], by=by, happened_at=happened_at))[0]


async def record_many(
    events: Iterable[Event], *, by: Actor, happened_at: datetime | None = None
) -> list[int]:
    """As record(), for several events of one posting, or for very many of one sweep."""
    many, now = list(events), clock.now()
    written = [
        (event.name, event.subject[0], event.subject[1], json.dumps(event.facts(), ensure_ascii=False, default=_plain),
         event.facts_version, by.name, by.user_id, by.person_id, by.device_id, happened_at or now, now)
        for event in many
    ]  # fmt: skip
    about = [list(dict.fromkeys((event.subject, *event.also))) for event in many]
    if db.on_postgres() and len(many) == 1:
        return [await _write_at_once(written[0], about[0])]
    ids = await db.insert_many("events", _COLUMNS, written)
    links = [(id_, kind, of) for id_, each in zip(ids, about, strict=True) for kind, of in each]
    await db.write_many("event_links", ("event", "kind", "subject_id"), links)
    return ids


async def _write_at_once(written: Sequence[Any], about: Sequence[Subject]) -> int:
    """An event and its links in one statement, where each more is a way to the server and back in every verb."""
    return await db.value(
        f"with made as (insert into events ({', '.join(_COLUMNS)}) values ({', '.join(['{}'] * len(_COLUMNS))}) returning id),"
        " linked as (insert into event_links (event, kind, subject_id) select made.id, l.kind, l.subject_id from made,"
        f" (values {', '.join(['({}::text, {}::bigint)'] * len(about))}) l (kind, subject_id)) select id from made",
        *written,
        *[value for subject in about for value in subject],
    )


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """{field: [before, after]} of what differs."""
    return {k: [_shown(before.get(k)), _shown(v)] for k, v in after.items() if before.get(k) != v}


def _shown(value: Any) -> Any:
    return value if isinstance(value, str | int | bool) or value is None else _plain(value)


def describe(row: dict[str, Any]) -> str:
    """One sentence for an event row, without its actor: the same in timeline, notification and audit."""
    cls = kinds_of_event().get(row["name"])
    if cls is None:
        return row["name"]
    facts = row["facts"] if isinstance(row["facts"], dict) else json.loads(row["facts"])
    shown = {
        k: clock.short_day(_(v)) if isinstance(v, str) and v else ("" if v is None else v)
        for k, v in facts.items()
    }
    try:
        return _(cls.sentence, **shown)
    except (KeyError, TypeError, ValueError):
        return _(cls.sentence)


async def timeline(
    kind: str, id_: int, limit: int = 30, before: int | None = None, *, by: Actor | None = None
) -> list[dict[str, Any]]:
    """The newest events about a thing, newest first; `before` (an event id) reads on, `by` hides what they may not see."""
    rows = await db.rows(
        "select e.* from event_links l join events e on e.id = l.event"
        " where l.kind = {} and l.subject_id = {} and l.event < {} order by l.event desc limit {}",
        kind, id_, before or 2**62, limit,
    )  # fmt: skip
    events = [told(row) for row in rows]
    return events if by is None else readable(events, by)


def label_of(name: str) -> str:
    """What a change is called: a label of the house, or one of a numbered part of the thing: #2 · Quantity."""
    part, sign, label = name.partition(" · ")
    return f"{part}{sign}{_(label)}" if sign and part.startswith("#") else _(name)


def told(row: dict[str, Any]) -> dict[str, Any]:
    """An event row with its sentence, icon, facts as a dict and its changes as [(field, before, after)]."""
    facts = json.loads(row["facts"])
    cls = kinds_of_event().get(row["name"])
    diff = [(name, *pair) for name, pair in (facts.get("changes") or {}).items()]
    return {
        **row,
        "facts": facts,
        "sentence": describe({**row, "facts": facts}),
        "icon": cls.icon if cls else "dot",
        "diff": diff,
    }
