"""What those who are asked may do: agree, reject, return with a note, give it to somebody else, ask somebody as well."""

from collections.abc import Sequence

from app.approvals import events, people, permissions, requests, seating, states, steps
from app.approvals.refusals import (
    ASKED_ALREADY,
    ASKER_CANNOT,
    AWAY,
    CANNOT_DECIDE,
    DECIDED,
    NOT_YOURS,
    OWN_REQUEST,
    REASON_NEEDED,
)
from app.approvals.tables import ApprovalRequest, ApprovalSeat
from app.approvals.who import names, said
from app.core import clock, db
from app.core import states as machine
from app.core.refusals import REQUIRED, UNKNOWN, Refused
from app.core.rows import locked
from app.events.log import record
from app.people.actors import Actor


async def approve(
    number: str, comment: str = "", *, by: Actor, version: int | None = None
) -> ApprovalRequest:
    """Agree. After the last step the command runs, as its asker, with the asker's rights of today."""
    request, mine = await _mine(number, by, version)
    for seat in mine:
        await _mark(seat, steps.APPROVED, comment, by)
    seats = await seating.seats_of(request, request.step)
    if not steps.complete(seats):
        await _touch(request)
        await record(events.ApprovalAgreed(**seating.about(request), comment=comment), by=by)
        return request
    for seat in seats:
        if seat.state == steps.OPEN:
            await _mark(seat, steps.PASSED)
    following = await seating.seats_of(request, request.step + 1)
    if following:
        await _touch(request)
        known = await names()
        put_to = "、".join(said(seat.who, known) for seat in following)
        agreed = events.ApprovalAgreed(**seating.about(request), comment=comment, put_to=put_to)
        await record(agreed, by=by)
        await seating.open_step(request, request.step + 1)
        return request
    await _end(request, "grant", comment, by)
    await record(events.ApprovalGranted(**seating.about(request), comment=comment), by=by)
    return request


async def reject(number: str, comment: str, *, by: Actor, version: int | None = None) -> ApprovalRequest:
    """Say no, and why. One no is enough."""
    request, mine = await _mine(number, by, version)
    await _refuse(request, mine, "reject", steps.REJECTED, comment, by)
    await record(events.ApprovalRejected(**seating.about(request), comment=comment), by=by)
    return request


async def send_back(number: str, comment: str, *, by: Actor, version: int | None = None) -> ApprovalRequest:
    """Return it to the asker with a note: put right, it is asked again with what changed."""
    request, mine = await _mine(number, by, version)
    await _refuse(request, mine, "return", steps.RETURNED, comment, by)
    await record(events.ApprovalReturned(**seating.about(request), comment=comment), by=by)
    return request


async def transfer(
    number: str, to: str, comment: str = "", *, by: Actor, version: int | None = None
) -> ApprovalRequest:
    """Let the person with this login decide instead. An administrator of rules may do so for anybody, when one is missing."""
    request, mine = await _mine(number, by, version, or_assigns=True)
    user, name = await _newcomer(request, to)
    for seat in mine:
        await _mark(seat, steps.HANDED_OVER, comment, by)
    await _sit(mine[0], user, to, added=all(seat.added for seat in mine))
    await _touch(request)
    await record(events.ApprovalTransferred(**seating.about(request), to=name, comment=comment), by=by)
    return request


async def add_approver(
    number: str, to: str, comment: str = "", *, by: Actor, version: int | None = None
) -> ApprovalRequest:
    """Ask somebody to agree in this step as well: without them it does not go on."""
    request, mine = await _mine(number, by, version)
    user, name = await _newcomer(request, to)
    await _sit(mine[0], user, to, added=True)
    await _touch(request)
    await record(events.ApproverAdded(**seating.about(request), to=name, comment=comment), by=by)
    return request


