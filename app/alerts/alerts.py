"""Putting an alert off for a while, with a reason, and taking that back."""

from datetime import UTC, date, datetime, time

from app.alerts import events, permissions, queries, refusals
from app.alerts.kinds import KINDS
from app.alerts.sweep import about
from app.alerts.tables import Alert
from app.config import settings
from app.core import clock, text
from app.core.refusals import TOO_LONG, Invalid, Refused
from app.core.rows import locked
from app.events.log import record
from app.people.actors import Actor

MOST_DAYS = 60
MORNING = time(8, 0)


async def snooze(
    alert_id: int, until: date | None, why: str, *, by: Actor, version: int | None = None
) -> Alert:
    """Be quiet about it until the morning of a day. It closes by itself all the same, and the last level wakes it."""
    by.must(permissions.SNOOZE)
    await queries.alert_of(alert_id, by)
    alert = await locked(Alert, Alert.id == alert_id, version=version)
    if alert.closed_at is not None:
        raise Refused(refusals.CLOSED)
    problems: dict[str, Refused] = {}
    reason = text.prose(why)
    if not reason:
        problems["why"] = Refused(refusals.WHY, "why")
    elif len(reason) > 200:
        problems["why"] = Refused(TOO_LONG, "why", limit=200, length=len(reason))
    if until is None or until <= clock.today():
        problems["until"] = Refused(refusals.NOT_LATER, "until")
    elif (until - clock.today()).days > MOST_DAYS:
        problems["until"] = Refused(refusals.TOO_FAR, "until", days=MOST_DAYS)
    if problems:
        raise Invalid(problems)
    assert until is not None
    alert.snoozed_until = datetime.combine(until, MORNING, settings.zone).astimezone(UTC)
    alert.snoozed_why, alert.snoozed_by, alert.version = reason, by.user_id, alert.version + 1
    await alert.save()
    put_off = events.AlertSnoozed(
        subject=("alert", alert.id), also=about(alert.to_dict()), what=KINDS[alert.kind].label, label=alert.label,
        until=until.isoformat(), why=reason,
    )  # fmt: skip
    await record(put_off, by=by)
    return alert


async def wake(alert_id: int, *, by: Actor, version: int | None = None) -> Alert:
    """Take back that it was put off. One that is awake stays so."""
    by.must(permissions.SNOOZE)
    await queries.alert_of(alert_id, by)
    alert = await locked(Alert, Alert.id == alert_id, version=version)
    if alert.closed_at is not None:
        raise Refused(refusals.CLOSED)
    if alert.snoozed_until is not None:
        alert.snoozed_until, alert.snoozed_why, alert.version = None, "", alert.version + 1
        await alert.save()
        woken = events.AlertWoken(
            subject=("alert", alert.id),
            also=about(alert.to_dict()),
            what=KINDS[alert.kind].label,
            label=alert.label,
        )
        await record(woken, by=by)
    return alert
