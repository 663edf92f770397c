"""The lists of money."""

from typing import Any

from app.billing import bill_states, states
from app.core import clock
from app.core.conditions import Condition, row_by_row, whose
from app.core.paging import Listing
from app.core.words import N_, _
from app.web.filters import until_day
from app.web.lists import Column, Filter, ListPage, View


def _state(value: str) -> Condition | None:
    due = row_by_row([Condition("r.amount > 0 and r.due_on < {}", (clock.today(),))])
    overdue = Condition(f"{states.OPEN.sql} and {due.sql}", due.args, few=True)
    return {"open": states.OPEN, "matched": states.MATCHED, "overdue": overdue}.get(value)


def _reference(value: str) -> Condition:
    """Only what was taken over has one."""
    return Condition("r.reference <> '' and r.reference = {}", (value[:80].replace("\x00", ""),), few=True)


async def _dress_receivables(rows: list[dict[str, Any]]) -> None:
    today = clock.today()
    for row in rows:
        left = row["amount"] - row["matched"]
        row["left"] = left
        if not row["amount"]:
            row["state"] = (_("Taken back"), "draft")
        elif not left:
            row["state"] = (_("Matched"), "ok")
        elif left < 0:
            row["state"] = (_("Credit note"), "chg")
        elif row["due_on"] < today:
            row["state"] = (_("Overdue %(n)s days", n=(today - row["due_on"]).days), "bad")
        else:
            row["state"] = (_("Partly matched"), "run") if row["matched"] else (_("Unpaid"), "todo")


RECEIVABLES = ListPage(
    nothing=N_("A delivery note that is posted makes its receivable"),
    origin={"label": N_("Delivery notes"), "href": "/delivery-notes", "permission": "delivery:note:see"},
    name="receivables", title=N_("Receivables"), path="/receivables", search_kind="receivable", id_column="r.id",
    listing=Listing(
        "r.id, r.number, r.reference, r.currency, r.amount, r.matched, r.arose_on, r.due_on, o.number as order_number,"
        " c.name as customer, coalesce(o.customer_order_number, r.reference) as customer_order_number",
        'receivables r left join sales_orders o on o.id = r."order" left join customers c on c.id = r.customer',
        {"due_on": ("r.due_on", "r.id"), "number": ("r.number",), "amount": ("r.amount", "r.id")}, "due_on",
    ),
    columns=(
        Column("number", N_("Receivable"), "code", sort="number"),
        Column("customer", N_("Customer"), sub="customer_order_number", below=N_("Customer's order number"), phone="full"),
        Column("order_number", N_("Sales order"), low=True, phone="full"),
        Column("amount", N_("Amount"), "amount", sort="amount", unit="currency"),
        Column("left", N_("Still open"), "amount"),
        Column("state", N_("State"), "pill"),
        Column("due_on", N_("Due"), "day", sort="due_on"),
    ),
    filters=(
        Filter("state", N_("State"), _state, (("open", N_("Unpaid")), ("overdue", N_("Overdue")), ("matched", N_("Matched")))),
        Filter("customer", N_("Customer"), whose("r.customer", "customers", "code", "name"), kind="text"),
        Filter("reference", N_("Number in the old system"), _reference, kind="text"),
    ),
    views=(
        View("all", N_("All"), {}), View("open", N_("Unpaid"), {"state": "open"}, (states.OPEN,)),
        View("overdue", N_("Overdue"), {"state": "overdue"}),
    ),
    href=lambda row: f"/receivables/{row['number']}", dress=_dress_receivables,
    placeholder=N_("Receivable, order, customer; pinyin initials work"),
)  # fmt: skip


