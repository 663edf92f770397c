"""The trail of a request: who agreed when, whose turn it is since when, who comes next. For cards, pages and programs."""

import json
from collections.abc import Sequence
from typing import Any

from app.approvals import people, queries, states, steps
from app.approvals.who import said
from app.core import db
from app.core.words import N_, _
from app.events.log import Subject
from app.people.actors import Actor

_OF_ROLE = 'select 1 from user_roles ur join users du on du.id = ur."user" where ur.role = s.role and du.person = s.decided_by'
_SEATS = (
    "select s.*, u.login, up.name as user_name, r.name as role_name, x.name as stand_in_name, xu.login as stand_in_login,"
    f" d.name as decided_name, a.asked_by, a.own, case when exists ({_OF_ROLE}) then 1 else 0 end as of_role"
    " from approval_seats s join approval_requests a on a.id = s.request"
    ' left join users u on u.id = s."user" left join people up on up.id = u.person'
    " left join roles r on r.id = s.role left join users xu on xu.id = s.stand_in left join people x on x.id = xu.person"
    " left join people d on d.id = s.decided_by where {} order by s.request, s.step, s.id"
)
LOOKS = {
    steps.LATER: (N_("comes later"), "todo"), steps.OPEN: (N_("decides now"), "run"), steps.APPROVED: (N_("agreed"), "ok"),
    steps.REJECTED: (N_("rejected"), "bad"), steps.RETURNED: (N_("returned"), "warn"),
    steps.HANDED_OVER: (N_("gave it on"), "draft"), steps.PASSED: (N_("not needed any more"), "draft"),
}  # fmt: skip
NOBODY = N_("nobody yet")


async def of(requests: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The steps of each request in turn: [{step, mode, seats: [{name, who, state, since, at, comment, …}]}]."""
    trails: dict[int, list[dict[str, Any]]] = {request: [] for request in requests}
    rows = await db.rows(_SEATS, db.any_of("s.request", list(requests))) if requests else []
    deciding = await _deciding([row for row in rows if row["state"] == steps.OPEN])
    for row in rows:
        trail = trails[row["request"]]
        if not trail or trail[-1]["step"] != row["step"]:
            trail.append({"step": row["step"], "mode": row["mode"], "seats": []})
        trail[-1]["seats"].append(_seat(row, deciding.get(row["id"], [])))
    return trails


async def _deciding(seats: Sequence[dict[str, Any]]) -> dict[int, list[str]]:
    """Who may decide today at each of these seats, by name."""
    known: dict[tuple[Any, ...], list[str]] = {}
    found = {}
    for row in seats:
        asked = (row["role"], (row["user"], row["stand_in"]), None if row["own"] else row["asked_by"])
        if asked not in known:
            known[asked] = await people.names_of(await people.able(*asked))
        found[row["id"]] = known[asked]
    return found


def _seat(row: dict[str, Any], deciding: list[str]) -> dict[str, Any]:
    word, kind = LOOKS[row["state"]]
    asked = row["user_name"] or row["role_name"] or said(row["who"], {})
    if not row["user"] and not row["role"] and not row["stand_in"]:
        asked = f"{asked}: {_(NOBODY)}" if asked else _(NOBODY)
    name = row["decided_name"] or asked
    others = [each for each in deciding if each not in (asked, row["stand_in_name"])]
    return {
        "who": row["who"], "asked": asked, "name": name, "state": row["state"], "word": _(word), "kind": kind,
        "added": bool(row["added"]), "since": row["since"], "at": row["decided_at"], "comment": row["comment"],
        "stand_in": row["stand_in_name"] or "", "hours": row["hours"], "nobody": row["state"] == steps.OPEN and not deciding,
        "deciding": others, "said": few(others),
        "for": asked if row["decided_name"] and _for_another(row, asked) else "",
    }  # fmt: skip


def _for_another(row: dict[str, Any], asked: str) -> bool:
    """Whether the one who decided was not the one who was asked, nor one of the role that was."""
    return bool(row["user"] and row["decided_name"] != asked) or bool(row["role"] and not row["of_role"])


async def about(subject: Subject, by: Actor, most: int = 5) -> list[dict[str, Any]]:
    """What was asked about a thing, newest first, each with its trail; `mine` where this person decides now, `seen` where
    they may open it."""
    mine, seen = queries.to_decide_by(by), queries.visible_to(by)
    found = await db.rows(
        "select a.id, a.number, a.command, a.state, a.terms, a.asked_at, a.decided_at, a.comment, a.outcome, a.asked_by as asker,"
        f" p.name as asked_by, d.name as decided_by, case when a.state = 'pending' and ({mine.sql}) then 1 else 0 end as mine,"
        f" case when {seen.sql} then 1 else 0 end as seen"
        " from approval_requests a join users u on u.id = a.asked_by join people p on p.id = u.person"
        " left join people d on d.id = a.decided_by where a.subject_kind = {} and a.subject_id = {} order by a.id desc limit {}",
        *mine.args, *seen.args, *subject, most,
    )  # fmt: skip
    trails = await of([row["id"] for row in found])
    return [
        {**row, "look": states.LOOKS[row["state"]], "trail": trails[row["id"]], "mine": bool(row["mine"]),
         "waits_for": waits_for(trails[row["id"]], by_name=True), "rule": json.loads(row["terms"]).get("name", "")}
        for row in found
    ]  # fmt: skip


def waits_for(trail: Sequence[dict[str, Any]], by_name: bool = False) -> str:
    """Whose turn it is, in words; `by_name` with those who may decide for them today."""
    return "、".join(
        dict.fromkeys(
            _asked(seat, by_name) for step in trail for seat in step["seats"] if seat["state"] == steps.OPEN
        )
    )


def _asked(seat: dict[str, Any], by_name: bool) -> str:
    said = f"{seat['asked']} / {seat['stand_in']}" if seat["stand_in"] else str(seat["asked"])
    names = _("nobody can decide today") if seat["nobody"] else few(seat["deciding"])
    return _("%(who)s (%(names)s)", who=said, names=names) if by_name and names else said


def few(names: Sequence[str], most: int = 3) -> str:
    """Names, or the first of very many."""
    said = "、".join(names[:most])
    return _("%(names)s and %(n)s more", names=said, n=len(names) - most) if len(names) > most else said
