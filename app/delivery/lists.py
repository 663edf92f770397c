"""The list of delivery notes."""

from typing import Any

from app.core import db
from app.core.conditions import Condition, whose
from app.core.paging import Listing
from app.core.words import N_
from app.delivery import states
from app.web.filters import from_day, until_day
from app.web.lists import Column, Filter, ListPage, View


async def _dress(rows: list[dict[str, Any]]) -> None:
    ids = [row["id"] for row in rows]
    found = await db.rows(
        "select distinct n.note, o.number from delivery_note_lines n join sales_order_lines l on l.id = n.order_line"
        f' join sales_orders o on o.id = l."order" where {db.any_of("n.note", ids).template} order by o.number',
        *ids,
    )
    for row in rows:
        row["orders"] = ", ".join(each["number"] for each in found if each["note"] == row["id"])
        row["pill"] = states.LOOKS[row["state"]].pill
        row["progress"] = f"{row['picked_lines']}/{row['lines']}"


def _state(value: str) -> Condition | None:
    few = value != states.POSTED or None
    return Condition("d.state = {}", (value,), few, "d.planned_on") if value in states.LOOKS else None


_PICKED = "(select count(*) from delivery_note_lines n where n.note = d.id and n.picked_q >= n.quantity_q)"

NOTES = ListPage(
    name="delivery-notes",
    nothing=N_("An order whose goods are in stock gets its delivery note on its page"),
    origin={"label": N_("Sales orders"), "href": "/orders?state=made", "permission": "sales:order:see"},
    title=N_("Delivery notes"),
    path="/delivery-notes",
    search_kind="delivery_note",
    id_column="d.id",
    key_column="d.number",
    placeholder=N_("Number, order, customer"),
    listing=Listing(
        "d.id, d.number, d.state, d.planned_on, d.posted_on, d.version, c.code as customer_code, c.short_name, c.name as customer,"
        f" (select count(*) from delivery_note_lines n where n.note = d.id) as lines, {_PICKED} as picked_lines",
        "delivery_notes d left join customers c on c.id = d.customer",
        {"number": ("d.number",), "planned": ("d.planned_on", "d.id"), "id": ("d.id",)},
        "-id",
    ),
    columns=(
        Column("number", N_("Delivery note"), "code", sort="number", sub="orders", below=N_("Sales orders")),
        Column("customer", N_("Customer")),
        Column("planned_on", N_("Planned for"), "day", sort="planned"),
        Column("progress", N_("Lines picked")),
        Column("pill", N_("State"), "pill"),
        Column("posted_on", N_("Posted on"), "day"),
    ),
    filters=(
        Filter(
            "state", N_("State"), _state,
            tuple((state, look.label) for state, look in states.LOOKS.items()),
        ),
        Filter("customer", N_("Customer"), whose("d.customer", "customers", "code", "name"), kind="text"),
        Filter("from", N_("From day"), from_day("d.planned_on"), kind="date"),
        Filter("until", N_("To day"), until_day("d.planned_on"), kind="date"),
    ),
    views=(
        View("all", N_("All"), {}),
        View("open", N_("To be picked"), {"state": "draft"}, (Condition("d.state = 'draft'"),)),
        View("picking", N_("Being picked"), {"state": "picking"}, (Condition("d.state = 'picking'"),)),
        View("posted", N_("Posted"), {"state": "posted"}),
    ),
    href=lambda row: f"/delivery-notes/{row['number']}",
    dress=_dress,
)  # fmt: skip
