"""Writing the rules: when which facts, who must agree."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.approvals import events, permissions
from app.approvals.commands import CHOICE, Command, Fact, commands
from app.approvals.refusals import BAD_CONDITION, NO_APPROVER
from app.approvals.rules import COMPARISONS, meets
from app.approvals.tables import ApprovalRule
from app.core import db, text
from app.core.quantities import number, plain
from app.core.refusals import NOT_A_CHOICE, REQUIRED, TOO_LONG, Invalid, Refused
from app.core.rows import locked
from app.events.log import changes, record
from app.people.actors import Actor

MOST_CONDITIONS = 8


@dataclass(frozen=True, kw_only=True)
class NewRule:
    """A rule as entered: `conditions` are (fact, comparison, value), `role` the code of who must agree."""

    name: str
    command: str
    role: str
    conditions: Sequence[tuple[str, str, str]] = field(default_factory=tuple)
    active: bool = True


async def read(new: NewRule) -> tuple[Command, int, list[list[str]]]:
    """The rule as it may be written: its command, the role's id, its conditions. Invalid names each wrong field."""
    problems: dict[str, Refused] = {}
    name = text.clean(new.name)
    if not name:
        problems["name"] = Refused(REQUIRED, "name")
    elif len(name) > 80:
        problems["name"] = Refused(TOO_LONG, "name", limit=80, length=len(name))
    command = commands().get(new.command)
    if command is None:
        raise Invalid({**problems, "command": Refused(NOT_A_CHOICE, "command", given=new.command[:40])})
    role = await _role_of(new.role)
    if role is None:
        problems["role"] = Refused(NO_APPROVER, "role")
    if len(new.conditions) > MOST_CONDITIONS:
        problems["conditions"] = Refused(BAD_CONDITION, "conditions")
    conditions = []
    for i, condition in enumerate(new.conditions[:MOST_CONDITIONS]):
        try:
            conditions.append(_condition(command, *condition))
        except Refused as refused:
            problems[f"conditions-{i}-value"] = Refused(
                refused.reason, f"conditions-{i}-value", **refused.facts
            )
    if problems:
        raise Invalid(problems)
    assert role is not None
    return command, role, conditions


async def _role_of(code: str) -> int | None:
    """The role, if somebody who may log in has it."""
    found = await db.value(
        "select r.id from roles r where r.code = {} and r.active and exists (select 1 from user_roles ur"
        ' join users u on u.id = ur."user" where ur.role = r.id and u.active)',
        text.clean(code)[:60],
    )
    return int(found) if found else None


def _condition(command: Command, fact_name: str, comparison: str, value: str) -> list[str]:
    fact = command.fact(fact_name)
    if fact is None or comparison not in COMPARISONS or (comparison not in ("=", "!=") and not fact.ordered):
        raise Refused(BAD_CONDITION)
    return [fact_name, comparison, _value(fact, value)]


def _value(fact: Fact, value: str) -> str:
    cleaned = text.clean(value)
    if not cleaned:
        raise Refused(REQUIRED)
    if fact.ordered:
        return plain(Decimal(number(cleaned)))
    if fact.kind == CHOICE and cleaned not in dict(fact.choices):
        raise Refused(NOT_A_CHOICE, given=cleaned[:40])
    if len(cleaned) > 80:
        raise Refused(TOO_LONG, limit=80, length=len(cleaned))
    return cleaned


async def write(
    new: NewRule, rule_id: int | None = None, *, by: Actor, version: int | None = None
) -> ApprovalRule:
    """Write a new rule or change one. Requests that wait already stay with whom they were put to."""
    by.must(permissions.EDIT_RULES)
    rule = await locked(ApprovalRule, ApprovalRule.id == rule_id, version=version) if rule_id else None
    command, role, conditions = await read(new)
    values = {"name": text.clean(new.name), "command": command.name, "role": role, "active": new.active,
              "conditions": json.dumps(conditions, ensure_ascii=False)}  # fmt: skip
    before = _told(rule) if rule else {}
    if rule is None:
        rule = ApprovalRule(**values)
    else:
        rule.version += 1
        for name, value in values.items():
            setattr(rule, name, value)
    await rule.save()
    written = events.RuleWritten(
        subject=("approval_rule", rule.id), what=rule.name, changes=changes(before, _told(rule))
    )
    await record(written, by=by)
    return rule


def _told(rule: ApprovalRule) -> dict[str, Any]:
    said = "；".join(" ".join(map(str, condition)) for condition in json.loads(rule.conditions))
    return {"name": rule.name, "conditions": said, "role": rule.role, "active": rule.active}


async def preview(command: Command, conditions: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Of the command's late cases: how many would have waited, and how many there are."""
    cases = await command.recent()
    return sum(meets(facts, conditions) for facts in cases), len(cases)
