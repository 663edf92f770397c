"""The lists of alerts and of their rules."""

from collections.abc import Callable
from typing import Any

from litestar import Request

from app.alerts import queries, saying
from app.alerts.kinds import KINDS
from app.alerts.states import LEVELS
from app.core import clock
from app.core.conditions import Condition, contains, matching
from app.core.paging import Listing
from app.core.words import N_, _
from app.people.actors import Actor
from app.web.lists import Column, Filter, ListPage, View


def _state(value: str) -> Condition | None:
    now = clock.now()
    known: dict[str, Callable[[], Condition]] = {
        "open": lambda: queries.awake(now), "snoozed": lambda: queries.asleep(now), "closed": lambda: queries.IS_CLOSED,
    }  # fmt: skip
    return known[value]() if value in known else None


def _level(value: str) -> Condition | None:
    return Condition("a.level = {}", (int(value),)) if value in ("1", "2", "3") else None


def _kind(value: str) -> Condition | None:
    return Condition("a.kind = {}", (value,)) if value in KINDS else None


async def _dress(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row.update(queries.told(row))
        row["snoozed"] = row["snoozed_why"] if row["state"] == "snoozed" else ""


def alerts_for(by: Actor, request: Request) -> ListPage:
    """The list for this person, who may see their own or all; unless another state is asked for, what is open and awake."""
    mine, now = queries.owned_by(by), clock.now()
    usual = () if request.query_params.get("state") else (queries.awake(now),)
    return ListPage(
        nothing=N_("What a rule finds comes here"),
        name="alerts", title=N_("Alerts"), path="/alerts", id_column="a.id", visible=lambda by: (*queries.visible_to(by), *usual),
        listing=Listing(
            queries.SELECT, queries.SOURCE,
            {"urgency": ("a.level", "a.id"), "raised_at": ("a.id",)}, "-urgency",
        ),
        columns=(
            Column("label", N_("About"), "code", sub="about", below=N_("Details")),
            Column("what", N_("What"), sub="figure_said", below=N_("Figure"), phone="full"),
            Column("pill", N_("Level"), "pill", sort="urgency"),
            Column("owner", N_("Owner"), sub="snoozed", below=N_("Why"), low=True),
            Column("raised_at", N_("Raised"), "moment", sort="raised_at", low=True),
        ),
        filters=(
            Filter("state", N_("State"), _state, (("open", N_("Open")), ("snoozed", N_("Put off")), ("closed", N_("Settled")))),
            Filter("level", N_("Level"), _level, tuple((str(level), look.label) for level, look in LEVELS.items())),
            Filter("kind", N_("What"), _kind, tuple((key, kind.label) for key, kind in KINDS.items())),
            Filter("mine", N_("Mine"), lambda v: mine if v == "1" else None, (("1", N_("Put to me")),)),
        ),
        views=(
            View("open", N_("Open"), {}, ()),
            View("mine", N_("Put to me"), {"mine": "1"}, (mine,)),
            View("snoozed", N_("Put off"), {"state": "snoozed"}),
            View("closed", N_("Settled"), {"state": "closed"}),
        ),
        href=lambda row: f"/alerts/{row['id']}", dress=_dress,
        actions=({"label": N_("Rules"), "href": "/alert-rules", "icon": "scale", "permission": "alerts:rule:edit"},),
    )  # fmt: skip


async def _dress_rules(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["words"], row["what"] = saying.in_words(row), _(KINDS[row["kind"]].label)
        row["state"] = (_("In force"), "ok") if row["active"] else (_("Switched off"), "draft")


_BY_KIND = f"case r.kind {' '.join(f'when {kind!r} then {n}' for n, kind in enumerate(KINDS))} else 99 end"
RULES = ListPage(
    name="alert_rules", title=N_("Alert rules"), path="/alert-rules", id_column="r.id",
    nothing=N_("Without a rule nothing is watched"),
    listing=Listing(saying.COLUMNS, saying.SOURCE, {"kind": (_BY_KIND, "r.id"), "name": ("r.name", "r.id")}, "kind"),
    columns=(
        Column("name", N_("Rule"), "code", sort="name", sub="what", below=N_("What")),
        Column("words", N_("In words"), phone="full"), Column("open", N_("Open now"), "number"),
        Column("state", N_("State"), "pill"),
    ),
    filters=(
        Filter("name", N_("Rule"), lambda v: contains(v, "r.name"), kind="text"),
        Filter("kind", N_("What"), lambda v: Condition("r.kind = {}", (v,)) if v in KINDS else None,
               tuple((key, kind.label) for key, kind in KINDS.items())),
        Filter("active", N_("State"), lambda v: Condition("r.active" if v == "1" else "not r.active"),
               (("1", N_("In force")), ("0", N_("Switched off")))),
    ),
    visible=lambda by: (matching("r.kind", tuple(KINDS)),),
    href=lambda row: f"/alert-rules/{row['id']}", dress=_dress_rules,
    actions=({"label": N_("Alerts"), "href": "/alerts", "icon": "bell-ring"},
             {"label": N_("New rule"), "href": "/alert-rules/new", "icon": "plus", "look": "pri", "key": "C"}),
)  # fmt: skip
