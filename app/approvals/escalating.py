"""Nothing waits for ever and nothing waits for nobody: looked after every few minutes by the schedule."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.approvals import events, people, seating, steps
from app.approvals.tables import ApprovalRequest, ApprovalSeat
from app.approvals.who import said_of
from app.core import db
from app.events.log import record
from app.people.actors import Actor

MOST = 200
Worked = Callable[[datetime], timedelta]
"""The working time since a moment, by the calendar of the office."""


async def overdue(worked: Worked) -> list[int]:
    """The open seats whose hours have passed, longest waiting first."""
    found = await db.rows(
        "select s.id, s.since, s.hours from approval_seats s where s.state = 'open' and s.hours > 0 and s.escalated_at is null"
        " order by s.since, s.id"
    )
    return [row["id"] for row in found if worked(row["since"]) >= timedelta(hours=row["hours"])][:MOST]


async def escalate(seats: list[int], now: datetime, *, by: Actor) -> int:
    """Let a substitute, else the head of the department, decide as well; else tell the administrators. How many."""
    done = 0
    for id_ in seats:
        seat = await ApprovalSeat.objects().where(ApprovalSeat.id == id_).first()
        if seat is None or seat.state != steps.OPEN or seat.escalated_at is not None:
            continue
        request = await ApprovalRequest.objects().where(ApprovalRequest.id == seat.request).first()
        assert request is not None
        asked = await people.deciders(seat, request)
        barred = {*asked, request.asked_by}
        instead = await people.substitute(asked, barred) or await people.head_above(asked, barred)
        seat.escalated_at, seat.stand_in = now, instead or seat.stand_in
        await seat.save()
        who = await said_of(seat.who, seat.user)
        if instead is None and asked:
            late = events.ApprovalLate(**seating.about(request), who=who, hours=seat.hours)
            await record(late, by=by)
        elif instead is None:
            await record(events.ApprovalStuck(**seating.about(request), who=who), by=by)
        else:
            name = await people.name_of(instead)
            escalated = events.ApprovalEscalated(
                **seating.about(request), who=who, stand_in=name, hours=seat.hours
            )
            await record(escalated, by=by)
        done += 1
    return done


async def forsaken() -> list[int]:
    """The waiting requests with an open seat at which nobody sits any more, and of which nobody was told."""
    found = await db.rows(
        'select s.id, s.request, s.role, s."user", s.stand_in, a.asked_by, a.own from approval_seats s'
        " join approval_requests a on a.id = s.request where s.state = 'open' and s.told_at is null order by s.id"
    )
    known: dict[tuple[object, ...], bool] = {}
    left: dict[int, None] = {}
    for row in found:
        asker = None if row["own"] else row["asked_by"]
        key = (row["role"], row["user"], row["stand_in"], asker)
        if key not in known:
            known[key] = bool(await people.able(row["role"], (row["user"], row["stand_in"]), asker))
        if not known[key]:
            left[row["request"]] = None
    return list(left)[:MOST]


async def refill(requests: list[int], *, by: Actor) -> int:
    """Put requests that lost their approvers to substitutes, or tell the administrators. How many."""
    for id_ in requests:
        request = await ApprovalRequest.objects().where(ApprovalRequest.id == id_).first()
        assert request is not None
        sitting = [seat for seat in await seating.seats_of(request, request.step) if seat.state == steps.OPEN]
        await seating.fill(request, sitting)
    return len(requests)
