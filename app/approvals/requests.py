"""Holding a command back until somebody agrees, and carrying it out when they did."""

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from app.approvals import events, states
from app.approvals.refusals import DECIDED, NOT_YOURS, REASON_NEEDED, WAITING
from app.approvals.rules import facts_hash, meets
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
    Refused(WAITING) when one is open already.
    """
    rules = await db.rows(
        "select r.*, o.name as role_name from approval_rules r join roles o on o.id = r.role"
        " where r.command = {} and r.active order by r.id",
        command,
    )
    for rule in rules:
        conditions = json.loads(rule["conditions"])
        if not meets(facts, conditions):
            continue
        digest = facts_hash(facts, conditions)
        earlier = await db.rows(
            "select number, state from approval_requests where subject_kind = {} and subject_id = {} and command = {}"
            " and rule = {} and ((facts_hash = {} and state in ('granted', 'done')) or state = 'pending')",
            subject[0], subject[1], command, rule["id"], digest,
        )  # fmt: skip
        if any(e["state"] != states.PENDING for e in earlier):
            continue
        if earlier:
            raise Refused(WAITING, number=earlier[0]["number"])
        raise Interrupted(
            partial(_open, command, subject, label, dict(facts), dict(arguments), rule, digest, by)
        )


async def _open(
    command: str, subject: Subject, label: str, facts: dict[str, Any], arguments: dict[str, Any], rule: dict[str, Any],
    digest: str, by: Actor,
) -> ApprovalRequest:  # fmt: skip
    request = ApprovalRequest(
        number=await next_number("AP"), command=command, subject_kind=subject[0], subject_id=subject[1],
        subject_label=label[:200], arguments=json.dumps(arguments), facts=json.dumps(facts, ensure_ascii=False, default=str),
        facts_hash=digest, state=states.PENDING, rule=rule["id"], role=rule["role"], asked_by=by.user_id, asked_at=clock.now(),
    )  # fmt: skip
    await request.save()
    asked = events.ApprovalAsked(
        subject=("approval", request.id), also=(subject,), number=request.number, label=label,
        role=rule["role_name"], rule=rule["name"],
    )  # fmt: skip
    await record(asked, by=by)
    return request


async def _for_decision(number: str, by: Actor, version: int | None) -> ApprovalRequest:
    request = await locked(ApprovalRequest, ApprovalRequest.number == number, version=version)
    role = await db.one(
        'select o.name, exists(select 1 from user_roles ur where ur.role = o.id and ur."user" = {}) as mine'
        " from roles o where o.id = {}",
        by.user_id or 0, request.role,
    )  # fmt: skip
    assert role is not None
    if not role["mine"] and not by.is_house:
        raise Refused(NOT_YOURS, role=role["name"])
    if request.state != states.PENDING:
        raise Refused(DECIDED)
    return request


async def _decide(request: ApprovalRequest, verb: str, comment: str, by: Actor) -> None:
    await machine.move(request, states.MOVES, verb, states.LOOKS)
    await db.rows(
        "update approval_requests set decided_by = {}, decided_at = {}, comment = {} where id = {}",
        by.person_id, clock.now(), comment[:500], request.id,
    )  # fmt: skip


async def approve(
    number: str, comment: str = "", *, by: Actor, version: int | None = None
) -> ApprovalRequest:
    """Agree. The command runs right after, as its asker, with the asker's rights of today."""
    request = await _for_decision(number, by, version)
    await _decide(request, "grant", comment, by)
    granted = events.ApprovalGranted(
        subject=("approval", request.id), also=((request.subject_kind, request.subject_id),),
        number=number, label=request.subject_label, comment=comment,
    )  # fmt: skip
    await record(granted, by=by)
    return request


async def reject(number: str, comment: str, *, by: Actor, version: int | None = None) -> ApprovalRequest:
    """Say no, and why."""
    request = await _for_decision(number, by, version)
    if not comment.strip():
        raise Refused(REASON_NEEDED, "comment")
    await _decide(request, "reject", comment, by)
    rejected = events.ApprovalRejected(
        subject=("approval", request.id), also=((request.subject_kind, request.subject_id),),
        number=number, label=request.subject_label, comment=comment,
    )  # fmt: skip
    await record(rejected, by=by)
    return request


async def withdraw(subject: Subject, *, by: Actor) -> None:
    """Take back what waits about a thing: it changed or is gone. Part of the verb that changed it."""
    waiting = await db.rows(
        "select id, number, subject_label from approval_requests where subject_kind = {} and subject_id = {} and state = {}"
        " order by id",
        subject[0], subject[1], states.PENDING,
    )  # fmt: skip
    for each in waiting:
        request = await locked(ApprovalRequest, ApprovalRequest.id == each["id"])
        await machine.move(request, states.MOVES, "withdraw", states.LOOKS)
        withdrawn = events.ApprovalWithdrawn(
            subject=("approval", each["id"]),
            also=(subject,),
            number=each["number"],
            label=each["subject_label"],
        )
        await record(withdrawn, by=by)


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
        await another.instead()  # a second rule asks somebody else; the grant stands
        await machine.move(request, states.MOVES, "finish")


async def _failed(request: ApprovalRequest, why: str, asker: Actor | None) -> None:
    await machine.move(request, states.MOVES, "fail")
    await db.rows("update approval_requests set outcome = {} where id = {}", why[:300], request.id)
    failed = events.ApprovalFailed(
        subject=("approval", request.id), also=((request.subject_kind, request.subject_id),),
        number=request.number, label=request.subject_label, why=why,
    )  # fmt: skip
    await record(failed, by=asker or HOUSE)
