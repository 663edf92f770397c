"""The list of sales orders: page, export and API read it from here."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.core import clock, db
from app.core.conditions import Condition, whose
from app.core.keeping import kept
from app.core.paging import Listing
from app.core.quantities import Quantity, Weight
from app.core.text import digits
from app.core.words import N_, _
from app.people.actors import Actor
from app.sales import conditions, permissions, progress
from app.sales.echo import in_base, short
from app.sales.states import CLOSED, CONFIRMED, DRAFT, SUBMITTED
from app.web.filters import from_day, until_day
from app.web.lists import Column, Filter, ListPage, View

AT_ONCE = 500
"""Rows of an export that are dressed together."""

LISTING = Listing(
    select=(
        "o.id, o.number, o.customer_order_number, o.customer_name, o.first_item, o.line_count, o.state, o.currency, o.gross,"
        " o.gross_cny, o.due_date, o.next_due, o.promised_date, o.projected_date, o.order_date, o.delivered_on, o.delivered_q, o.ordered_q,"
        " o.open_lines, o.version, (select c.code from customers c where c.id = o.customer) as customer,"
        " (select p.name from people p where p.id = o.salesperson) as salesperson,"
        f" {conditions.STAGE} as stage"
    ),
    source="sales_orders o",
    sorts={
        "number": ("o.id",),
        "due_date": ("o.due_date", "o.id"),
        "amount": ("o.gross_cny", "o.id"),
    },
    default_sort="-number",
)


async def dress(rows: list[dict[str, Any]]) -> None:
    """Give each row its first line's quantity, its progress and how its due date stands."""
    for start in range(0, len(rows), AT_ONCE):
        await _dress(rows[start : start + AT_ONCE])


async def _dress(rows: list[dict[str, Any]]) -> None:
    ids = [row["id"] for row in rows]
    firsts, made = await _first_lines(ids), await progress.made_percent(ids)
    today = clock.today()
    for row in rows:
        first = firsts.get(row["id"])
        row["quantity"] = short(first["entered"], first["unit"], first["unit_label"]) if first else ""
        row["more"] = _more(row, first)
        row["pill"] = conditions.STAGE_LOOKS[row["stage"]].pill
        row["percent"] = percent_of(row, made.get(row["id"], 0))
        row["due"], row["due_kind"] = _expected(row, *due_of(row, today))
        row["item"] = item_said(row)


def item_said(row: Mapping[str, Any]) -> str:
    """What the row is about: its first line, and that there are others."""
    return _("%(item)s and others", item=row["first_item"]) if row["line_count"] > 1 else row["first_item"]


