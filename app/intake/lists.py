"""The list of what came in."""

from typing import Any

from app.core.conditions import Condition, whose
from app.core.paging import Listing
from app.core.words import N_, Word, _
from app.intake import states
from app.web.filters import from_day, until_day
from app.web.lists import Column, Filter, ListPage, View

CHANNEL_WORDS: dict[str, Word] = {
    "file": N_("File"), "paste": N_("Pasted text"), "mail": N_("Mail"), "api": N_("Program"), "direct": N_("By hand"),
}  # fmt: skip


async def _dress(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        look = states.LOOKS[row["state"]]
        doubts = row["state"] == states.NEW and row["doubts"]
        row["look"] = (_("%(n)s to check", n=row["doubts"]), "warn") if doubts else (_(look.label), look.kind)
        row["channel"] = _(CHANNEL_WORDS.get(row["channel"], Word(row["channel"])))
        row["took"] = _("%(n)s s", n=row["seconds"]) if row["state"] == states.ACCEPTED else ""


INBOUND = ListPage(
    name="inbound-orders", title=N_("Intake"), path="/intake",
    nothing=N_("Drop a customer's file above, or paste the text"), id_column="i.id", template="intake/index.html",
    listing=Listing(
        "i.id, i.number, i.state, i.channel, i.file_name, i.customer_order_number, i.doubts, i.received_at, i.seconds, i.touches,"
        " coalesce(c.name, '') as customer, coalesce(o.number, '') as order_number",
        "inbound_orders i left join customers c on c.id = i.customer left join sales_orders o on o.id = i.sales_order",
        {"received_at": ("i.received_at", "i.id"), "number": ("i.number",)}, "-received_at",
    ),
    columns=(
        Column("number", N_("Inbound order"), "code", sort="number", sub="file_name", below=N_("File")),
        Column("customer", N_("Customer"), sub="customer_order_number", below=N_("Customer's order number"), phone="full"),
        Column("channel", N_("How it came"), low=True),
        Column("look", N_("State"), "pill"),
        Column("order_number", N_("Sales order"), sub="took", below=N_("Time taken")),
        Column("received_at", N_("Came in"), "moment", sort="received_at"),
    ),
    filters=(
        Filter("state", N_("State"), lambda v: Condition("i.state = {}", (v,), few=None, along="i.received_at") if v in states.LOOKS else None,
               tuple((s, look.label) for s, look in states.LOOKS.items())),
        Filter("customer", N_("Customer"), whose("i.customer", "customers", "code", "name", "short_name"), kind="text"),
        Filter("number", N_("Customer's number"), lambda v: Condition("i.customer_order_number = {}", (v[:80],), few=True), kind="text"),
        Filter("channel", N_("How it came"), lambda v: Condition("i.channel = {}", (v,), few=None) if v in CHANNEL_WORDS else None,
               tuple(CHANNEL_WORDS.items())),
        Filter("from", N_("From day"), from_day("i.received_at", moments=True), kind="date"),
        Filter("until", N_("To day"), until_day("i.received_at", moments=True), kind="date"),
    ),
    views=(
        View("all", N_("All"), {}),
        View("new", N_("To be checked"), {"state": "new"}, (Condition("i.state = 'new'"),)),
        View("accepted", N_("Became orders"), {"state": "accepted"}),
    ),
    href=lambda row: f"/intake/{row['number']}", dress=_dress,
)  # fmt: skip
