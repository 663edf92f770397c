"""Holding a command back until somebody agrees, and carrying it out when they did."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.approvals import events, seating, states, steps, who
from app.approvals.commands import command_of
from app.approvals.refusals import NOT_YOURS, WAITING
from app.approvals.rules import Conditions, differences, facts_hash, verdict
from app.approvals.saying import changes_told
from app.approvals.tables import ApprovalRequest
from app.core import clock, db
from app.core import states as machine
from app.core.db import DB
from app.core.numbering import next_number
from app.core.refusals import Interrupted, Refused
from app.core.rows import locked
from app.events.log import Subject, record
from app.people import logins
from app.people.actors import HOUSE, Actor


@dataclass(frozen=True)
class Case:
    """A command that is about to run: what it is about, what it is called, its facts, and how to run it later; `also` are
    the rules that ask after this one."""

    command: str
    subject: Subject
    label: str
    facts: Mapping[str, Any]
    arguments: Mapping[str, Any]
    also: Sequence[str] = ()


async def require(
    command: str,
    subject: Subject,
    label: str,
    facts: Mapping[str, Any],
    arguments: Mapping[str, Any],
    *,
    by: Actor,
) -> None:
    """Go on if no rule asks for approval or it was granted for just these facts.

    Otherwise the verb is interrupted: all it wrote is rolled back and a request is opened in a transaction of its own.
    Refused(WAITING) when one is open already. A fact that is None is unknown, and a rule that looks at it holds.
    """
    rules = await db.rows(
        "select id, name, conditions, joined, steps, own from approval_rules where command = {} and active order by id",
        command,
    )
    holding = [
        (rule, conditions) for rule in rules if verdict(facts, conditions := json.loads(rule["conditions"]), rule["joined"]).holds
    ]  # fmt: skip
    if not holding:
        return
    earlier = await db.rows(
        "select id, number, rule, state, facts, facts_hash from approval_requests where subject_kind = {} and subject_id = {}"
        " and command = {} and state in ('pending', 'granted', 'done', 'returned') order by id desc",
        *subject, command,
    )  # fmt: skip
    for rule, conditions in holding:
        asked = [each for each in earlier if each["rule"] == rule["id"]]
        digest = facts_hash(facts, conditions)
        if any(
            each["facts_hash"] == digest and each["state"] in (states.GRANTED, states.DONE) for each in asked
        ):
            continue
        if waiting := next((each for each in asked if each["state"] == states.PENDING), None):
            raise Refused(WAITING, number=waiting["number"])
        also = [each["name"] for each, _conditions in holding if each["id"] > rule["id"]]
        case = Case(command, subject, label, dict(facts), dict(arguments), also)
        raise Interrupted(partial(_open, case, rule, conditions, asked[0] if asked else None, by))


async def _open(
    case: Case, rule: Mapping[str, Any], conditions: Conditions, before: Mapping[str, Any] | None, by: Actor
) -> ApprovalRequest:
    wanted = json.loads(rule["steps"])
    terms = {
        "name": rule["name"],
        "conditions": conditions,
        "joined": rule["joined"],
        "steps": wanted,
        "also": case.also,
    }
    returned = before is not None and before["state"] == states.RETURNED
    request = ApprovalRequest(
        number=await next_number("AP"), command=case.command, subject_kind=case.subject[0], subject_id=case.subject[1],
        subject_label=case.label[:200], arguments=json.dumps(case.arguments),
        facts=json.dumps(case.facts, ensure_ascii=False, default=str), facts_hash=facts_hash(case.facts, conditions),
        state=states.PENDING, rule=rule["id"], terms=json.dumps(terms, ensure_ascii=False), own=bool(rule["own"]),
        follows=before["id"] if before is not None and returned else None, asked_by=by.user_id, asked_at=clock.now(),
    )  # fmt: skip
    await request.save()
    changed = (
        differences(json.loads(before["facts"]), json.loads(request.facts)) if before is not None else {}
    )
    first = steps.read(wanted)[0]
    asked = events.ApprovalAsked(
        **seating.about(request), role=who.step_in_words(first, await who.names()), rule=rule["name"],
        changes=changes_told(await command_of(case.command), changed) or None,
    )  # fmt: skip
    await record(asked, by=by)
    await seating.seat(request, steps.read(wanted))
    return request


async def withdraw(subject: Subject, *, by: Actor) -> None:
    """Take back what waits about a thing: it changed or is gone. Part of the verb that changed it."""
    waiting = await db.rows(
        "select id from approval_requests where subject_kind = {} and subject_id = {} and state = {} order by id",
        *subject, states.PENDING,
    )  # fmt: skip
    for each in waiting:
        await take_back(await locked(ApprovalRequest, ApprovalRequest.id == each["id"]), by=by)


async def take_back(request: ApprovalRequest, *, by: Actor) -> ApprovalRequest:
    """End a waiting request: nobody has to decide it any more."""
    await machine.move(request, states.MOVES, "withdraw", states.LOOKS)
    await leave(request)
    await record(events.ApprovalWithdrawn(**seating.about(request)), by=by)
    return request


async def leave(request: ApprovalRequest) -> None:
    """Nobody's turn comes any more."""
    await db.rows(
        "update approval_seats set state = {} where request = {} and state in ('later', 'open')",
        steps.PASSED, request.id,
    )  # fmt: skip


async def carry_out(request_id: int, commands: Mapping[str, Callable[..., Awaitable[Any]]]) -> None:
    """Run a granted request's command as its asker; a refusal is kept as its outcome. Part of the reaction's transaction."""
    request = await locked(ApprovalRequest, ApprovalRequest.id == request_id)
    if request.state != states.GRANTED:
        return
    asker = await logins.actor_of_user(request.asked_by)
    transaction = DB.current_transaction.get()
    assert transaction is not None
    savepoint = await transaction.savepoint()
    try:
        if asker is None:
            raise Refused(NOT_YOURS, role=request.subject_label)
        await commands[request.command](**json.loads(request.arguments), by=asker)
        await savepoint.release()
        await machine.move(request, states.MOVES, "finish")
    except Refused as refused:
        await savepoint.rollback_to()
        await _failed(request, refused.sentence(), asker)
    except Interrupted as another:
        await savepoint.rollback_to()
        # a second rule asks somebody else, or the facts changed; the grant stands, nothing is done
        await another.instead()


async def _failed(request: ApprovalRequest, why: str, asker: Actor | None) -> None:
    await machine.move(request, states.MOVES, "fail")
    await db.rows("update approval_requests set outcome = {} where id = {}", why[:300], request.id)
    await record(events.ApprovalFailed(**seating.about(request), why=why), by=asker or HOUSE)
