"""The lists of work orders and of exceptions: page, export and API read them from here."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.core import clock, db
from app.core.conditions import Condition, whose
from app.core.paging import Listing
from app.core.words import N_, Word, _
from app.people.actors import Actor
from app.production import conditions, reasons, states
from app.sales.conditions import days_left
from app.web.lists import Column, Filter, ListPage, View

WORK_ORDER_LISTING = Listing(
    select=(
        "w.id, w.number, w.state, w.quantity_q, w.done_q, w.scrap_q, w.received_q, w.due_date, w.version, i.code as item,"
        " i.name as item_name, i.spec, i.base_unit, i.unit_label"
    ),
    source="work_orders w left join items i on i.id = w.item",
    sorts={"number": ("w.id",), "due_date": ("w.due_date", "w.id")},
    default_sort="-number",
)


async def dress_work_orders(rows: list[dict[str, Any]]) -> None:
    """Give each row its product, its pill, for whom it is, what it is at, and how its due date stands."""
    ids = [row["id"] for row in rows]
    wanted, at, made = await _orders(ids), await _current(ids), await _made(ids)
    for row in rows:
        row["pill"] = states.LOOKS[row["state"]].pill
        row["product"] = f"{row['item_name']} {row['spec']}".strip()
        row["unit"] = row["unit_label"] or row["base_unit"]
        row["order"] = wanted.get(row["id"]) or _("for stock")
        row["current"], row["machine"] = at.get(row["id"], ("", ""))
        row["percent"] = 100 if row["state"] == states.DONE else min(99, made.get(row["id"], 0))
        is_open = row["state"] not in (states.DONE, states.CANCELLED)
        row["due_note"], row["due_kind"] = days_left(row["due_date"], clock.today()) if is_open else ("", "")


async def _orders(ids: Sequence[int]) -> dict[int, str]:
    """Work order → customer and number of the orders it is made for."""
    found = await db.rows(
        "select distinct d.supply_id, o.number, o.customer_name from demands d join sales_order_lines l on l.id = d.demand_id"
        " join sales_orders o on o.id = l.\"order\" where d.supply_kind = 'work_order' and d.demand_kind = 'sales_order_line'"
        f" and {db.any_of('d.supply_id', ids).template} order by o.number",
        *ids,
    )
    told: dict[int, str] = {}
    for row in found:
        said = f"{row['customer_name']} {row['number']}"
        told[row["supply_id"]] = (
            f"{told[row['supply_id']]}、{row['number']}" if row["supply_id"] in told else said
        )
    return told


async def _made(ids: Sequence[int]) -> dict[int, int]:
    """Work order → how much of all its operations is done, in hundredths."""
    found = await db.rows(
        "select w.id, cast(sum(case when o.good_q > w.quantity_q then w.quantity_q else o.good_q end) as bigint) as good,"
        " cast(sum(w.quantity_q) as bigint) as wanted from work_orders w join work_order_operations o on o.work_order = w.id"
        f" where {db.any_of('w.id', ids).template} group by w.id",
        *ids,
    )
    return {row["id"]: int(row["good"] * 100 // row["wanted"]) if row["wanted"] else 0 for row in found}


async def _current(ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Work order → the operation it is at (the one that runs, else the first not done) and its machine."""
    found = await db.rows(
        "select o.work_order, o.name, o.state, m.name as machine from work_order_operations o"
        " left join machines m on m.id = coalesce(o.runs_on, o.machine)"
        f" where o.state <> 'done' and {db.any_of('o.work_order', ids).template} order by o.seq desc",
        *ids,
    )
    current: dict[int, tuple[str, str]] = {}
    for last in (False, True):  # what runs or pauses wins over the first that waits
        for row in found:
            if (row["state"] in (states.RUNNING, states.PAUSED)) == last:
                current[row["work_order"]] = (row["name"], row["machine"] or "")
    return current


def _state(value: str) -> Condition | None:
    named = {
        "open": conditions.OPEN, "started": conditions.STARTED, "to_receive": conditions.TO_RECEIVE,
        "not_planned": conditions.NOT_PLANNED, "late": conditions.late(clock.today()), "exception": conditions.WITH_EXCEPTION,
    }  # fmt: skip
    if value in named:
        return named[value]
    return (
        Condition("w.state = {}", (value,), few=value != states.DONE or None, along="w.due_date")
        if value in states.LOOKS
        else None
    )


STATE_CHOICES: tuple[tuple[str, Word], ...] = (
    *((state, look.label) for state, look in states.LOOKS.items()),
    ("open", N_("Not finished")), ("started", N_("Started")), ("not_planned", N_("Not planned yet")), ("to_receive", N_("To put into stock")),
    ("late", N_("Overdue")), ("exception", N_("With exceptions")),
)  # fmt: skip

