"""What the asker may do while a request waits: take it back, remind those whose turn it is."""

from datetime import timedelta

from app.approvals import events, requests, seating, states
from app.approvals.people import name_of
from app.approvals.refusals import DECIDED, NOT_THE_ASKER, TOO_SOON
from app.approvals.tables import ApprovalRequest
from app.core import clock, db
from app.core.refusals import Refused
from app.core.rows import locked
from app.events.log import record
from app.people.actors import Actor

REMIND_EVERY = timedelta(minutes=30)


async def take_back(number: str, *, by: Actor, version: int | None = None) -> ApprovalRequest:
    """Withdraw one's own request."""
    return await requests.take_back(await _own(number, by, version), by=by)


async def remind(number: str, *, by: Actor, version: int | None = None) -> ApprovalRequest:
    """Tell those who have to decide that it waits; not more often than every half hour."""
    request, now = await _own(number, by, version), clock.now()
    last = request.reminded_at or request.asked_at
    if now - last < REMIND_EVERY:
        every = int(REMIND_EVERY.total_seconds() // 60)
        raise Refused(TOO_SOON, minutes=int((now - last).total_seconds() // 60), every=every)
    await db.rows(
        "update approval_requests set reminded_at = {}, version = version + 1 where id = {}", now, request.id
    )
    request.reminded_at, request.version = now, request.version + 1
    await record(events.ApprovalReminded(**seating.about(request)), by=by)
    return request


async def _own(number: str, by: Actor, version: int | None) -> ApprovalRequest:
    request = await locked(ApprovalRequest, ApprovalRequest.number == number, version=version)
    if by.user_id != request.asked_by and not by.is_house:
        raise Refused(NOT_THE_ASKER, name=await name_of(request.asked_by))
    if request.state != states.PENDING:
        raise Refused(DECIDED)
    return request
