"""Putting a request to those who have to agree, step by step, and to a substitute when one of them is missing."""

from collections.abc import Sequence
from typing import Any

from app.approvals import events, people
from app.approvals.states import PENDING
from app.approvals.steps import LATER, OPEN, Step
from app.approvals.tables import ApprovalRequest, ApprovalSeat
from app.approvals.who import said_of
from app.core import clock, db
from app.events.log import record
from app.people.actors import HOUSE


async def seat(request: ApprovalRequest, steps: Sequence[Step]) -> list[ApprovalSeat]:
    """Write a seat for everybody in every step and open the first; the seats of that one."""
    for number, step in enumerate(steps, 1):
        for who in step.who:
            found = await people.seat_for(who, request.asked_by)
            await ApprovalSeat(
                request=request.id,
                step=number,
                mode=step.mode,
                hours=step.hours,
                who=who,
                state=LATER,
                **found,
            ).save()
    return await open_step(request, 1)


async def seats_of(request: ApprovalRequest, step: int | None = None) -> list[ApprovalSeat]:
    """The seats of a request, or of one of its steps, in order."""
    wanted = ApprovalSeat.request == request.id
    if step is not None:
        wanted = wanted & (ApprovalSeat.step == step)
    return await ApprovalSeat.objects().where(wanted).order_by(ApprovalSeat.step, ApprovalSeat.id)


async def open_step(request: ApprovalRequest, number: int) -> list[ApprovalSeat]:
    """Let a step's turn come."""
    now = clock.now()
    await db.rows("update approval_requests set step = {} where id = {}", number, request.id)
    request.step = number
    seats = await seats_of(request, number)
    for each in seats:
        each.state, each.since = OPEN, now
        await each.save()
    await fill(request, seats)
    return seats


async def fill(request: ApprovalRequest, seats: Sequence[ApprovalSeat]) -> None:
    """Whoever is missing is stood in for; where nobody can, the administrators are told once."""
    for each in seats:
        if await people.deciders(each, request):
            continue
        barred = () if request.own else (request.asked_by,)
        missing = await people.seated(each)
        instead = await people.substitute(missing, barred)
        if instead is not None:
            each.stand_in = instead
            await each.save()
            found = events.ApprovalStoodIn(
                **about(request),
                who=await said_of(each.who, each.user),
                stand_in=await people.name_of(instead),
            )
            await record(found, by=HOUSE)
        elif each.told_at is None:
            each.told_at = clock.now()
            await each.save()
            stuck = events.ApprovalStuck(**about(request), who=await said_of(each.who, each.user))
            await record(stuck, by=HOUSE)


async def whose_turn(request_id: int) -> list[int]:
    """The users who may decide a request now."""
    request = await ApprovalRequest.objects().where(ApprovalRequest.id == request_id).first()
    if request is None or request.state != PENDING:
        return []
    sitting = [seat for seat in await seats_of(request, request.step) if seat.state == OPEN]
    users = [user for seat in sitting for user in await people.deciders(seat, request)]
    return list(dict.fromkeys(users))


def about(request: ApprovalRequest) -> dict[str, Any]:
    """What every event of a request says: what it is about, its number and what it is called."""
    return {"subject": ("approval", request.id), "also": ((request.subject_kind, request.subject_id),),
            "number": request.number, "label": request.subject_label}  # fmt: skip
