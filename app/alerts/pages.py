"""Alerts and the rules that raise them."""

from datetime import timedelta
from typing import Any

from litestar import Request, Response, get, post

from app.alerts import alerts, permissions, queries, rules, saying
from app.alerts.kinds import COUNTS, KINDS, LEVELS
from app.alerts.lists import RULES, alerts_for
from app.alerts.rules import NewRule
from app.approvals.queries import roles_that_can_agree
from app.core import clock, db
from app.core.db import commit
from app.core.refusals import NOT_FOUND, Refused
from app.core.text import digits
from app.core.words import _
from app.events.log import timeline
from app.people.actors import Actor
from app.web.export import export, export_route
from app.web.input import Input, read_form
from app.web.lists import draw
from app.web.render import render, see


@get("/alerts")
async def listing(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    return await draw(request, by, alerts_for(by, request))


@get("/alerts/export.xlsx")
async def export_alerts(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    return await export(request, by, alerts_for(by, request))


@get("/alerts/{alert_id:int}")
async def show(request: Request, alert_id: int, by: Actor) -> Response:
    return await _page(request, alert_id, by, Input({}))


async def _page(
    request: Request, alert_id: int, by: Actor, form: Input, refused: Refused | None = None
) -> Response:
    alert = await queries.alert_of(alert_id, by)
    rule = await db.one(f"{saying.SELECT} where r.id = {{}}", alert["rule"])
    assert rule is not None
    problems = refused.on_form() if refused else {}
    return await render(
        request, "alerts/show.html", refused.status if refused else 200, alert=alert, rule=rule, words=saying.in_words(rule),
        until=form.raw("until") or (clock.today() + timedelta(days=1)).isoformat(), why=form.raw("why"), problems=problems,
        may_snooze=by.may(permissions.SNOOZE) and alert["state"] != "closed", events=await timeline("alert", alert_id, by=by),
    )  # fmt: skip


@post("/alerts/{alert_id:int}/snooze", status_code=303)
async def snooze(request: Request, alert_id: int, by: Actor) -> Response:
    form = await read_form(request)
    try:
        until = form.day("until", required=True)
        form.check()
        await commit(
            alerts.snooze,
            alert_id,
            until,
            form.raw("why")[:400],
            by=by,
            key=form.key,
            body=form.body,
            version=form.version,
        )
    except Refused as refused:
        return await _page(request, alert_id, by, form, refused)
    return see(f"/alerts/{alert_id}", _("Put off until %(day)s", day=str(until)))


@post("/alerts/{alert_id:int}/wake", status_code=303)
async def wake(request: Request, alert_id: int, by: Actor) -> Response:
    form = await read_form(request)
    await commit(alerts.wake, alert_id, by=by, key=form.key, body=form.body, version=form.version)
    return see(f"/alerts/{alert_id}")


@get("/alert-rules")
async def rules_page(request: Request, by: Actor) -> Response:
    by.must(permissions.EDIT_RULES)
    return await draw(request, by, RULES)


export_rules = export_route(RULES, permissions.EDIT_RULES)


BLANK: dict[str, Any] = {"kind": "silence", "name": "", "customer_level": "", "stage": "", "notice": "8", "warning": "16",
                         "escalation": "24", "owner": "keeper", "role": "sales", "person": "", "escalation_role": "boss",
                         "active": True, "version": ""}  # fmt: skip


@get("/alert-rules/new")
async def new_rule(request: Request, by: Actor) -> Response:
    by.must(permissions.EDIT_RULES)
    return await _form(request, dict(BLANK))


@get("/alert-rules/{rule_id:int}")
async def rule_page(request: Request, rule_id: int, by: Actor) -> Response:
    by.must(permissions.EDIT_RULES)
    found = next((r for r in await saying.rules() if r["id"] == rule_id), None)
    if found is None:
        raise Refused(NOT_FOUND)
    codes = {
        "role": found["role_code"] or "",
        "person": found["person_code"] or "",
        "escalation_role": found["boss_code"] or "",
    }
    figures = {n: "" if found[n] is None else str(found[n]) for n in ("notice", "warning", "escalation")}
    return await _form(request, {**found, **codes, **figures}, rule_id)


@post(["/alert-rules/new", "/alert-rules/{rule_id:int}"], status_code=200)
async def write_rule(request: Request, by: Actor, rule_id: int | None = None) -> Response:
    """Write the rule, or only draw it again with its sentence (`preview`), as after another kind was chosen."""
    by.must(permissions.EDIT_RULES)
    form = await read_form(request)
    values = {**{name: form.raw(name)[:200] for name in BLANK}, "active": form.flag("active")}
    values["person_text"] = form.raw("person_text")[:200]
    try:
        if form.has("preview"):
            return await _form(request, values, rule_id)
        await commit(
            rules.write, entered(form), rule_id, by=by, key=form.key, body=form.body, version=form.version
        )
    except Refused as refused:
        return await _form(request, values, rule_id, refused.on_form(), refused.status)
    return see("/alert-rules", _("The rule “%(name)s” is in force", name=values["name"]))


def entered(form: Input) -> NewRule:
    """The rule as a form or a program sends it; figures that are no whole numbers are refused at their field."""
    notice, warning, escalation = [
        form.whole(n, high=9999) if form.has(n) else None for n in ("notice", "warning", "escalation")
    ]
    form.check()

    def said(name: str) -> str:
        return form.raw(name).strip()[:200]

    return NewRule(
        kind=said("kind"), name=said("name"), customer_level=said("customer_level"), stage=said("stage"),
        notice=notice, warning=warning, escalation=escalation, role=said("role"), person=form.chosen("person"),
        escalation_role=said("escalation_role"), owner=form.raw("owner") or rules.KEEPER, active=form.flag("active"),
    )  # fmt: skip


async def _form(
    request: Request, values: dict[str, Any], rule_id: int | None = None, problems: dict[str, str] | None = None, status: int = 200
) -> Response:  # fmt: skip
    kind = KINDS.get(values["kind"]) or KINDS["silence"]
    roles = await roles_that_can_agree()
    person = (
        await db.value("select name from people where code = {}", values["person"])
        if values["person"]
        else None
    )
    names = {
        "role_name": dict(roles).get(values["role"]),
        "boss_name": dict(roles).get(values["escalation_role"]),
        "person_name": person,
    }
    figures = {n: digits(str(values[n]), 5) for n in ("notice", "warning", "escalation")}
    stage = (
        values["stage"]
        if kind.stages is not None and values["stage"] in kind.stages
        else next(iter(kind.stages or {"": ""}))
    )
    values = {**values, "stage": stage}
    said = saying.in_words(
        {**values, **names, **figures, "kind": next(k for k, v in KINDS.items() if v is kind)}
    )
    return await render(
        request, "alerts/rule.html", status, values=values, rule_id=rule_id, problems=problems or {}, words=said, kind=kind,
        kinds=[(key, _(each.label)) for key, each in KINDS.items()], levels=[(code, _(word)) for code, word in LEVELS],
        stages=[(key, _(word)) for key, (word, _sql) in (kind.stages or {}).items()], owners=[(k, _(w)) for k, w in rules.OWNERS.items()],
        roles=roles, counts=_(COUNTS[kind.counts]), person_shown=person or values["person"] or values.get("person_text", ""),
    )  # fmt: skip


ROUTES = [
    listing,
    export_alerts,
    show,
    snooze,
    wake,
    rules_page,
    export_rules,
    new_rule,
    rule_page,
    write_rule,
]