async def _mine(
    number: str, by: Actor, version: int | None, or_assigns: bool = False
) -> tuple[ApprovalRequest, list[ApprovalSeat]]:
    """The request, locked, and the open seats at which this person decides."""
    request = await locked(ApprovalRequest, ApprovalRequest.number == number, version=version)
    if request.state != states.PENDING:
        raise Refused(DECIDED)
    sitting = [seat for seat in await seating.seats_of(request, request.step) if seat.state == steps.OPEN]
    mine = [seat for seat in sitting if by.is_house or by.user_id in await people.deciders(seat, request)]
    if not mine and or_assigns and by.may(permissions.EDIT_RULES):
        mine = sitting
    if not mine:
        if by.user_id == request.asked_by and by.user_id in [
            u for s in sitting for u in await people.seated(s)
        ]:
            raise Refused(OWN_REQUEST)
        known = await names()
        raise Refused(NOT_YOURS, role="、".join(said(seat.who, known) for seat in sitting))
    return request, mine


async def _newcomer(request: ApprovalRequest, login: str) -> tuple[int, str]:
    """The user of a login who may be asked now, and their name. All refusals stand at the field `to`."""
    if not login.strip():
        raise Refused(REQUIRED, "to")
    found = await db.one(
        "select u.id, p.name, u.active and p.active as able from users u join people p on p.id = u.person where u.login = {}",
        login.strip().lower()[:60],
    )
    if found is None:
        raise Refused(UNKNOWN, "to", given=login[:60])
    if not found["able"]:
        raise Refused(CANNOT_DECIDE, "to", name=found["name"])
    if found["id"] == request.asked_by and not request.own:
        raise Refused(ASKER_CANNOT, "to", name=found["name"])
    away = await db.one(
        "select d.ends, p.name from approval_delegations d join users u on u.id = d.taker join people p on p.id = u.person"
        " where d.giver = {} and d.revoked_at is null and d.begins <= {} and d.ends >= {} order by d.id limit 1",
        found["id"], clock.today(), clock.today(),
    )  # fmt: skip
    if away is not None:
        raise Refused(AWAY, "to", name=found["name"], day=away["ends"].isoformat(), taker=away["name"])
    for seat in await seating.seats_of(request, request.step):
        if seat.user == found["id"] and seat.state in (steps.OPEN, steps.APPROVED):
            raise Refused(ASKED_ALREADY, "to", name=found["name"])
    return int(found["id"]), str(found["name"])


async def _sit(like: ApprovalSeat, user: int, login: str, added: bool) -> None:
    await ApprovalSeat(
        request=like.request, step=like.step, mode=like.mode, hours=like.hours, who=f"person:{login.strip().lower()}",
        added=added, user=user, state=steps.OPEN, since=clock.now(),
    ).save()  # fmt: skip


async def _mark(seat: ApprovalSeat, state: str, comment: str = "", by: Actor | None = None) -> None:
    seat.state = state
    if by is not None:
        seat.decided_by, seat.decided_at, seat.comment = by.person_id, clock.now(), comment[:500]
    await seat.save()


async def _refuse(
    request: ApprovalRequest, mine: Sequence[ApprovalSeat], verb: str, state: str, comment: str, by: Actor
) -> None:
    if not comment.strip():
        raise Refused(REASON_NEEDED, "comment")
    for seat in mine:
        await _mark(seat, state, comment, by)
    await _end(request, verb, comment, by)


async def _end(request: ApprovalRequest, verb: str, comment: str, by: Actor) -> None:
    await machine.move(request, states.MOVES, verb, states.LOOKS)
    await requests.leave(request)
    await db.rows(
        "update approval_requests set decided_by = {}, decided_at = {}, comment = {} where id = {}",
        by.person_id, clock.now(), comment[:500], request.id,
    )  # fmt: skip


async def _touch(request: ApprovalRequest) -> None:
    """What others saw of the request is not so any more."""
    request.version += 1
    await db.rows("update approval_requests set version = version + 1 where id = {}", request.id)
