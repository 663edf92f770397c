"""The sweep: what the rules find now is compared with the alerts that are open. Run as often as one likes, it does a thing once.

Reading is set-based and beside the writer; only the difference is written, in one transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.alerts import events
from app.alerts.kinds import COUNTS, KINDS
from app.alerts.levels import Now, figure_of, first_of, level_of, thresholds
from app.alerts.rules import plant_rules
from app.alerts.states import ESCALATION, LEVELS
from app.core import clock, db
from app.core.db import any_of, commit
from app.events.log import Event, Subject, record_many
from app.people.actors import HOUSE, Actor
from app.planning.hours import WorkingHours

Key = tuple[str, str, int]
_KEPT = ("rule", "label", "about", "href", "since", "due", "sales_order", "customer", "owner_person", "owner_role",
         "escalation_role")  # fmt: skip
_COLUMNS = (
    "kind",
    "subject_kind",
    "subject_id",
    "level",
    "figure",
    *_KEPT,
    "raised_at",
    "level_at",
    "snoozed_why",
    "version",
)
AT_ONCE = 5000


@dataclass(frozen=True)
class Swept:
    """What a sweep changed: ids of alerts."""

    raised: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)


async def sweep(now: datetime | None = None) -> Swept:
    """Raise, lift, wake and close what the rules say by this moment."""
    if not await db.value("select 1 from alert_rules limit 1"):
        await commit(plant_rules, by=HOUSE)
    moment = await _moment(now or clock.now())
    found = await find(moment)
    done: Swept = (await commit(_settle, found, moment, by=HOUSE)).value
    return done


async def _moment(now: datetime) -> Now:
    hours = await WorkingHours.until(now)
    return Now(
        now, clock.local(now).date(), lambda since: hours.between(since, now) / timedelta(hours=1),
        lambda figure: hours.ago(figure, now),
    )  # fmt: skip


async def find(now: Now) -> dict[Key, dict[str, Any]]:
    """Everything that a rule in force finds, each thing once per kind: by the rule that takes it most seriously."""
    best: dict[Key, dict[str, Any]] = {}
    for rule in await db.rows("select * from alert_rules where active = {} order by id", True):
        kind = KINDS.get(rule["kind"])
        if kind is None or not thresholds(rule):
            continue
        condition = kind.find(first_of(kind, rule, now))
        for row in await db.rows(condition.sql, *condition.args):
            figure = figure_of(kind, row, now)
            level, key = level_of(kind, rule, figure), (rule["kind"], kind.subject, row["subject_id"])
            if level and (key not in best or level > best[key]["level"]):
                best[key] = _finding(rule, row, level, figure)
    return best


def _finding(rule: dict[str, Any], row: dict[str, Any], level: int, figure: int) -> dict[str, Any]:
    kind = KINDS[rule["kind"]]
    role = row["owner_role"] if rule["owner"] == "keeper" else None
    person = (
        row["owner_person"]
        if rule["owner"] == "keeper"
        else rule["person"]
        if rule["owner"] == "person"
        else None
    )
    return {
        "rule": rule["id"], "kind": rule["kind"], "level": level, "figure": figure, "label": row["label"][:80], "about": row["about"][:200],
        "href": kind.href.format(label=row["label"])[:200], "since": row.get("since"),
        "due": row.get("promised") or row.get("next_due") or row.get("due"),
        "sales_order": row["sales_order"], "customer": row["customer"], "owner_person": person,
        "owner_role": role or (rule["role"] if person is None else None), "escalation_role": rule["escalation_role"],
    }  # fmt: skip


async def _settle(found: dict[Key, dict[str, Any]], now: Now, *, by: Actor) -> Swept:
    """Write the difference. Part of one transaction; what another sweep wrote meanwhile is left as it is."""
    known: dict[Key, dict[str, Any]] = {
        (a["kind"], a["subject_kind"], a["subject_id"]): a
        for a in await db.rows("select * from alerts where closed_at is null")
    }
    raised = await _raise([(key, found[key]) for key in found if key not in known], now, by)
    changed = await _change([(known[key], found[key]) for key in found if key in known], now, by)
    closed = await _close([alert for key, alert in known.items() if key not in found], now, by)
    return Swept(raised, changed, closed)


async def _raise(fresh: Sequence[tuple[Key, dict[str, Any]]], now: Now, by: Actor) -> list[int]:
    if not fresh:
        return []
    rows = [
        (
            *key,
            each["level"],
            each["figure"],
            *(each[name] for name in _KEPT),
            now.instant,
            now.instant,
            "",
            1,
        )
        for key, each in fresh
    ]
    made = await db.insert_many("alerts", _COLUMNS, rows, "on conflict do nothing")
    if len(made) != len(fresh):  # another sweep was quicker with some of them
        won = {(a["kind"], a["subject_kind"], a["subject_id"]): a["id"] for a in await _rows_of(made)}
        fresh, made = [f for f in fresh if f[0] in won], [won[f[0]] for f in fresh if f[0] in won]
    told = [_event(events.AlertRaised, id_, key, each) for id_, (key, each) in zip(made, fresh, strict=True)]
    await record_many(told, by=by)
    return made


async def _rows_of(ids: Sequence[int]) -> list[dict[str, Any]]:
    found = []
    for start in range(0, len(ids), AT_ONCE):
        found += await db.rows("select * from alerts where {}", any_of("id", ids[start : start + AT_ONCE]))
    return found


async def _change(pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]], now: Now, by: Actor) -> list[int]:
    """Another level, the end of a snooze, or another owner or name of the same thing."""
    told, ids = [], []
    for alert, each in pairs:
        moved = [name for name in _KEPT if alert[name] != each[name]]
        event = _change_of(alert, each, now)
        if event is None and not moved:
            continue
        sleeps = event is None or event is events.AlertEased
        values = {**{name: each[name] for name in moved}, "figure": each["figure"]}
        if event is not None:
            values |= {"level": each["level"], "level_at": now.instant}
        if not sleeps:
            values |= {"snoozed_until": None, "snoozed_why": ""}
        sets = ", ".join(f"{name} = {{}}" for name in values)
        await db.rows(
            f"update alerts set {sets}, version = version + 1 where id = {{}}", *values.values(), alert["id"]
        )
        if event is not None:
            key = (alert["kind"], alert["subject_kind"], alert["subject_id"])
            told.append(_event(event, alert["id"], key, each))
            ids.append(alert["id"])
    await record_many(told, by=by)
    return ids


def _change_of(alert: dict[str, Any], each: dict[str, Any], now: Now) -> type[events.AlertRaised] | None:
    """What to tell. A snoozed alert keeps quiet until its time, unless it has become the most urgent."""
    rises = each["level"] > alert["level"]
    if alert["snoozed_until"] is not None and alert["snoozed_until"] > now.instant:
        return events.AlertRose if rises and each["level"] == ESCALATION else None
    if alert["snoozed_until"] is not None:
        return events.AlertReturned
    if rises:
        return events.AlertRose
    return events.AlertEased if each["level"] < alert["level"] else None


async def _close(gone: Sequence[dict[str, Any]], now: Now, by: Actor) -> list[int]:
    """The condition is gone, or the rule is off: the alert closes and its thing remembers it."""
    closed = []
    for start in range(0, len(gone), AT_ONCE):
        closed += await db.rows(
            "update alerts set closed_at = {}, version = version + 1 where closed_at is null and {} returning id",
            now.instant, any_of("id", [a["id"] for a in gone[start : start + AT_ONCE]]),
        )  # fmt: skip
    ids = {row["id"] for row in closed}
    await record_many(
        [events.AlertClosed(subject=("alert", a["id"]), also=about(a), what=KINDS[a["kind"]].label if a["kind"] in KINDS else a["kind"],
                            label=a["label"]) for a in gone if a["id"] in ids],
        by=by,
    )  # fmt: skip
    return sorted(ids)


def about(alert: dict[str, Any]) -> tuple[Subject, ...]:
    """The thing itself, and the order and customer it belongs to."""
    more = [("sales_order", alert["sales_order"]), ("customer", alert["customer"])]
    return (
        (alert["subject_kind"], alert["subject_id"]),
        *((kind, id_) for kind, id_ in more if id_ is not None),
    )


def _event(cls: type[events.AlertRaised], id_: int, key: Key, each: dict[str, Any]) -> Event:
    kind = KINDS[each["kind"]]
    return cls(
        subject=("alert", id_), also=about({**each, "subject_kind": key[1], "subject_id": key[2]}),
        level=LEVELS[each["level"]].label, what=kind.label, label=each["label"], about=each["about"],
        counts=COUNTS[kind.counts], figure=each["figure"],
    )  # fmt: skip
