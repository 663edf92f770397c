"""The lists of rules and of who decides for whom."""

import json
from typing import Any

from app.approvals.commands import commands
from app.approvals.permissions import EDIT_RULES
from app.approvals.rules import is_off
from app.approvals.saying import rule_in_words
from app.approvals.who import names
from app.core import clock
from app.core.conditions import Condition, contains
from app.core.paging import Listing
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


async def _dress_rules(rows: list[dict[str, Any]]) -> None:
    known = await names()
    whole = {
        name: await commands()[name].whole() for name in {row["command"] for row in rows} & set(commands())
    }
    for row in rows:
        command = whole.get(row["command"])
        terms = {
            "conditions": json.loads(row["conditions"]),
            "joined": row["joined"],
            "steps": json.loads(row["steps"]),
        }
        row["words"], row["holds"] = (
            rule_in_words(command, terms, known),
            _(command.label) if command else row["command"],
        )
        known_facts = [fact.name for fact in command.facts] if command else []
        off = any(is_off(known_facts, fact) for fact, _sign, _value in terms["conditions"])
        row["state"] = (_("In force"), "ok") if row["active"] else (_("Switched off"), "draft")
        if off and row["active"]:
            row["state"] = (_("Field is off"), "warn")


async def _commands() -> list[tuple[str, str]]:
    return [(name, _(command.label)) for name, command in commands().items()]


RULES = ListPage(
    name="approval_rules", title=N_("Approval rules"), path="/approval-rules", id_column="r.id", key="code", key_column="r.code",
    nothing=N_("Without a rule nothing waits for approval"),
    listing=Listing(
        "r.id, r.code, r.name, r.command, r.conditions, r.joined, r.steps, r.active, r.version", "approval_rules r",
        {"asked": ("r.command", "r.id"), "name": ("r.name", "r.id")}, "asked",
    ),
    columns=(
        Column("name", N_("Rule"), "code", sort="name"), Column("words", N_("In words"), phone="full"),
        Column("state", N_("State"), "pill"), Column("holds", N_("Holds back"), sort="asked", shown=False),
        Column("code", N_("Code"), shown=False),
    ),
    filters=(
        Filter("name", N_("Rule"), lambda v: contains(v, "r.name"), kind="text"),
        Filter("command", N_("Holds back"), lambda v: Condition("r.command = {}", (v[:80],)), _commands),
        Filter("active", N_("State"), lambda v: Condition("r.active" if v == "1" else "not r.active"),
               (("1", N_("In force")), ("0", N_("Switched off")))),
    ),
    views=(View("all", N_("All"), {}), View("active", N_("In force"), {"active": "1"}, (Condition("r.active"),))),
    href=lambda row: f"/approval-rules/{row['code']}", dress=_dress_rules,
    actions=({"label": N_("Who decides for whom"), "href": "/delegations", "icon": "user-round"},
             {"label": N_("New rule"), "href": "/approval-rules/new", "icon": "plus", "look": "pri", "key": "C"}),
)  # fmt: skip