async def _first_lines(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    if not ids:
        return {}
    marks = ", ".join(["{}"] * len(ids))
    found = await db.rows(
        'select l."order" as order_id, l.entered, l.unit, l.quantity_q, i.base_unit, i.unit_label, i.weight_micro,'
        f' i.weight_pieces from (select "order", min(line_no) as line_no from sales_order_lines where "order" in ({marks})'
        ' group by "order") f join sales_order_lines l on l."order" = f."order" and l.line_no = f.line_no'
        " join items i on i.id = l.item",
        *ids,
    )
    return {row["order_id"]: row for row in found}


def _more(row: dict[str, Any], first: dict[str, Any] | None) -> str:
    """Under the quantity: how many lines, or what the one line is in pieces and kilograms."""
    if row["line_count"] > 1:
        return _("%(n)s lines in all", n=row["line_count"])
    if first is None:
        return ""
    weight = Weight(first["weight_micro"], first["weight_pieces"])
    return in_base(
        Quantity(first["quantity_q"], first["base_unit"]), first["unit_label"] or first["base_unit"], weight
    )


def percent_of(row: dict[str, Any], made: int) -> int:
    """Hundredths done: what is delivered, or what the floor has made if that is more."""
    if row["state"] not in (CONFIRMED, CLOSED):
        return 0
    gone = row["delivered_q"] * 100 // row["ordered_q"] if row["ordered_q"] else 0
    return 100 if row["open_lines"] == 0 else min(99, max(gone, made))


def due_of(row: dict[str, Any], today: date) -> tuple[str, str]:
    """Under the due date: how many days are left, in red when fewer than seven; whether it was kept. Of an order in several
    deliveries the next one counts, and after all of them the last."""
    due = row["next_due"] or row["due_date"]
    if row["delivered_on"] is not None:
        late = (row["delivered_on"] - due).days
        return (_("%(n)s days late", n=late), "bad") if late > 0 else (_("on time"), "ok")
    is_open = row["state"] in (DRAFT, SUBMITTED, CONFIRMED) and row["open_lines"] > 0
    said, kind = conditions.days_left(due, today) if is_open else ("", "")
    if said and due != row["due_date"]:
        said = _("next delivery %(day)s, %(left)s", day=f"{due:%m-%d}", left=said)
    return said, kind


def _expected(row: dict[str, Any], due: str, kind: str) -> tuple[str, str]:
    """Under the due date: what planning expects, where that is later and not yet the plain truth."""
    behind = conditions.days_behind(row)
    if not behind or row["due_date"] < clock.today():
        return due, kind
    said = _("%(n)s days late expected", n=behind)
    return (f"{due} · {said}", kind) if kind == "bad" else (said, "warn")


def salesperson_filter(value: str) -> Condition | None:
    person = digits(value)
    return (
        None if person is None else Condition("o.salesperson = {}", (person,), few=None, along="o.due_date")
    )


@kept
async def salespeople() -> list[tuple[str, str]]:
    found = await db.rows(
        "select distinct p.id, p.name from people p join users u on u.person = p.id"
        ' join user_roles ur on ur."user" = u.id join grants g on g.role = ur.role'
        " where u.active and g.permission = {} order by p.name limit 100",
        permissions.CREATE.code,
    )
    return [(str(row["id"]), row["name"]) for row in found]


WHOSE = (
    Filter("customer", N_("Customer"), whose("o.customer", "customers", "code", "name"), kind="text"),
    Filter("salesperson", N_("Salesperson"), salesperson_filter, salespeople),
)
STATE_CHOICES = (
    ("draft", N_("Draft")), ("submitted", N_("To be confirmed")), ("waiting", N_("Waiting for approval")),
    ("in_progress", N_("In progress")), ("in_production", N_("In production")), ("made", N_("Ready to deliver")),
    ("partly_delivered", N_("Partly delivered")), ("delivered", N_("Delivered")), ("invoiced", N_("Billed")),
    ("paid", N_("Paid")), ("due_soon", N_("Due within 7 days")), ("late", N_("Overdue")), ("closed", N_("Closed")),
    ("cancelled", N_("Cancelled")),
)  # fmt: skip

ORDERS = ListPage(
    nothing=N_("Drop a customer's file into Intake, or write the order yourself"),
    name="sales_orders",
    title=N_("Sales orders"),
    path="/orders",
    listing=LISTING,
    columns=(
        Column("number", N_("Order"), "code", sort="number", sub="customer_order_number", below=N_("Customer's order number")),
        Column("customer_name", N_("Customer and product"), sub="item", below=N_("Product"), phone="full"),
        Column("quantity", N_("Quantity"), "measure", sub="more", below=N_("In all"), phone="hide"),
        Column("gross", N_("Amount"), "amount", sort="amount", sub="gross_cny", below=N_("Amount in CNY"), unit="currency", low=True, phone="hide"),
        Column("pill", N_("State"), "pill", phone="start"),
        Column("percent", N_("Progress"), "progress", tone="due_kind", low=True, phone="hide"),
        Column("due_date", N_("Due date"), "due", sort="due_date", sub="due", below=N_("Days left"), tone="due_kind", phone="end"),
        Column("salesperson", N_("Salesperson"), low=True, phone="hide"),
        Column("order_date", N_("Order date"), "day", shown=False),
        Column("promised_date", N_("Our date"), "day", shown=False),
        Column("projected_date", N_("Expected"), "day", shown=False),
        Column("line_count", N_("Number of lines"), "number", shown=False),
        Column("customer", N_("Customer's code"), shown=False),
    ),
    href=lambda row: f"/orders/{row['number']}",
    filters=(
        Filter("state", N_("State"), lambda value: conditions.by_name(value, clock.today()), STATE_CHOICES),
        Filter("due_from", N_("Due from"), from_day("o.due_date"), kind="date"),
        Filter("due_to", N_("Due until"), until_day("o.due_date"), kind="date"),
        *WHOSE,
    ),
    search_kind="sales_order",
    id_column="o.id",
    custom="sales_order",
    key_column="o.number",
    adds="gross_cny",
    placeholder=N_("Number, customer, product; pinyin initials work"),
    visible=conditions.visible_to,
    dress=dress,
    actions=(
        {"label": N_("New order"), "href": "/orders/new", "look": "pri", "icon": "plus", "key": "C",
         "permission": permissions.CREATE.code},
    ),
)  # fmt: skip


def orders_for(by: Actor) -> ListPage:
    """The list with the columns this person may see and the views of this person and day."""
    today, mine = clock.today(), Condition("o.salesperson = {}", (by.person_id or 0,))
    views = (
        View("all", N_("All"), {}, ()),
        View("in_progress", N_("In progress"), _open("in_progress"), (conditions.IN_PROGRESS,)),
        View("due_soon", N_("Due within 7 days"), _open("due_soon"), (conditions.due_soon(today),)),
        View("late", N_("Overdue"), _open("late"), (conditions.late(today),)),
        View("mine", N_("Mine"), {**_open("in_progress"), "salesperson": str(by.person_id or 0)},
             (conditions.IN_PROGRESS, mine)),
        View("waiting", N_("Waiting for approval"), {"state": "waiting"}, (conditions.WAITING_FOR_APPROVAL,)),
    )  # fmt: skip
    priced = by.may(permissions.PRICE)
    columns = tuple(column for column in ORDERS.columns if priced or column.kind != "amount")
    return replace(ORDERS, views=views, columns=columns, adds="gross_cny" if priced else "")


def _open(state: str) -> dict[str, str]:
    return {"state": state, "sort": "due_date"}
