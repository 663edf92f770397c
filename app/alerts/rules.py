"""The rules: those a new house begins with, and writing them."""

from dataclasses import dataclass
from typing import Any

from app.alerts import permissions, refusals
from app.alerts.events import RuleWritten
from app.alerts.kinds import KINDS, LEVELS
from app.alerts.levels import in_order
from app.alerts.tables import AlertRule
from app.core import db, text
from app.core.refusals import NOT_A_CHOICE, REQUIRED, TOO_LONG, Invalid, Refused
from app.core.rows import locked
from app.core.words import N_, Word, translate
from app.events.log import changes, record
from app.people.actors import Actor

KEEPER, ROLE, PERSON = "keeper", "role", "person"
OWNERS: dict[str, Word] = {
    KEEPER: N_("who looks after it"), ROLE: N_("everybody with a role"), PERSON: N_("one person"),
}  # fmt: skip

# kind, name, customer level, stage, notice, warning, escalation, role, escalation role
FIRST_RULES: tuple[tuple[str, Word, str, str, int | None, int | None, int | None, str, str], ...] = (
    ("due", N_("Due and not confirmed"), "", "confirmed", 10, 7, 3, "sales", "boss"),
    ("due", N_("Due and not in production"), "", "begun", 7, 5, 3, "pmc", "boss"),
    ("due", N_("Due and not all made"), "", "made", 3, 2, 1, "pmc", "boss"),
    ("silence", N_("Silence on orders of A customers"), "A", "", 6, 10, 16, "sales", "boss"),
    ("silence", N_("Silence before planning"), "", "to_plan", 8, 16, 24, "pmc", "boss"),
    ("silence", N_("Silence on any order"), "", "", 16, 24, 40, "sales", "boss"),
    ("approval", N_("Approvals that wait"), "", "", 4, 8, 16, "boss", "boss"),
    ("price", N_("Orders without a price"), "", "", 0, 8, 16, "sales", "boss"),
    ("projected", N_("Ready later than promised"), "", "", 1, 3, 5, "pmc", "boss"),
    ("inquiry", N_("Inquiries without a reply"), "", "", 1, 2, 4, "sales", "boss"),
    ("call_off", N_("Call-offs without an order"), "", "", 10, 7, 3, "sales", "boss"),
    ("framework", N_("Framework orders that end"), "", "", 60, 30, 7, "sales", "boss"),
    ("framework_used", N_("Framework orders nearly used up"), "", "", 0, 40, None, "sales", "boss"),
    ("inbound", N_("Orders that came in"), "", "", 2, 4, 8, "sales", "boss"),
)


async def plant_rules(*, by: Actor) -> None:
    """Write the rules of a house that has none yet; roles that are not there are left out."""
    roles = {r["code"]: r["id"] for r in await db.rows("select id, code from roles")}
    if await db.value("select 1 from alert_rules limit 1"):
        return
    for kind, name, level, stage, notice, warning, escalation, role, boss in FIRST_RULES:
        owner = ROLE if kind in ("projected",) or stage in ("begun", "made", "to_plan") else KEEPER
        await AlertRule(
            kind=kind, name=translate(name, "zh_CN"), customer_level=level, stage=stage, notice=notice, warning=warning,
            escalation=escalation, owner=owner, role=roles.get(role), escalation_role=roles.get(boss),
        ).save()  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class NewRule:
    """A rule as entered; roles and the person by their codes, figures as whole numbers or None."""

    kind: str
    name: str
    customer_level: str = ""
    stage: str = ""
    notice: int | None = None
    warning: int | None = None
    escalation: int | None = None
    owner: str = KEEPER
    role: str = ""
    person: str = ""
    escalation_role: str = ""
    active: bool = True


async def write(
    new: NewRule, rule_id: int | None = None, *, by: Actor, version: int | None = None
) -> AlertRule:
    """Write a new rule or change one; the next sweep goes by it."""
    by.must(permissions.EDIT_RULES)
    rule = await locked(AlertRule, AlertRule.id == rule_id, version=version) if rule_id else None
    values = await _read(new)
    before = await _told(rule) if rule else {}
    if rule is None:
        rule = AlertRule(**values)
    else:
        rule.version += 1
        for name, value in values.items():
            setattr(rule, name, value)
    await rule.save()
    written = RuleWritten(
        subject=("alert_rule", rule.id), what=rule.name, changes=changes(before, await _told(rule))
    )
    await record(written, by=by)
    return rule


