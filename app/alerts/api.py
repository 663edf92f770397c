"""`/api/v1/alerts` and `/api/v1/alert-rules`."""

from typing import Any

from litestar import Request, Response, get, patch, post

from app.alerts import alerts, permissions, queries, rules, saying
from app.alerts.lists import alerts_for
from app.alerts.pages import entered
from app.alerts.tables import Alert, AlertRule
from app.core.refusals import NOT_FOUND, Refused
from app.people.actors import Actor
from app.web.api import by_of, carry_out, if_match, listed, reply
from app.web.input import Input, read_json

BASE, RULES = "/api/v1/alerts", "/api/v1/alert-rules"


def told(row: dict[str, Any]) -> dict[str, Any]:
    """An alert as programs see it."""
    moments = {
        n: row[n].isoformat() if row[n] else None
        for n in ("raised_at", "level_at", "since", "snoozed_until", "closed_at")
    }
    return {
        "id": row["id"], "kind": row["kind"], "level": row["level"], "state": row["state"], "subject": row["subject_kind"],
        "label": row["label"], "about": row["about"], "page": row["href"], "figure": row["figure"], "said": row["figure_said"],
        "due": row["due"].isoformat() if row["due"] else None, "owner": row["owner"], "rule": row["rule"],
        "snoozed_why": row["snoozed_why"], "version": row["version"], **moments,
    }  # fmt: skip


@get(BASE)
async def listing(request: Request, by: Actor, limit: int = 50) -> Response:
    """`?state=open&level=3&kind=silence&mine=1`."""
    by.must(permissions.SEE)
    page = await alerts_for(by, request).page(request, by, limit)
    return listed([told(row) for row in page.rows], page.next_cursor)


@get(f"{BASE}/{{alert_id:int}}")
async def show(alert_id: int, by: Actor) -> Response:
    return reply(told(await queries.alert_of(alert_id, by)))


@post(f"{BASE}/{{alert_id:int}}/snooze", status_code=200)
async def snooze(request: Request, alert_id: int, by: Actor) -> Response:
    """`{"until": "2026-12-10", "why": "…"}`: quiet until the morning of that day."""
    form = await read_json(request)
    until, why = form.day("until", required=True), form.prose("why", 200)
    form.check()
    return await carry_out(
        request, alerts.snooze, alert_id, until, why, shown=_shown(request), version=if_match(request)
    )


@post(f"{BASE}/{{alert_id:int}}/wake", status_code=200)
async def wake(request: Request, alert_id: int, by: Actor) -> Response:
    return await carry_out(request, alerts.wake, alert_id, shown=_shown(request), version=if_match(request))


def _shown(request: Request) -> Any:
    async def shown(alert: Alert) -> dict[str, Any]:
        return told(await queries.alert_of(alert.id, by_of(request)))

    return shown


def rule_told(rule: dict[str, Any]) -> dict[str, Any]:
    """A rule as programs see it, with its sentence."""
    kept = (
        "id",
        "kind",
        "name",
        "customer_level",
        "stage",
        "notice",
        "warning",
        "escalation",
        "owner",
        "active",
        "words",
        "version",
    )
    return {
        **{name: rule[name] for name in kept}, "role": rule["role_code"], "person": rule["person_code"],
        "escalation_role": rule["boss_code"],
    }  # fmt: skip


async def _rule_of(rule_id: int) -> dict[str, Any]:
    found = next((r for r in await saying.rules() if r["id"] == rule_id), None)
    if found is None:
        raise Refused(NOT_FOUND)
    return rule_told(found)


async def _rule_shown(rule: AlertRule) -> dict[str, Any]:
    return await _rule_of(rule.id)


@get(RULES)
async def rules_listing(by: Actor) -> Response:
    by.must(permissions.EDIT_RULES)
    return listed([rule_told(rule) for rule in await saying.rules()], None)


@get(f"{RULES}/{{rule_id:int}}")
async def rule(rule_id: int, by: Actor) -> Response:
    by.must(permissions.EDIT_RULES)
    return reply(await _rule_of(rule_id))


@post(RULES)
async def make_rule(request: Request, by: Actor) -> Response:
    """`{"kind": "silence", "name": "…", "customer_level": "A", "notice": 4, "role": "sales", …}`."""
    by.must(permissions.EDIT_RULES)
    form = await read_json(request)
    new = entered(Input({"active": True, **form.values}))
    return await carry_out(
        request, rules.write, new, shown=_rule_shown, status=201, address=lambda made: f"{RULES}/{made.id}"
    )


@patch(f"{RULES}/{{rule_id:int}}")
async def change_rule(request: Request, rule_id: int, by: Actor) -> Response:
    """What is not sent stays."""
    by.must(permissions.EDIT_RULES)
    form = await read_json(request)
    new = entered(Input({**await _rule_of(rule_id), **form.values}))
    return await carry_out(request, rules.write, new, rule_id, shown=_rule_shown, version=if_match(request))


ROUTES = [listing, show, snooze, wake, rules_listing, rule, make_rule, change_rule]
