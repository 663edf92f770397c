"""The audit log: every event of the house as one list."""

from typing import Any

from app.core.conditions import Condition
from app.core.paging import Listing
from app.core.words import N_
from app.events import kinds
from app.events.log import kinds_of_event, label_of, told
from app.web.filters import from_day, until_day
from app.web.lists import Column, Filter, ListPage
from app.web.render import in_words

SUBJECTS: dict[str, tuple[str, str, str]] = {
    "sales_order": ("sales_orders", "number", "/orders/{}"),
    "inquiry": ("inquiries", "number", "/inquiries/{}"),
    "quotation": ("quotations", "number", "/quotations/{}"),
    "framework_order": ("framework_orders", "number", "/framework-orders/{}"),
    "work_order": ("work_orders", "number", "/work-orders/{}"),
    "operation": ("work_order_operations", "name", ""),
    "delivery_note": ("delivery_notes", "number", "/delivery-notes/{}"),
    "receivable": ("receivables", "number", "/receivables/{}"),
    "receipt": ("receipts", "number", "/receipts/{}"),
    "inbound_order": ("inbound_orders", "number", "/intake/{}"),
    "change_request": ("change_requests", "number", "/change-requests/{}"),
    "cleaning_rule": ("cleaning_rules", "name", ""),
    "schedule": ("schedules", "number", "/schedules/{}"),
    "approval": ("approval_requests", "number", "/inbox/{}"),
    "production_exception": ("production_exceptions", "number", "/production-exceptions/{}"),
    "posting": ("stock_postings", "number", "/stock/postings/{}"),
    "customer": ("customers", "code", "/customers/{}"),
    "supplier": ("suppliers", "code", "/suppliers/{}"),
    "item": ("items", "code", "/items/{}"),
    "machine": ("machines", "code", "/machines/{}"),
    "lot": ("lots", "number", ""),
    "bin": ("bins", "code", "/bins/{}"),
    "person": ("people", "code", "/people/{}"),
    "user": ("users", "login", "/users/{}"),
    "role": ("roles", "code", "/roles/{}"),
    "device": ("devices", "code", "/devices/{}"),
    "custom_field": ("custom_fields", "key", ""),
    "alert": ("alerts", "label", ""),
    "integration_job": ("integration_jobs", "label", ""),
}
"""Kind of subject → its table, the column people know it by, and its page."""


def _clean(value: str) -> str:
    return value.strip().replace("\x00", "")[:80]


def _about(value: str) -> Condition:
    """Events linked to whatever carries this number, code or login."""
    things = " union all ".join(
        f"select '{kind}' as kind, id from {table} where {column} = {{}}"
        for kind, (table, column, _href) in SUBJECTS.items()
    )
    sql = (
        f"e.id in (select l.event from ({things}) thing cross join event_links l"
        " where l.kind = thing.kind and l.subject_id = thing.id)"
    )
    return Condition(sql, (_clean(value),) * len(SUBJECTS), few=None)


def _begins(value: str) -> Condition:
    """`sales_order.` or `sales_order.confirmed`."""
    text = _clean(value).lower()
    return (
        Condition("e.name >= {} and e.name < {}", (text, text + "\uffff"), few=None)
        if text
        else Condition("1 = 1")
    )


async def _kinds() -> list[tuple[str, str]]:
    """The kinds of events there are, by their words."""
    names = {name.partition(".")[0] for name in kinds_of_event()}
    return sorted(((f"{name}.", kinds.in_words(name)) for name in names), key=lambda pair: pair[1])


async def _dress(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row.update(told(row))
        row["kind"] = kinds.in_words(row["name"])
        row["changed"] = "；".join(
            f"{label_of(n)}: {in_words(b) or '—'} → {in_words(a) or '—'}" for n, b, a in row["diff"]
        )


EVENTS = ListPage(
    name="audit", title=N_("Audit log"), path="/audit", id_column="e.id",
    listing=Listing(
        "e.id, e.name, e.facts, e.actor, e.happened_at, e.recorded_at, coalesce(d.name, '') as device",
        "events e left join devices d on d.id = e.device", {"when": ("e.happened_at", "e.id")}, "-when",
    ),
    columns=(
        Column("happened_at", N_("Happened"), "moment", sort="when"), Column("actor", N_("Who"), sub="device", below=N_("Device")),
        Column("sentence", N_("What happened"), sub="changed", below=N_("Before and after"), phone="full"),
        Column("kind", N_("Kind"), low=True),
        Column("name", N_("Name for programs"), shown=False),
    ),
    filters=(
        Filter("about", N_("About"), _about, kind="text"),
        Filter("actor", N_("Who"), lambda v: Condition("e.actor = {}", (_clean(v),), few=None, along="e.happened_at"), kind="text"),
        Filter("name", N_("Kind"), _begins, _kinds),
        Filter("from", N_("From day"), from_day("e.happened_at", moments=True), kind="date"),
        Filter("until", N_("To day"), until_day("e.happened_at", moments=True), kind="date"),
    ),
    href=lambda row: f"/audit/{row['id']}", dress=_dress,
    actions=({"label": N_("Map of the house"), "href": "/_map", "icon": "map"},),
)  # fmt: skip
