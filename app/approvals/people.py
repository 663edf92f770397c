"""Whose turn a seat is: roles, people and heads as users of today, who is away for whom, and who stands in."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from app.approvals.steps import HEAD, PERSON, ROLE
from app.approvals.tables import ApprovalRequest, ApprovalSeat
from app.core import clock, db

LONGEST_CHAIN = 10
_WORKING = "users u join people p on p.id = u.person where u.active and p.active"


async def working(users: Iterable[int]) -> list[int]:
    """Those of them who may log in today."""
    found = await db.rows(
        f"select u.id from {_WORKING} and {{}} order by u.id", db.any_of("u.id", list(users))
    )
    return [row["id"] for row in found]


async def in_role(role: int, everybody: bool = False) -> list[int]:
    """The users of a role in use: those who may log in, or everybody."""
    able = "" if everybody else " and u.active and p.active"
    found = await db.rows(
        'select u.id from user_roles ur join users u on u.id = ur."user" join people p on p.id = u.person'
        f" join roles r on r.id = ur.role where ur.role = {{}} and r.active{able} order by u.id",
        role,
    )
    return [row["id"] for row in found]


async def role_of(code: str) -> int | None:
    return await db.value("select id from roles where code = {} and active", code)


async def user_of(login: str) -> int | None:
    return await db.value("select id from users where login = {}", login)


async def head_of(what: str, asker: int) -> int | None:
    """The head of the asker's department, or the leader of their team; never the asker, None when there is nobody."""
    column, flag = ("department", "heads_department") if what == "department" else ("team", "leads_team")
    return await db.value(
        f"select u.id from users me join people m on m.id = me.person join people p on p.{column} = m.{column}"
        f" join users u on u.person = p.id where me.id = {{}} and p.{flag} and u.id <> me.id order by p.active desc, u.id limit 1",
        asker,
    )


async def seat_for(who: str, asker: int) -> dict[str, Any]:
    """What a rule's word stands for today: {"role": id} or {"user": id}; {} when it is nobody."""
    kind, _colon, name = who.partition(":")
    if kind == ROLE:
        role = await role_of(name)
        return {"role": role} if role else {}
    user = await user_of(name) if kind == PERSON else await head_of(name, asker) if kind == HEAD else None
    return {"user": user} if user else {}


async def delegations(on: date) -> list[tuple[int, int]]:
    """(giver, taker) of all who are stood in for on a day, while both may log in."""
    found = await db.rows(
        "select d.giver, d.taker from approval_delegations d join users g on g.id = d.giver join users t on t.id = d.taker"
        " where d.revoked_at is null and d.begins <= {} and d.ends >= {} and g.active and t.active order by d.id",
        on, on,
    )  # fmt: skip
    return [(row["giver"], row["taker"]) for row in found]


def reach(pairs: Sequence[tuple[int, int]], start: Iterable[int]) -> list[int]:
    """All that the pairs lead to from `start`, itself first: whom somebody decides for, or who decides for somebody."""
    found = list(dict.fromkeys(start))
    for each in found:
        found += [to for origin, to in pairs if origin == each and to not in found]
    return found


async def deciders(seat: ApprovalSeat, request: ApprovalRequest) -> list[int]:
    """Who may decide at this seat today; the asker only if the rule says so, and nobody in the asker's stead."""
    return await able(seat.role, (seat.user, seat.stand_in), None if request.own else request.asked_by)


async def able(role: int | None, users: Iterable[int | None], barred: int | None) -> list[int]:
    """Who of a role, or of these users, may log in today, and who decides for them; without `barred` and their delegates."""
    found = await working([user for user in users if user])
    if role:
        found += await in_role(role)
    givers = [user for user in found if user != barred]
    return [user for user in reach(await delegations(clock.today()), givers) if user != barred]


async def seated(seat: ApprovalSeat) -> list[int]:
    """Whom the rule means by this seat, working or not."""
    found = [u for u in (seat.stand_in, seat.user) if u]
    return found + (await in_role(seat.role, everybody=True) if seat.role else [])


async def substitute(users: Sequence[int], but: Iterable[int]) -> int | None:
    """The first of their substitutes, and of those's, who may log in."""
    barred, ring, seen = set(but), list(users), set(users)
    for _round in range(LONGEST_CHAIN):
        found = await db.rows(
            "select s.id, s.active and sp.active as able from users u join people p on p.id = u.person"
            " join people sp on sp.id = p.substitute join users s on s.person = sp.id where {} order by u.id",
            db.any_of("u.id", ring),
        )
        ring = [row["id"] for row in found if row["id"] not in seen]
        able = [row["id"] for row in found if row["able"] and row["id"] not in barred and row["id"] in ring]
        if able or not ring:
            return able[0] if able else None
        seen |= set(ring)
    return None


async def head_above(users: Sequence[int], but: Iterable[int]) -> int | None:
    """The head of the department of one of them, who may log in."""
    barred = set(but) | set(users)
    found = await db.rows(
        "select u.id from users x join people m on m.id = x.person join people p on p.department = m.department"
        " join users u on u.person = p.id where {} and p.heads_department and p.active and u.active order by u.id",
        db.any_of("x.id", users),
    )
    return next((row["id"] for row in found if row["id"] not in barred), None)


async def name_of(user: int | None) -> str:
    return (
        await db.value(
            "select p.name from users u join people p on p.id = u.person where u.id = {}", user or 0
        )
        or ""
    )


async def names_of(users: Sequence[int]) -> list[str]:
    """Their names, in this order."""
    rows = await db.rows(
        "select u.id, p.name from users u join people p on p.id = u.person where {}", db.any_of("u.id", list(users))
    ) if users else []  # fmt: skip
    names = {row["id"]: row["name"] for row in rows}
    return [names[user] for user in users if user in names]
