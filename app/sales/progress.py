"""How far an order is, read from what production, delivery and billing keep about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core import clock, db
from app.core.words import N_, Word, _
from app.sales.conditions import days_behind
from app.sales.states import CLOSED, CONFIRMED, DRAFT, SUBMITTED
from app.sales.tables import SalesOrder

ORDER = '"order"'
PEGS = (
    " join demands d on d.demand_kind = 'sales_order_line' and d.demand_id = l.id"
    " and d.supply_kind = 'work_order' join work_orders w on w.id = d.supply_id and w.state <> 'cancelled'"
)
PEGGED = f" from sales_order_lines l{PEGS}"
STAGES: tuple[tuple[str, Word], ...] = (
    ("taken", N_("Taken")), ("confirmed", N_("Confirmation")), ("planned", N_("Planning")),
    ("prepared", N_("Preparation")), ("produced", N_("Production")), ("stored", N_("Into stock")),
    ("delivered", N_("Delivery")), ("paid", N_("Payment")),
)  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One of the eight stages: state is done, now, risk or '' (still to come)."""

    key: str
    label: str
    state: str
    note: str = ""
    percent: int = 0


@dataclass(frozen=True)
class Life:
    """The eight stages of an order, and the one it is at."""

    stages: Sequence[Stage]

    @property
    def at(self) -> int:
        """The index of the stage it is at; the last one when all is done."""
        return next(
            (i for i, s in enumerate(self.stages) if s.state in ("now", "risk")), len(self.stages) - 1
        )

    @property
    def percent(self) -> int:
        """All in all, in hundredths: each stage counts the same."""
        return sum(100 if s.state == "done" else s.percent for s in self.stages) // len(self.stages)