async def _dress_receipts(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["left"] = row["amount"] - row["matched"] if row["state"] == states.BOOKED else 0
        row["method"] = _(METHOD_WORDS.get(row["method"], N_("Other")))
        if row["state"] == states.REVERSED:
            row["look"] = (_(states.LOOKS[states.REVERSED].label), "draft")
        else:
            row["look"] = (_("Matched"), "ok") if not row["left"] else (_("To match"), "todo")


METHOD_WORDS = {
    "transfer": N_("Bank transfer"),
    "bill": N_("Acceptance bill"),
    "cash": N_("Cash"),
    "other": N_("Other"),
}
RECEIPTS = ListPage(
    name="receipts", title=N_("Receipts"), path="/receipts", search_kind="receipt", id_column="c.id",
    listing=Listing(
        "c.id, c.number, c.currency, c.amount, c.matched, c.state, c.received_on, c.method, c.reference, k.name as customer",
        "receipts c left join customers k on k.id = c.customer",
        {"received_on": ("c.received_on", "c.id"), "number": ("c.number",), "amount": ("c.amount", "c.id")}, "-received_on",
    ),
    columns=(
        Column("number", N_("Receipt"), "code", sort="number"),
        Column("customer", N_("Customer"), phone="full"),
        Column("method", N_("How"), sub="reference", below=N_("Reference"), low=True, phone="full"),
        Column("amount", N_("Amount"), "amount", sort="amount", unit="currency"),
        Column("left", N_("Not matched"), "amount"),
        Column("look", N_("State"), "pill"),
        Column("received_on", N_("Received on"), "day", sort="received_on"),
    ),
    filters=(
        Filter("state", N_("State"), lambda v: {"open": states.NOT_MATCHED}.get(v), (("open", N_("To match")),)),
        Filter("customer", N_("Customer"), whose("c.customer", "customers", "code", "name"), kind="text"),
    ),
    views=(View("all", N_("All"), {}), View("open", N_("To match"), {"state": "open"}, (states.NOT_MATCHED,))),
    href=lambda row: f"/receipts/{row['number']}", dress=_dress_receipts,
    actions=({"label": N_("Enter receipt"), "href": "/receipts/new", "icon": "plus", "look": "pri", "key": "C",
              "permission": "billing:receipt:make"},),
)  # fmt: skip


async def _dress_bills(rows: list[dict]) -> None:  # type: ignore[type-arg]
    today = clock.today()
    for row in rows:
        look = bill_states.LOOKS[row["state"]]
        matured = row["state"] == bill_states.HELD and row["matures_on"] <= today
        row["look"] = (_("Matured"), "warn") if matured else (_(look.label), look.kind)


BILLS = ListPage(
    nothing=N_("The bills of the opening data stand here"),
    origin={"label": N_("Going live"), "href": "/opening", "permission": "opening:data:see"},
    name="bills", title=N_("Acceptance bills"), path="/bills", search_kind="bill", id_column="b.id",
    listing=Listing(
        "b.id, b.number, b.state, b.drawer, b.bank, b.amount, b.currency, b.matures_on, coalesce(c.name, '') as customer",
        "bills b left join customers c on c.id = b.customer",
        {"matures_on": ("b.matures_on", "b.id"), "number": ("b.number",), "amount": ("b.amount", "b.id")}, "matures_on",
    ),
    columns=(
        Column("number", N_("Bill number"), "code", sort="number"),
        Column("drawer", N_("Drawer"), sub="bank", below=N_("Bank")),
        Column("customer", N_("Came from")),
        Column("amount", N_("Amount"), "amount", sort="amount", unit="currency"),
        Column("matures_on", N_("Matures on"), "day", sort="matures_on"),
        Column("look", N_("State"), "pill"),
    ),
    filters=(
        Filter("state", N_("State"), lambda v: Condition("b.state = {}", (v,)), tuple((s, k.label) for s, k in bill_states.LOOKS.items())),
        Filter("customer", N_("Came from"), whose("b.customer", "customers", "code", "name"), kind="text"),
        Filter("until", N_("Matures until"), until_day("b.matures_on"), kind="date"),
    ),
    views=(View("all", N_("All"), {}), View("held", N_("In hand"), {"state": "held"}, (Condition("b.state = 'held'"),))),
    href=lambda row: f"/bills/{row['number']}", dress=_dress_bills, placeholder=N_("Bill number, drawer, bank"),
)  # fmt: skip
