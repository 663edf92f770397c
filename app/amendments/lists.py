"""The list of what customers want changed."""

from typing import Any

from app.amendments import states
from app.amendments.change_requests import SOURCE, seen_by
from app.core.conditions import Condition
from app.core.paging import Listing
from app.core.words import N_, _
from app.web.lists import Column, Filter, ListPage, View


async def _dress(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        look = states.LOOKS[row["state"]]
        row["look"] = (_(look.label), look.kind)


CHANGE_REQUESTS = ListPage(
    nothing=N_("A confirmed order is changed from its page, or when its customer sends the file again"),
    origin={"label": N_("Sales orders"), "href": "/orders", "permission": "sales:order:see"},
    name="change-requests", title=N_("Change requests"), path="/change-requests", id_column="r.id",
    listing=Listing(
        "r.id, r.number, r.state, r.points, r.asked_at, r.note, r.version, o.number as order_number, c.code as customer_code,"
        " c.name as customer, coalesce(i.number, '') as inbound_number, coalesce(i.file_name, '') as file_name",
        SOURCE, {"asked_at": ("r.asked_at", "r.id"), "number": ("r.number",)}, "-asked_at",
    ),
    columns=(
        Column("number", N_("Change request"), "code", sort="number", sub="file_name", below=N_("File")),
        Column("order_number", N_("Sales order"), sub="customer", below=N_("Customer"), phone="full"),
        Column("points", N_("Points"), "number"),
        Column("look", N_("State"), "pill"),
        Column("asked_at", N_("Came in"), "moment", sort="asked_at"),
    ),
    filters=(
        Filter("state", N_("State"), lambda v: Condition("r.state = {}", (v,)) if v in states.LOOKS else None,
               tuple((s, look.label) for s, look in states.LOOKS.items())),
        Filter("order", N_("Sales order"), lambda v: Condition("o.number = {}", (v.replace("\x00", "")[:40],)), kind="text"),
    ),
    views=(
        View("open", N_("To be decided"), {"state": "open"}, (Condition("r.state = 'open'"),)),
        View("all", N_("All"), {}),
    ),
    visible=seen_by, href=lambda row: f"/change-requests/{row['number']}", dress=_dress,
)  # fmt: skip
