"""Who decides for whom on which days: somebody is away, and says who stands in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.approvals import events, people, permissions
from app.approvals.refusals import (
    CANNOT_DECIDE,
    ENDS_FIRST,
    LOOP,
    NO_SUBSTITUTE,
    OVERLAPS,
    OWN_DELEGATE,
    PAST,
)
from app.approvals.tables import ApprovalDelegation
from app.core import clock, db
from app.core.refusals import NOT_FOUND, REQUIRED, TOO_LONG, UNKNOWN, Invalid, Refused
from app.core.rows import locked
from app.events.log import record
from app.people.actors import Actor


@dataclass(frozen=True, kw_only=True)
class NewDelegation:
    """As entered: the logins of who is away ("" for oneself) and who decides ("" for the standing substitute)."""

    begins: date | None
    ends: date | None
    taker: str = ""
    giver: str = ""
    note: str = ""


async def make(new: NewDelegation, *, by: Actor) -> ApprovalDelegation:
    """Let somebody decide for one for these days; for somebody else only with the right to edit rules."""
    by.must(permissions.DELEGATE)
    giver = await _giver(new.giver, by)
    problems: dict[str, Refused] = {}
    taker = await _taker(new.taker, giver["id"], problems)
    if new.begins is None:
        problems["begins"] = Refused(REQUIRED)
    if new.ends is None:
        problems["ends"] = Refused(REQUIRED)
    elif new.ends < clock.today():
        problems["ends"] = Refused(PAST)
    elif new.begins is not None and new.ends < new.begins:
        problems["ends"] = Refused(ENDS_FIRST)
    if len(new.note) > 200:
        problems["note"] = Refused(TOO_LONG, limit=200, length=len(new.note))
    if problems or taker is None or new.begins is None or new.ends is None:
        raise Invalid({name: Refused(each.reason, name, **each.facts) for name, each in problems.items()})
    await _fits(giver, taker, new.begins, new.ends)
    row = ApprovalDelegation(giver=giver["id"], taker=taker["id"], begins=new.begins, ends=new.ends, note=new.note,
                             made_at=clock.now())  # fmt: skip
    await row.save()
    made = events.ApprovalsDelegated(
        subject=("approval_delegation", row.id), also=(("user", giver["id"]), ("user", taker["id"])),
        giver=giver["name"], taker=taker["name"], begins=new.begins.isoformat(), ends=new.ends.isoformat(),
    )  # fmt: skip
    await record(made, by=by)
    return row


async def revoke(delegation: int, *, by: Actor, version: int | None = None) -> ApprovalDelegation:
    """End a delegation now: by who gave it, who took it, or who may edit rules."""
    by.must(permissions.DELEGATE)
    row = await locked(ApprovalDelegation, ApprovalDelegation.id == delegation, version=version)
    if by.user_id not in (row.giver, row.taker) and not by.may(permissions.EDIT_RULES):
        raise Refused(NOT_FOUND)
    if row.revoked_at is not None:
        return row
    row.revoked_at, row.version = clock.now(), row.version + 1
    await row.save()
    names = [await people.name_of(user) for user in (row.giver, row.taker)]
    revoked = events.DelegationRevoked(
        subject=("approval_delegation", row.id), also=(("user", row.giver), ("user", row.taker)),
        giver=names[0], taker=names[1],
    )  # fmt: skip
    await record(revoked, by=by)
    return row


async def _giver(login: str, by: Actor) -> dict[str, Any]:
    if login:
        by.must(permissions.EDIT_RULES)
        return await _user("u.login = {}", login.strip().lower()[:60], "giver")
    if by.user_id is None:
        raise Refused(REQUIRED, "giver")
    return await _user("u.id = {}", by.user_id, "giver")


async def _user(condition: str, value: Any, field: str) -> dict[str, Any]:
    found = await db.one(
        "select u.id, p.name, u.active and p.active as able from users u join people p on p.id = u.person where "
        + condition,
        value,
    )
    if found is None:
        raise Refused(UNKNOWN, field, given=str(value)[:60])
    return found


async def _taker(login: str, giver: int, problems: dict[str, Refused]) -> dict[str, Any] | None:
    try:
        if login.strip():
            taker = await _user("u.login = {}", login.strip().lower()[:60], "taker")
        else:
            instead = await people.substitute([giver], [giver])
            if instead is None:
                raise Refused(NO_SUBSTITUTE)
            taker = await _user("u.id = {}", instead, "taker")
        if taker["id"] == giver:
            raise Refused(OWN_DELEGATE)
        if not taker["able"]:
            raise Refused(CANNOT_DECIDE, name=taker["name"])
        return taker
    except Refused as refused:
        problems["taker"] = refused
        return None


async def _fits(giver: dict[str, Any], taker: dict[str, Any], begins: date, ends: date) -> None:
    """Not a second one for the same days, and not in a circle: then nobody would be left who decides."""
    others = await db.rows(
        "select d.giver, d.taker, d.begins, d.ends, t.name from approval_delegations d join users u on u.id = d.taker"
        " join people t on t.id = u.person where d.revoked_at is null and d.begins <= {} and d.ends >= {} order by d.id",
        ends, begins,
    )  # fmt: skip
    for each in others:
        if each["giver"] == giver["id"]:
            facts = {"begins": each["begins"].isoformat(), "ends": each["ends"].isoformat()}
            raise Invalid({"begins": Refused(OVERLAPS, "begins", name=each["name"], **facts)})
    chain = people.reach([(each["giver"], each["taker"]) for each in others], [taker["id"]])
    if giver["id"] in chain:
        circle = [*chain[: chain.index(giver["id"]) + 1]]
        names = [giver["name"], *[await people.name_of(user) for user in circle]]
        raise Invalid({"taker": Refused(LOOP, "taker", chain=" → ".join(names))})
