"""What waits for this person: approvals put to their roles, exceptions they may decide."""

from typing import Any

from app.approvals import queries
from app.core import db
from app.core.words import N_, _
from app.people.actors import Actor
from app.production import reasons
from app.production.permissions import DECIDE_EXCEPTIONS
from app.web.render import moment

SHOWN = 6


async def for_me(by: Actor) -> list[dict[str, Any]]:
    """[{label, note, href, icon, kind}]: approvals first, then exceptions, oldest first within each."""
    found = await _approvals(by)
    if by.may(DECIDE_EXCEPTIONS):
        found += await _exceptions()
    return found[: SHOWN * 2]


async def _approvals(by: Actor) -> list[dict[str, Any]]:
    mine = queries.to_decide_by(by)
    rows = await db.rows(
        "select a.number, a.subject_label, a.asked_at, p.name as asked_by from approval_requests a"
        " join users u on u.id = a.asked_by join people p on p.id = u.person"
        f" where a.state = 'pending' and ({mine.sql}) order by a.id limit {SHOWN}",
        *mine.args,
    )
    return [
        {"label": row["subject_label"], "href": f"/inbox/{row['number']}", "icon": "stamp", "kind": "warn",
         "what": _("Approval"), "note": _("%(name)s asks, %(time)s", name=row["asked_by"], time=moment(row["asked_at"]))}
        for row in rows
    ]  # fmt: skip


async def _exceptions() -> list[dict[str, Any]]:
    rows = await db.rows(
        "select e.number, e.kind, e.note, e.raised_at, m.name as machine, w.number as work_order from production_exceptions e"
        " left join machines m on m.id = e.machine left join work_order_operations o on o.id = e.operation"
        f" left join work_orders w on w.id = o.work_order where e.state = 'open' order by e.id limit {SHOWN}"
    )
    return [
        {"label": " · ".join(str(x) for x in (_(reasons.EXCEPTIONS.get(row["kind"], N_("Exception"))), row["machine"], row["work_order"]) if x),
         "href": f"/production-exceptions/{row['number']}", "icon": "siren", "kind": "bad", "what": _("Exception"),
         "note": f"{row['note']} · {moment(row['raised_at'])}".removeprefix(" · ")}
        for row in rows
    ]  # fmt: skip
