"""Reading requests: whose they are to decide, who asked, what became of them."""

import json
from typing import Any

from app.approvals.permissions import SEE_ALL
from app.core import db
from app.core.paging import Condition, Listing
from app.core.refusals import NOT_FOUND, Refused
from app.people.actors import Actor

LISTING = Listing(
    select=(
        "a.id, a.number, a.command, a.subject_kind, a.subject_label, a.arguments, a.facts, a.state, a.asked_at,"
        " a.decided_at, a.comment, a.outcome, a.version, r.name as rule_name, r.conditions, o.name as role_name,"
        " o.code as role_code, p.name as asked_by, d.name as decided_by"
    ),
    source=(
        "approval_requests a join approval_rules r on r.id = a.rule join roles o on o.id = a.role"
        " join users u on u.id = a.asked_by join people p on p.id = u.person left join people d on d.id = a.decided_by"
    ),
    sorts={"asked_at": ("a.id",)},
    default_sort="-asked_at",
)
PENDING = Condition("a.state = 'pending'")
WAITING = (
    "select id, number, subject_label as label, subject_kind, subject_id, asked_at as since, role"
    " from approval_requests where state = 'pending'"
)
"""As SQL for other capabilities: each decision that somebody waits for, since when, and the role that decides."""


def to_decide_by(by: Actor) -> Condition:
    """Put to a role of this person."""
    return Condition('a.role in (select ur.role from user_roles ur where ur."user" = {})', (by.user_id or 0,))


def asked_by(by: Actor) -> Condition:
    return Condition("a.asked_by = {}", (by.user_id or 0,))


def visible_to(by: Actor) -> Condition:
    """Theirs to decide, asked or decided by them, or all with the right for it."""
    if by.may(SEE_ALL):
        return Condition("1 = 1")
    mine = to_decide_by(by)
    return Condition(
        f"{mine.sql} or a.asked_by = {{}} or a.decided_by = {{}}",
        (*mine.args, by.user_id or 0, by.person_id or 0),
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
    return {**row, "facts": json.loads(row["facts"]), "arguments": json.loads(row["arguments"]),
            "conditions": json.loads(row["conditions"])}  # fmt: skip


async def rules() -> list[dict[str, Any]]:
    """All rules with the role that agrees, in the order in which they are asked."""
    found = await db.rows(
        "select r.id, r.name, r.command, r.conditions, r.active, r.version, o.code as role_code, o.name as role_name"
        " from approval_rules r join roles o on o.id = r.role order by r.command, r.id"
    )
    return [{**row, "conditions": json.loads(row["conditions"])} for row in found]


async def roles_that_can_agree() -> list[tuple[str, str]]:
    """Roles that somebody has who may log in."""
    found = await db.rows(
        "select r.code, r.name from roles r where r.active and exists (select 1 from user_roles ur"
        ' join users u on u.id = ur."user" where ur.role = r.id and u.active) order by r.id'
    )
    return [(row["code"], row["name"]) for row in found]
