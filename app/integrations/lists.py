"""The list of calls to third parties."""

from typing import Any

from app.core.conditions import Condition, contains
from app.core.paging import Listing
from app.core.words import N_, _
from app.integrations import jobs, states
from app.web.filters import from_day, until_day
from app.web.lists import Column, Filter, ListPage, View


def _about(value: str) -> Condition:
    return contains(value, "j.label", "j.message")


async def _dress(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row.update(told(row))
        row["due_at"] = row["due_at"] if row["state"] == states.WAITING else None


def told(row: dict[str, Any]) -> dict[str, Any]:
    """With target, state and answer in words."""
    look = states.LOOKS[row["state"]]
    said = " ".join(
        x
        for x in (
            row["code"] if row["code"] not in ("0", "250") else "",
            _(row["said"]) if row["said"] else "",
        )
        if x
    )
    return {
        **row,
        "by": _(jobs.TARGETS.get(row["target"]) or row["target"]),
        "pill": (_(look.label), look.kind),
        "answered": said,
    }


JOBS = ListPage(
    nothing=N_("What goes out to other systems is told here"),
    name="integration-jobs", title=N_("Integration jobs"), path="/integration-jobs", id_column="j.id",
    listing=Listing(
        "j.id, j.target, j.label, j.state, j.tries, j.code, j.said, j.made_at, j.due_at, j.ended_at, j.version", "integration_jobs j",
        {"made_at": ("j.id",), "due_at": ("j.due_at", "j.id")}, "-made_at",
    ),
    columns=(
        Column("label", N_("What"), "code", sub="by", below=N_("System")), Column("pill", N_("State"), "pill"),
        Column("answered", N_("Answer"), phone="full"), Column("tries", N_("Tries"), "number", low=True),
        Column("made_at", N_("Made at"), "moment", sort="made_at"), Column("due_at", N_("Next try"), "moment", sort="due_at", low=True),
    ),
    filters=(
        Filter("about", N_("About"), _about, kind="text"),
        Filter("state", N_("State"), lambda v: Condition("j.state = {}", (v,)) if v in states.LOOKS else None,
               tuple((s, look.label) for s, look in states.LOOKS.items())),
        Filter("target", N_("By which way"), lambda v: Condition("j.target = {}", (v,)) if v in jobs.TARGETS else None,
               tuple(jobs.TARGETS.items())),
        Filter("from", N_("From day"), from_day("j.made_at", moments=True), kind="date"),
        Filter("until", N_("To day"), until_day("j.made_at", moments=True), kind="date"),
    ),
    views=(
        View("all", N_("All"), {}),
        View("trouble", N_("To look at"), {"state": "failed"}, (Condition("j.state = 'failed'"),)),
        View("unknown", N_("Without an answer"), {"state": "unknown"}, (Condition("j.state = 'unknown'"),)),
        View("waiting", N_("To be sent"), {"state": "waiting"}, (Condition("j.state = 'waiting'"),)),
    ),
    href=lambda row: f"/integration-jobs/{row['id']}", dress=_dress,
    actions=({"label": N_("Channels"), "href": "/channels", "icon": "cog", "permission": "integrations:channel:edit"},),
)  # fmt: skip
