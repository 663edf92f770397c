"""Reading alerts: whose they are, which are open, and what is said of each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.alerts.kinds import DAYS_LATE, DAYS_LEFT, KINDS
from app.alerts.permissions import SEE
from app.alerts.states import CLOSED, ESCALATION, LEVELS, LOOKS, OPEN, SNOOZED
from app.core import clock, db
from app.core.conditions import Condition
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import _
from app.people.actors import Actor

SELECT = "a.*, r.name as rule_name, p.name as owner_name, o.name as role_name, b.name as boss_name, s.name as snoozer"
SOURCE = (
    "alerts a join alert_rules r on r.id = a.rule left join people p on p.id = a.owner_person"
    " left join roles o on o.id = a.owner_role left join roles b on b.id = a.escalation_role"
    " left join users u on u.id = a.snoozed_by left join people s on s.id = u.person"
)
IS_CLOSED = Condition("a.closed_at is not null")


def awake(now: datetime) -> Condition:
    """Open and not put off."""
    return Condition("a.closed_at is null and (a.snoozed_until is null or a.snoozed_until <= {})", (now,))


def asleep(now: datetime) -> Condition:
    return Condition("a.closed_at is null and a.snoozed_until > {}", (now,))


def owned_by(by: Actor) -> Condition:
    """Put to this person, to a role of theirs, or escalated to one."""
    mine = 'select ur.role from user_roles ur where ur."user" = {}'
    return Condition(
        f"a.owner_person = {{}} or a.owner_role in ({mine}) or (a.level = {ESCALATION} and a.escalation_role in ({mine}))",
        (by.person_id or 0, by.user_id or 0, by.user_id or 0),
    )


def visible_to(by: Actor) -> Sequence[Condition]:
    scope = by.scope(SEE)
    return () if scope == "all" else (owned_by(by),) if scope else (Condition("1 = 0"),)


async def alert_of(alert_id: int, by: Actor) -> dict[str, Any]:
    """One alert as this person may see it; not found for others."""
    by.must(SEE)
    where = [Condition("a.id = {}", (min(alert_id, 2**31 - 1),)), *visible_to(by)]
    found = await db.one(
        f"select {SELECT} from {SOURCE} where {' and '.join(f'({c.sql})' for c in where)}",
        *[a for c in where for a in c.args],
    )
    if found is None:
        raise Refused(NOT_FOUND)
    return told(found)


async def of_order(order_id: int, by: Actor) -> list[dict[str, Any]]:
    """The open alerts about an order, most urgent first; `seen` where this person may open one."""
    seen = visible_to(by)
    may = " and ".join(f"({c.sql})" for c in seen) or "1 = 1"
    found = await db.rows(
        f"select {SELECT}, case when {may} then 1 else 0 end as seen from {SOURCE}"
        " where a.sales_order = {} and a.closed_at is null order by a.level desc, a.id",
        *[value for condition in seen for value in condition.args],
        order_id,
    )
    return [told(row) for row in found]


async def hearers(alert_id: int) -> list[int]:
    """The users an alert is put to: its owner, and from the last level on those it escalates to."""
    found = await db.rows(
        "select distinct u.id from alerts a join users u on u.active where a.id = {} and (u.person = a.owner_person"
        ' or exists (select 1 from user_roles ur where ur."user" = u.id and (ur.role = a.owner_role'
        f" or (a.level = {ESCALATION} and ur.role = a.escalation_role))))",
        alert_id,
    )
    return [row["id"] for row in found]


def told(row: dict[str, Any]) -> dict[str, Any]:
    """With its level, its state and its figure in words."""
    kind, level = KINDS.get(row["kind"]), LEVELS[row["level"]]
    snoozed = row["snoozed_until"] is not None and row["snoozed_until"] > clock.now()
    state = CLOSED if row["closed_at"] else SNOOZED if snoozed else OPEN
    look = LOOKS[state]
    owner = row["owner_name"] or row["role_name"] or ""
    return {
        **row, "state": state, "what": _(kind.label) if kind else row["kind"], "level_pill": (_(level.label), level.kind),
        "pill": (_(look.label), look.kind) if state != OPEN else (_(level.label), level.kind), "figure_said": figure_said(row),
        "owner": " · ".join(dict.fromkeys(x for x in (owner, row["boss_name"] if row["level"] == ESCALATION else "") if x)),
    }  # fmt: skip


def figure_said(row: dict[str, Any]) -> str:
    """3 days left, 9 working hours: as it is today, not as it was raised."""
    kind = KINDS.get(row["kind"])
    if kind is None:
        return ""
    if kind.counts == DAYS_LEFT and row["due"] is not None:
        left = (row["due"] - clock.today()).days
        return _("%(n)s days overdue", n=-left) if left < 0 else _("%(n)s days left", n=left)
    if kind.counts == DAYS_LATE:
        return _("%(n)s days later", n=row["figure"])
    return _("%(n)s working hours", n=row["figure"])
