"""The list of schedules."""

import json
from typing import Any

from app.core.conditions import Condition
from app.core.paging import Listing
from app.core.words import N_, _
from app.planning import states
from app.web.lists import Column, Filter, ListPage

LISTING = Listing(
    select=(
        "s.id, s.number, s.state, s.made_at, s.published_at, s.score, s.baseline, s.seconds_milli, s.version, p.name as made_by"
    ),
    source="schedules s left join users u on u.id = s.made_by left join people p on p.id = u.person",
    sorts={"number": ("s.id",)},
    default_sort="-number",
)


async def dress(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["pill"] = states.LOOKS[row["state"]].pill
        score, baseline = json.loads(row["score"]), json.loads(row["baseline"])
        row["on_time"] = f"{score['on_time']}%" if score else "—"
        row["compared"] = _("by due date alone %(n)s%%", n=baseline["on_time"]) if baseline else ""
        row["late"] = score.get("late") if score else None
        row["jobs"] = score.get("jobs") if score else None


SCHEDULES = ListPage(
    name="schedules",
    nothing=N_("Released work orders are set on the machines with the button above"),
    origin={"label": N_("Work orders"), "href": "/work-orders", "permission": "production:work_order:see"},
    title=N_("Schedules"),
    path="/schedules",
    listing=LISTING,
    columns=(
        Column("number", N_("Schedule"), "code", sort="number"),
        Column("pill", N_("State"), "pill"),
        Column("on_time", N_("On time"), sub="compared", below=N_("By due date alone")),
        Column("jobs", N_("Work orders"), "number"),
        Column("late", N_("Late"), "number"),
        Column("made_at", N_("Made"), "moment", sub="made_by", below=N_("Made by")),
        Column("published_at", N_("Published"), "moment", phone="hide"),
    ),
    href=lambda row: f"/schedules/{row['number']}",
    filters=(
        Filter(
            "state", N_("State"), lambda value: Condition("s.state = {}", (value,)) if value in states.LOOKS else None,
            tuple((state, look.label) for state, look in states.LOOKS.items()),
        ),
    ),
    dress=dress,
    template="planning/schedule/list.html",
)  # fmt: skip