async def made_percent(order_ids: Sequence[int]) -> dict[int, int]:
    """Of each order with work orders, how much of all its operations is done, in hundredths."""
    if not order_ids:
        return {}
    # The few lines first: a planner that sees few demands would go through every line there ever was.
    rows = await db.rows(
        f'with lines as materialized (select id, "order" from sales_order_lines where {db.any_of(ORDER, order_ids).template})'
        ' select l."order" as order_id, cast(sum(case when o.good_q > w.quantity_q then w.quantity_q else o.good_q end)'
        f" as bigint) as good, cast(sum(w.quantity_q) as bigint) as wanted from lines l{PEGS}"
        ' join work_order_operations o on o.work_order = w.id group by l."order"',
        *order_ids,
    )
    return {row["order_id"]: int(row["good"] * 100 // row["wanted"]) if row["wanted"] else 0 for row in rows}


async def work_orders(order_id: int) -> list[dict[str, Any]]:
    """The order's work orders with their operations under `operations`, and the line each is for."""
    found = await db.rows(
        "select distinct w.id, w.number, w.state, w.quantity_q, w.done_q, w.scrap_q, w.received_q, w.due_date,"
        " w.released_at, l.line_no, l.id as line, i.code as item, i.name as item_name, i.spec, i.unit_label, i.base_unit"
        f'{PEGGED} join items i on i.id = w.item where l."order" = {{}} order by l.line_no, w.id',
        order_id,
    )
    ids = list({w["id"] for w in found})
    if not ids:
        return []
    marks = ", ".join(["{}"] * len(ids))
    operations = await db.rows(
        "select o.work_order, o.seq, o.name, o.state, o.good_q, o.scrap_q, o.planned_start, o.planned_end, m.name as machine"
        f" from work_order_operations o left join machines m on m.id = o.machine where o.work_order in ({marks}) order by o.seq",
        *ids,
    )  # fmt: skip
    for work_order in found:
        work_order["operations"] = [o for o in operations if o["work_order"] == work_order["id"]]
        work_order["percent"] = _percent(work_order)
        work_order["current"] = next((o for o in work_order["operations"] if o["state"] != "done"), None)
    return found


def _percent(work_order: dict[str, Any]) -> int:
    steps, wanted = work_order["operations"], work_order["quantity_q"]
    return (
        sum(min(o["good_q"], wanted) for o in steps) * 100 // (wanted * len(steps)) if steps and wanted else 0
    )


async def made_by(lines: Sequence[int]) -> dict[int, str]:
    """The number of a work order that makes a line, by its id, of those that one makes."""
    found = await db.rows(
        f"select l.id, min(w.number) as number{PEGGED} where {{}} group by l.id", db.any_of("l.id", lines)
    )
    return {row["id"]: row["number"] for row in found}


async def is_made(order_id: int) -> bool:
    """Whether a work order of it is not done."""
    return bool(
        await db.value(f"select 1{PEGGED} and w.state <> 'done' where l.\"order\" = {{}} limit 1", order_id)
    )


async def deliveries(order_id: int) -> list[dict[str, Any]]:
    """The order's delivery notes: number, state, days, quantity."""
    return await db.rows(
        "select n.id, n.number, n.state, n.planned_on, n.posted_on, n.posted_at, cast(sum(d.quantity_q) as bigint)"
        " as quantity_q, cast(sum(d.picked_q) as bigint) as picked_q from delivery_note_lines d"
        ' join sales_order_lines l on l.id = d.order_line join delivery_notes n on n.id = d.note where l."order" = {}'
        " group by n.id, n.number, n.state, n.planned_on, n.posted_on, n.posted_at order by n.id",
        order_id,
    )


async def receivables(order_id: int) -> list[dict[str, Any]]:
    """What is to be paid for the order and how much of it is matched, oldest first."""
    return await db.rows(
        "select number, currency, amount, matched, arose_on, due_on, reverses from receivables"
        ' where "order" = {} order by id',
        order_id,
    )


async def receipts(order_id: int) -> list[dict[str, Any]]:
    """Money matched with the order's receivables."""
    return await db.rows(
        "select r.number, r.received_on, r.method, r.reference, r.currency, a.amount, a.undone_at, v.number as receivable"
        " from receipt_allocations a join receipts r on r.id = a.receipt join receivables v on v.id = a.receivable"
        ' where v."order" = {} order by a.id',
        order_id,
    )


async def next_for(order_id: int) -> tuple[bool, bool]:
    """(whether a line waits for a work order, whether goods for an open line lie in the store)"""
    pegged = "(select coalesce(sum(d.quantity_q), 0) from demands d where d.demand_kind = 'sales_order_line' and d.demand_id = l.id)"
    held = (
        "exists (select 1 from stock_balances s join bins b on b.id = s.bin and b.kind = 'store'"
        " where s.item = l.item and s.quantity_q > 0)"
    )
    row = await db.one(
        f"select max(case when i.kind <> 'service' and l.quantity_q > {pegged} then 1 else 0 end) as uncovered,"
        f" max(case when {held} then 1 else 0 end) as in_store"
        ' from sales_order_lines l join items i on i.id = l.item where l."order" = {} and l.quantity_q > l.delivered_q',
        order_id,
    )
    assert row is not None
    return bool(row["uncovered"]), bool(row["in_store"])


async def life_of(order: SalesOrder, work: Sequence[dict[str, Any]] | None = None) -> Life:
    """The order's eight stages as they stand."""
    work = await work_orders(order.id) if work is None else work
    facts = _facts(order, work)
    reached = [facts[key][0] for key, _label in STAGES]
    last_done = max((i for i, done in enumerate(reached) if done), default=-1)
    running = order.state in (DRAFT, SUBMITTED, CONFIRMED)
    stages = []
    for i, (key, label) in enumerate(STAGES):
        done, note, percent = facts[key]
        state = "done" if done or i < last_done else ""
        stages.append(Stage(key, _(label), state, note, 100 if state else percent))
    at = next((i for i, s in enumerate(stages) if not s.state), None)
    if running and at is not None:
        here, late = stages[at], _late(order)
        stages[at] = Stage(
            here.key,
            here.label,
            "risk" if late else "now",
            " · ".join(filter(None, (here.note, late))),
            here.percent,
        )
    return Life(stages)


def _late(order: SalesOrder) -> str:
    """How late it is, or is expected to be."""
    if (
        order.state == CONFIRMED
        and order.delivered_on is None
        and order.open_lines
        and order.due_date < clock.today()
    ):
        return _("%(n)s days late", n=(clock.today() - order.due_date).days)
    behind = days_behind(dates_of(order))
    return _("%(n)s days late expected", n=behind) if behind else ""


def dates_of(order: SalesOrder) -> dict[str, Any]:
    """The days of an order and its state, as a row of the list has them."""
    return {
        name: getattr(order, name)
        for name in (
            "delivered_on",
            "due_date",
            "next_due",
            "promised_date",
            "projected_date",
            "state",
            "open_lines",
        )
    }


def _facts(order: SalesOrder, work: Sequence[dict[str, Any]]) -> dict[str, tuple[bool, str, int]]:
    """Of each stage: whether it is reached, what stands under it, and how much of it is done."""
    confirmed = order.state in (CONFIRMED, CLOSED)
    steps = [o for w in work for o in w["operations"]]
    planned = bool(steps) and all(o["planned_start"] for o in steps)
    begun = any(o["state"] not in ("waiting", "ready") for o in steps)
    released = bool(work) and all(w["released_at"] for w in work) and (planned or begun)
    percent = sum(w["percent"] for w in work) // len(work) if work else 0
    wanted = sum(w["quantity_q"] for w in work)
    stored = min(100, sum(w["received_q"] for w in work) * 100 // wanted) if wanted else 0
    delivered = confirmed and order.open_lines == 0
    gone = min(100, order.delivered_q * 100 // order.ordered_q) if order.ordered_q else 0
    paid = delivered and order.invoiced > 0 and order.received >= order.invoiced
    owed = min(99, order.received * 100 // order.invoiced) if order.invoiced else 0
    finished = bool(work) and all(w["state"] == "done" or w["percent"] >= 100 for w in work)
    return {
        "taken": (True, _day(clock.local(order.made_at)), 100),
        "confirmed": (confirmed, _day(clock.local(order.confirmed_at)) if order.confirmed_at else "", 0),
        "planned": (planned, _first(steps), 0),
        "prepared": (released, _("released") if released else "", 0),
        "produced": (finished, _running(work), percent),
        "stored": (stored >= 100, "", stored),
        "delivered": (delivered, _delivery(order), gone),
        "paid": (paid, "", owed),
    }


def _day(day: Any) -> str:
    return f"{day:%m-%d}"


def _delivery(order: SalesOrder) -> str:
    if order.delivered_on or not order.ordered_q:
        return _day(order.delivered_on) if order.delivered_on else ""
    return _("planned %(day)s", day=_day(order.promised_date or order.due_date))


def _first(steps: Sequence[dict[str, Any]]) -> str:
    starts = [o["planned_start"] for o in steps if o["planned_start"]]
    return _day(clock.local(min(starts))) if starts else ""


def _running(work: Sequence[dict[str, Any]]) -> str:
    """冷镦 1/6."""
    for each in work:
        if each["current"] is not None and each["state"] in ("released", "held"):
            steps = each["operations"]
            at = steps.index(each["current"]) + 1
            return f"{each['current']['name']} {at}/{len(steps)}"
    return ""
