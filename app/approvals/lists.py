"""The list of who decides for whom."""

from typing import Any

from app.approvals.permissions import EDIT_RULES
from app.core import clock
from app.core.paging import Condition, Listing
from app.core.words import N_, _
from app.people.actors import Actor
from app.web.lists import Column, Filter, ListPage, View

RUNNING, TO_COME, OVER = "running", "to_come", "over"


def state_of(row: dict[str, Any]) -> str:
    """Whether a delegation holds today, is still to come, or is over."""
    today = clock.today()
    if row["revoked_at"] is not None or row["ends"] < today:
        return OVER
    return RUNNING if row["begins"] <= today else TO_COME


LOOKS = {RUNNING: (N_("Holds today"), "run"), TO_COME: (N_("To come"), "todo"), OVER: (N_("Over"), "draft")}


async def _dress(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        label, kind = LOOKS[state_of(row)]
        row["state"] = (_(label), kind)


def _state(value: str) -> Condition | None:
    today = clock.today()
    return {
        RUNNING: Condition("d.revoked_at is null and d.begins <= {} and d.ends >= {}", (today, today)),
        TO_COME: Condition("d.revoked_at is null and d.begins > {}", (today,)),
        OVER: Condition("d.revoked_at is not null or d.ends < {}", (today,)),
    }.get(value)


def _visible(by: Actor) -> tuple[Condition, ...]:
    """One's own, given or taken; all for those who edit rules."""
    if by.may(EDIT_RULES):
        return ()
    return (Condition("d.giver = {} or d.taker = {}", (by.user_id or 0, by.user_id or 0)),)


DELEGATIONS = ListPage(
    name="delegations", title=N_("Who decides for whom"), path="/delegations", id_column="gp.id", search_kind="person",
    listing=Listing(
        "d.id, d.begins, d.ends, d.note, d.revoked_at, d.made_at, gp.name as giver, tp.name as taker, g.login as giver_login,"
        " t.login as taker_login",
        "approval_delegations d join users g on g.id = d.giver join people gp on gp.id = g.person"
        " join users t on t.id = d.taker join people tp on tp.id = t.person",
        {"begins": ("d.begins", "d.id")}, "-begins",
    ),
    columns=(
        Column("giver", N_("Away")), Column("taker", N_("Decides instead")), Column("begins", N_("From"), "day", sort="begins"),
        Column("ends", N_("Until"), "day"), Column("note", N_("Note"), phone="full"), Column("state", N_("State"), "pill"),
    ),
    filters=(Filter("state", N_("State"), _state, tuple((key, label) for key, (label, _kind) in LOOKS.items())),),
    views=(View("all", N_("All"), {}), View("running", N_("Holds today"), {"state": RUNNING})),
    href=lambda row: f"/delegations/{row['id']}", visible=_visible, dress=_dress,
    placeholder=N_("Who is away; pinyin initials work"),
    actions=({"label": N_("New delegation"), "href": "/delegations/new", "icon": "plus", "look": "pri", "key": "C"},),
)  # fmt: skip
