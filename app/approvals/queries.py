"""Reading requests: whose they are to decide, who asked, what became of them."""

import json
from typing import Any

from app.approvals.permissions import SEE_ALL
from app.core import clock, db
from app.core.conditions import Condition
from app.core.paging import Listing
from app.core.refusals import NOT_FOUND, Refused
from app.people.actors import Actor

LISTING = Listing(
    select=(
        "a.id, a.number, a.command, a.subject_kind, a.subject_id, a.subject_label, a.arguments, a.facts, a.terms, a.state,"
        " a.step, a.asked_at, a.reminded_at, a.decided_at, a.comment, a.outcome, a.version, a.asked_by as asker, a.own,"
        " a.follows, p.name as asked_by, d.name as decided_by"
    ),
    source=(
        "approval_requests a join users u on u.id = a.asked_by join people p on p.id = u.person"
        " left join people d on d.id = a.decided_by"
    ),
    sorts={"asked_at": ("a.id",)},
    default_sort="-asked_at",
)
PENDING = Condition("a.state = 'pending'")
WAITING = (
    "select a.id, a.number, a.subject_label as label, a.subject_kind, a.subject_id, a.asked_by, a.own, s.since, s.role, u.person"
    " from approval_requests a join approval_seats s on s.id = (select min(x.id) from approval_seats x where x.request = a.id"
    " and x.state = 'open') left join users u on u.id = coalesce(s.stand_in, s.\"user\") where a.state = 'pending'"
)
"""As SQL for other capabilities: each decision that somebody waits for, since when, and the role or person that decides."""


# Everybody this user decides for today: themselves, and those who delegated to them, and so on.
_HATS = (
    "with recursive hats(id) as (select cast({} as bigint) union select d.giver from approval_delegations d"
    " join hats h on d.taker = h.id join users g on g.id = d.giver"
    " where d.revoked_at is null and d.begins <= {} and d.ends >= {} and g.active)"
)
# `cross join` says to begin with the few: whose seats, not whose seat of all.
_SEATED = (
    " select s.request from hats h cross join approval_seats s cross join approval_requests b"
    " where {on} and s.state = 'open' and b.id = s.request and (b.own or b.asked_by <> h.id)"
)
_IN_ROLES = (
    " select s.request from hats h cross join user_roles ur cross join roles r cross join approval_seats s"
    ' cross join approval_requests b where ur."user" = h.id and r.id = ur.role and r.active and s.role = ur.role'
    " and s.state = 'open' and b.id = s.request and (b.own or b.asked_by <> h.id)"
)
# `is true` says to find them once: PostgreSQL, which knows little of open seats, may look for them again for every request.
_MINE = (
    "(a.own or a.asked_by <> {}) and (a.id in ("
    + _HATS
    + _SEATED.replace("{on}", 's."user" = h.id')
    + " union all"
    + _SEATED.replace("{on}", "s.stand_in = h.id")
    + " union all"
    + _IN_ROLES
    + ")) is true"
)


def to_decide_by(by: Actor) -> Condition:
    """Put to them, to a role of theirs, or to somebody whom they stand in for today; never what they asked themselves."""
    user, today = by.user_id or 0, clock.today()
    return Condition(_MINE, (user, user, today, today))


def back_to(by: Actor) -> Condition:
    """Returned to them, and not asked again."""
    return Condition(
        "a.state = 'returned' and a.asked_by = {} and not exists (select 1 from approval_requests n where n.subject_kind ="
        " a.subject_kind and n.subject_id = a.subject_id and n.command = a.command and n.id > a.id)",
        (by.user_id or 0,),
    )


def asked_by(by: Actor) -> Condition:
    return Condition("a.asked_by = {}", (by.user_id or 0,))


def visible_to(by: Actor) -> Condition:
    """Theirs to decide, asked or decided by them, put to a role of theirs (another may have decided), or all with the right."""
    if by.may(SEE_ALL):
        return Condition("1 = 1")
    mine = to_decide_by(by)
    return Condition(
        f"({mine.sql}) or a.asked_by = {{}} or a.id in (select s.request from approval_seats s where s.decided_by = {{}}"
        ' or s."user" = {}) or a.id in (select s.request from user_roles ur cross join approval_seats s where ur."user" = {}'
        " and s.role = ur.role and s.state <> 'later')",
        (*mine.args, by.user_id or 0, by.person_id or 0, by.user_id or 0, by.user_id or 0),
    )


async def request_of(number: str, by: Actor) -> dict[str, Any]:
    """One request with all that the card shows; not found for those it does not concern."""
    page = await LISTING.page(
        [Condition("a.number = {}", (number[:40].replace("\x00", ""),)), visible_to(by)], limit=1
    )
    if not page.rows:
        raise Refused(NOT_FOUND)
    return told(page.rows[0])


def told(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its JSON read."""
    read = {name: json.loads(row[name]) for name in ("facts", "arguments", "terms")}
    return {**row, **read, "rule_name": read["terms"].get("name", "")}


async def before(request: dict[str, Any]) -> dict[str, Any] | None:
    """The request that was returned, of which this one is the next try: {number, comment, facts}."""
    if request["follows"] is None:
        return None
    found = await db.one(
        "select number, comment, facts from approval_requests where id = {}", request["follows"]
    )
    return {**found, "facts": json.loads(found["facts"])} if found else None


async def rules() -> list[dict[str, Any]]:
    """All rules, in the order in which they are asked."""
    found = await db.rows(
        "select id, code, name, command, conditions, joined, steps, own, active, version from approval_rules"
        " order by command, id"
    )
    return [_read(row) for row in found]


async def rule_of(code: str) -> dict[str, Any]:
    found = await db.one(
        "select id, code, name, command, conditions, joined, steps, own, active, version from approval_rules where code = {}",
        code[:40].replace("\x00", ""),
    )
    if found is None:
        raise Refused(NOT_FOUND)
    return _read(found)


def _read(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "conditions": json.loads(row["conditions"]), "steps": json.loads(row["steps"]),
            "own": bool(row["own"]), "active": bool(row["active"])}  # fmt: skip


async def roles_that_can_agree() -> list[tuple[str, str]]:
    """Roles that somebody has who may log in."""
    found = await db.rows(
        "select r.code, r.name from roles r where r.active and exists (select 1 from user_roles ur"
        ' join users u on u.id = ur."user" join people p on p.id = u.person where ur.role = r.id and u.active and p.active)'
        " order by r.id"
    )
    return [(row["code"], row["name"]) for row in found]


async def people_that_can_agree() -> list[tuple[str, str]]:
    """Everybody who may log in, by login."""
    found = await db.rows(
        "select u.login, p.name from users u join people p on p.id = u.person where u.active and p.active"
        " order by p.name, u.login limit 1000"
    )
    return [(row["login"], f"{row['name']} {row['login']}") for row in found]