WORK_ORDERS = ListPage(
    name="work_orders",
    nothing=N_("A confirmed order gets its work orders on its page"),
    origin={"label": N_("Sales orders"), "href": "/orders?state=in_progress", "permission": "sales:order:see"},
    title=N_("Work orders"),
    path="/work-orders",
    listing=WORK_ORDER_LISTING,
    columns=(
        Column("number", N_("Work order"), "code", sort="number", sub="order", below=N_("Sales order")),
        Column("product", N_("Product"), sub="item", below=N_("Item"), phone="full"),
        Column("quantity_q", N_("Quantity"), "quantity", unit="unit"),
        Column("current", N_("Operation"), sub="machine", below=N_("Machine"), phone="hide"),
        Column("percent", N_("Progress"), "progress", low=True, phone="full"),
        Column("received_q", N_("In stock"), "quantity", low=True, phone="hide"),
        Column("pill", N_("State"), "pill"),
        Column("due_date", N_("Due date"), "due", sort="due_date", sub="due_note", below=N_("Days left"), tone="due_kind"),
        Column("scrap_q", N_("Scrap"), "quantity", shown=False),
    ),
    href=lambda row: f"/work-orders/{row['number']}",
    filters=(
        Filter("state", N_("State"), _state, STATE_CHOICES),
        Filter("item", N_("Item"), whose("w.item", "items", "code", "name", "spec"), kind="text"),
    ),
    search_kind="work_order",
    id_column="w.id",
    key_column="w.number",
    placeholder=N_("Number, item, customer, order"),
    visible=conditions.visible_to,
    dress=dress_work_orders,
)  # fmt: skip


def work_orders_for(by: Actor) -> ListPage:
    """The list with the views of this day."""
    late = conditions.late(clock.today())
    views = (
        View("all", N_("All"), {}),
        View("open", N_("Not finished"), {"state": "open", "sort": "due_date"}, (conditions.OPEN,)),
        View("not_planned", N_("Not planned yet"), {"state": "not_planned", "sort": "due_date"}, (conditions.NOT_PLANNED,)),
        View("to_receive", N_("To put into stock"), {"state": "to_receive"}, (conditions.TO_RECEIVE,)),
        View("late", N_("Overdue"), {"state": "late", "sort": "due_date"}, (late,)),
    )  # fmt: skip
    return replace(WORK_ORDERS, views=views)


EXCEPTION_LISTING = Listing(
    select=(
        "e.id, e.number, e.kind, e.state, e.note, e.solution, e.raised_at, e.acknowledged_at, e.acknowledged_by, e.resolved_at,"
        " e.resolved_by, e.version, o.seq, o.name as operation, w.number as work_order, m.name as machine, m.code as machine_code,"
        " p.name as person"
    ),
    source=(
        "production_exceptions e left join work_order_operations o on o.id = e.operation"
        " left join work_orders w on w.id = o.work_order left join machines m on m.id = e.machine"
        " left join people p on p.id = e.person"
    ),
    sorts={"number": ("e.id",)},
    default_sort="-number",
)


async def dress_exceptions(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["pill"], row["what"] = (
            states.EXCEPTION_LOOKS[row["state"]].pill,
            _(reasons.EXCEPTIONS[row["kind"]]),
        )
        row["where"] = (
            f"{row['work_order']} {row['operation']}" if row["work_order"] else row["machine"] or "—"
        )
        row["who"] = row["resolved_by"] or row["acknowledged_by"] or ""
        row["solution"] = _(row["solution"]) if row["solution"] else ""  # the house solves some itself
        row["said"], row["at"] = (
            row["solution"] or row["note"] or row["number"],
            row["machine"] if row["work_order"] else "",
        )


def _exception_state(value: str) -> Condition | None:
    if value == "unresolved":
        return Condition("e.state <> 'resolved'")
    return Condition("e.state = {}", (value,)) if value in states.EXCEPTION_LOOKS else None


EXCEPTIONS = ListPage(
    name="production_exceptions",
    nothing=N_("What the floor reports on the tablet comes here"),
    title=N_("Exceptions"),
    path="/production-exceptions",
    listing=EXCEPTION_LISTING,
    columns=(
        Column("what", N_("What"), "code", sub="said", below=N_("Note"), phone="full"),
        Column("where", N_("Where"), sub="at", below=N_("Machine")),
        Column("person", N_("Who"), low=True, phone="hide"),
        Column("raised_at", N_("Time"), "moment", sort="number"),
        Column("pill", N_("State"), "pill", sub="who", below=N_("Solved by")),
        Column("number", N_("Number"), shown=False),
    ),
    href=lambda row: f"/production-exceptions/{row['number']}",
    filters=(
        Filter("state", N_("State"), _exception_state, (("unresolved", N_("Not resolved")),
               *((state, look.label) for state, look in states.EXCEPTION_LOOKS.items()))),
        Filter("kind", N_("What"), lambda value: Condition("e.kind = {}", (value[:30].replace("\x00", ""),)),
               tuple(reasons.EXCEPTIONS.items())),
    ),
    views=(
        View("unresolved", N_("Not resolved"), {"state": "unresolved"}, (Condition("e.state <> 'resolved'"),)),
        View("open", N_("Open"), {"state": "open"}, (Condition("e.state = 'open'"),)),
        View("all", N_("All"), {}),
    ),
    dress=dress_exceptions,
)  # fmt: skip