async def _read(new: NewRule) -> dict[str, Any]:
    """The columns of a rule; Invalid names each wrong field."""
    problems: dict[str, Refused] = {}
    name, kind = text.clean(new.name), KINDS.get(new.kind)
    if not name:
        problems["name"] = Refused(REQUIRED, "name")
    elif len(name) > 80:
        problems["name"] = Refused(TOO_LONG, "name", limit=80, length=len(name))
    if kind is None:
        raise Invalid({**problems, "kind": Refused(NOT_A_CHOICE, "kind", given=new.kind[:40])})
    if new.customer_level not in dict(LEVELS):
        problems["customer_level"] = Refused(NOT_A_CHOICE, "customer_level", given=new.customer_level[:40])
    if kind.stages is not None and new.stage not in kind.stages:
        problems["stage"] = Refused(NOT_A_CHOICE, "stage", given=new.stage[:40])
    figures = {n: getattr(new, n) for n in ("notice", "warning", "escalation") if getattr(new, n) is not None}
    if not figures:
        problems["notice"] = Refused(refusals.NO_LEVEL, "notice")
    elif not in_order(kind, list(figures.values())):
        wrong = list(figures)[-1]
        problems[wrong] = Refused(refusals.WRONG_ORDER, wrong)
    owners = await _owners(new, problems)
    if problems:
        raise Invalid(problems)
    return {
        "kind": new.kind, "name": name, "customer_level": new.customer_level if kind.by_level else "",
        "stage": new.stage if kind.stages is not None else "", "notice": new.notice, "warning": new.warning,
        "escalation": new.escalation, "active": new.active, **owners,
    }  # fmt: skip


async def _owners(new: NewRule, problems: dict[str, Refused]) -> dict[str, Any]:
    if new.owner not in OWNERS:
        problems["owner"] = Refused(NOT_A_CHOICE, "owner", given=new.owner[:40])
    found: dict[str, Any] = {"owner": new.owner, "role": None, "person": None, "escalation_role": None}
    for field, code in (("role", new.role), ("escalation_role", new.escalation_role)):
        if code:
            found[field] = await _role_of(code)
            if found[field] is None:
                problems[field] = Refused(refusals.NOBODY_THERE, field)
    if new.owner == PERSON:
        found["person"] = await db.value(
            "select id from people where code = {} and active", text.clean(new.person)[:60]
        )
        if found["person"] is None:
            problems["person"] = Refused(refusals.NO_OWNER, "person")
    elif not new.role:
        problems["role"] = Refused(refusals.NO_OWNER, "role")
    if new.escalation is not None and not new.escalation_role:
        problems["escalation_role"] = Refused(refusals.NO_OWNER, "escalation_role")
    return found


async def _role_of(code: str) -> int | None:
    """The role, if somebody who may log in has it."""
    found = await db.value(
        "select r.id from roles r where r.code = {} and r.active and exists (select 1 from user_roles ur"
        ' join users u on u.id = ur."user" where ur.role = r.id and u.active)',
        text.clean(code)[:60],
    )
    return int(found) if found else None


async def _told(rule: AlertRule) -> dict[str, Any]:
    """The rule as its event compares it."""
    names = await db.one(
        "select (select name from roles where id = {}) as role, (select name from roles where id = {}) as boss,"
        " (select name from people where id = {}) as person",
        rule.role or 0, rule.escalation_role or 0, rule.person or 0,
    )  # fmt: skip
    assert names is not None
    kind = KINDS[rule.kind]
    stage = (kind.stages or {}).get(rule.stage)
    return {
        "Name": rule.name, "Kind": str(kind.label), "Customer level": rule.customer_level, "Stage": str(stage[0]) if stage else "",
        "Reminder": rule.notice, "Warning": rule.warning, "Escalated": rule.escalation, "Owner": str(OWNERS[rule.owner]),
        "Role": names["role"], "Person": names["person"], "Escalates to": names["boss"], "In use": rule.active,
    }  # fmt: skip
