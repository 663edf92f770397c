"""Writing the rules: when which facts, who must agree, in which steps."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.approvals import events, people, permissions, steps
from app.approvals.commands import CHOICE, MONEY, Command, Fact, command_of
from app.approvals.contradicting import impossible
from app.approvals.refusals import (
    BAD_CONDITION,
    NEVER,
    NO_APPROVER,
    NO_ORDER,
    NO_STEPS,
    TOO_MANY,
    TWICE,
    UNKNOWN_FACT,
)
from app.approvals.rules import AND, COMPARISONS, OR
from app.approvals.saying import conditions_in_words, rule_in_words
from app.approvals.steps import HEAD, HEADS, MODES, ONE, PERSON, ROLE, Step
from app.approvals.tables import ApprovalRule
from app.approvals.who import names, said_of
from app.core import text
from app.core.money import amount
from app.core.numbering import next_number
from app.core.quantities import number, plain
from app.core.refusals import (
    NEGATIVE,
    NOT_A_CHOICE,
    NOT_A_NUMBER,
    REQUIRED,
    TOO_LONG,
    UNKNOWN,
    Invalid,
    Refused,
)
from app.core.rows import locked
from app.core.words import _
from app.events.log import changes, record
from app.people.actors import Actor

MOST_CONDITIONS, MOST_STEPS, MOST_PEOPLE, MOST_HOURS = 8, 6, 8, 200
Problems = dict[str, Refused]


@dataclass(frozen=True, kw_only=True)
class NewStep:
    """A step as entered: who agrees (`role:boss`, `person:LOGIN`, `head:department`, `head:team`), one or all, the hours."""

    who: Sequence[str]
    mode: str = ONE
    hours: str = ""


@dataclass(frozen=True, kw_only=True)
class NewRule:
    """A rule as entered: `conditions` are (fact, comparison, value), all or any of them; `own`: the asker may agree himself."""

    name: str
    command: str
    steps: Sequence[NewStep]
    conditions: Sequence[tuple[str, str, str]] = field(default_factory=tuple)
    joined: str = AND
    own: bool = False
    active: bool = True


@dataclass(frozen=True)
class Read:
    """A rule that may be written."""

    command: Command
    conditions: list[list[str]]
    steps: list[Step]


async def read(new: NewRule) -> Read:
    """The rule as it may be written. Invalid names each wrong field."""
    problems: Problems = {}
    name = text.clean(new.name)
    if not name:
        problems["name"] = Refused(REQUIRED, "name")
    elif len(name) > 80:
        problems["name"] = Refused(TOO_LONG, "name", limit=80, length=len(name))
    if new.joined not in (AND, OR):
        problems["joined"] = Refused(NOT_A_CHOICE, "joined", given=new.joined[:40])
    command = await command_of(new.command)
    if command is None:
        raise Invalid({**problems, "command": Refused(NOT_A_CHOICE, "command", given=new.command[:40])})
    conditions = await _conditions(command, new.conditions, problems)
    wanted = await _steps(new.steps, problems)
    if not problems:
        _possible(command, conditions, new.joined, problems)
    if problems:
        raise Invalid(problems)
    return Read(command, conditions, wanted)


async def _conditions(
    command: Command, given: Sequence[tuple[str, str, str]], problems: Problems
) -> list[list[str]]:
    if len(given) > MOST_CONDITIONS:
        problems["conditions"] = Refused(TOO_MANY, "conditions", limit=MOST_CONDITIONS)
    read_ones = []
    for i, (name, comparison, value) in enumerate(given[:MOST_CONDITIONS]):
        fact = command.fact(name)
        if fact is None:
            refused = (
                Refused(UNKNOWN_FACT, given=name[:60], command=command.label) if name else Refused(REQUIRED)
            )
            _at(problems, f"conditions-{i}-fact", refused)
            continue
        if comparison not in COMPARISONS:
            _at(problems, f"conditions-{i}-comparison", Refused(BAD_CONDITION))
        elif comparison not in ("=", "!=") and not fact.ordered:
            _at(problems, f"conditions-{i}-comparison", Refused(NO_ORDER, fact=fact.label))
        try:
            read_ones.append([name, comparison, await _value(fact, value)])
        except Refused as refused:
            _at(problems, f"conditions-{i}-value", refused)
    return read_ones


def _possible(command: Command, conditions: list[list[str]], joined: str, problems: Problems) -> None:
    if at := impossible({fact.name: fact for fact in command.facts}, conditions, joined):
        said = conditions_in_words(command, [conditions[i] for i in at])
        _at(problems, f"conditions-{at[-1]}-value", Refused(NEVER, conditions=said))


def _at(problems: Problems, name: str, refused: Refused) -> None:
    problems[name] = Refused(refused.reason, name, **refused.facts)


async def _value(fact: Fact, value: str) -> str:
    """What a fact is held against; a choice may be said by its word."""
    cleaned = text.clean(value)
    if not cleaned:
        raise Refused(REQUIRED)
    if fact.ordered:
        entered = amount(cleaned) if fact.kind == MONEY else number(cleaned)
        if entered < 0 and fact.never_negative:
            raise Refused(NEGATIVE)
        return plain(entered)
    if fact.kind == CHOICE:
        cleaned = {_(word): choice for choice, word in fact.choices}.get(cleaned, cleaned)
        if cleaned not in dict(fact.choices):
            raise Refused(NOT_A_CHOICE, given=cleaned[:40])
    if len(cleaned) > 80:
        raise Refused(TOO_LONG, limit=80, length=len(cleaned))
    if fact.known and not await fact.known(cleaned):
        raise Refused(UNKNOWN, given=cleaned[:40])
    return cleaned


async def _steps(given: Sequence[NewStep], problems: Problems) -> list[Step]:
    if not given:
        problems["steps"] = Refused(NO_STEPS, "steps")
    if len(given) > MOST_STEPS:
        problems["steps"] = Refused(TOO_MANY, "steps", limit=MOST_STEPS)
    return [await _step(i, step, problems) for i, step in enumerate(given[:MOST_STEPS])]


async def _step(i: int, given: NewStep, problems: Problems) -> Step:
    if not given.who:
        problems[f"steps-{i}-who-0"] = Refused(NO_STEPS, f"steps-{i}-who-0")
    if len(given.who) > MOST_PEOPLE:
        problems[f"steps-{i}-who-0"] = Refused(TOO_MANY, f"steps-{i}-who-0", limit=MOST_PEOPLE)
    for n, who in enumerate(given.who[:MOST_PEOPLE]):
        if who in given.who[:n]:
            problems[f"steps-{i}-who-{n}"] = Refused(TWICE, f"steps-{i}-who-{n}")
        elif not await can_agree(who):
            problems[f"steps-{i}-who-{n}"] = Refused(
                NO_APPROVER, f"steps-{i}-who-{n}", given=(await said_of(who))[:60] or who[:60]
            )
    if given.mode not in MODES:
        problems[f"steps-{i}-mode"] = Refused(NOT_A_CHOICE, f"steps-{i}-mode", given=given.mode[:40])
    return Step(tuple(given.who), given.mode, _hours(f"steps-{i}-hours", given.hours, problems))


def _hours(name: str, given: str, problems: Problems) -> int:
    if not text.clean(given):
        return 0
    try:
        hours = number(text.clean(given), name)
    except Refused as refused:
        problems[name] = refused
        return 0
    if hours != int(hours) or not 0 <= hours <= MOST_HOURS:
        problems[name] = Refused(NOT_A_NUMBER, name, given=given[:40])
        return 0
    return int(hours)


async def can_agree(who: str) -> bool:
    """Whether a rule may name this: a role that somebody has, a person, both with a login in use; or a head."""
    kind, _colon, name = who.partition(":")
    if kind == HEAD:
        return name in HEADS
    if kind == ROLE:
        role = await people.role_of(name[:60].replace("\x00", ""))
        return bool(role and await people.in_role(role))
    user = await people.user_of(name[:60].replace("\x00", "")) if kind == PERSON else None
    return bool(user and await people.working([user]))


async def write(
    new: NewRule, code: str | None = None, *, by: Actor, version: int | None = None
) -> ApprovalRule:
    """Write a new rule or change one. Requests that wait already go on by the rule as it stood when they were asked."""
    by.must(permissions.EDIT_RULES)
    rule = await locked(ApprovalRule, ApprovalRule.code == code, version=version) if code else None
    wanted = await read(new)
    values = {
        "name": text.clean(new.name), "command": wanted.command.name, "joined": new.joined, "own": new.own,
        "active": new.active, "conditions": json.dumps(wanted.conditions, ensure_ascii=False),
        "steps": json.dumps(steps.dump(wanted.steps), ensure_ascii=False),
    }  # fmt: skip
    before = await _told(rule) if rule else {}
    if rule is None:
        rule = ApprovalRule(code=await next_number("RU"), **values)
    else:
        rule.version += 1
        for name, value in values.items():
            setattr(rule, name, value)
    await rule.save()
    return await _written(rule, before, by)


async def switch(code: str, active: bool, *, by: Actor, version: int | None = None) -> ApprovalRule:
    """Put a rule into force or out of it. What waits already still has to be decided."""
    by.must(permissions.EDIT_RULES)
    rule = await locked(ApprovalRule, ApprovalRule.code == code[:40], version=version)
    before = await _told(rule)
    rule.active, rule.version = active, rule.version + 1
    await rule.save()
    return await _written(rule, before, by)


async def _written(rule: ApprovalRule, before: dict[str, Any], by: Actor) -> ApprovalRule:
    written = events.RuleWritten(
        subject=("approval_rule", rule.id), what=rule.name, changes=changes(before, await _told(rule))
    )
    await record(written, by=by)
    return rule


async def _told(rule: ApprovalRule) -> dict[str, Any]:
    """The rule as its event compares it: its sentence, and what is switched."""
    terms = {
        "conditions": json.loads(rule.conditions), "joined": rule.joined, "steps": json.loads(rule.steps),
    }  # fmt: skip
    return {
        "Name": rule.name, "Rule": rule_in_words(await command_of(rule.command), terms, await names()),
        "Whoever asks may agree himself": bool(rule.own), "In force": bool(rule.active),
    }  # fmt: skip
