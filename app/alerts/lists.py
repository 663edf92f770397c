"""The list of alerts."""

from collections.abc import Callable
from typing import Any

from litestar import Request

from app.alerts import queries
from app.alerts.kinds import KINDS
from app.alerts.states import LEVELS
from app.core import clock
from app.core.paging import Condition, Listing
from app.core.words import N_
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
