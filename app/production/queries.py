"""Reads of one work order that its page, its traveller and the API share."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core import db
from app.core.quantities import Weight
from app.core.rows import gathered
from app.people.seeing import Seen
from app.production import conditions
from app.production.permissions import SEE
from app.production.tables import WorkOrder

find = Seen(WorkOrder, WorkOrder.number, "w", SEE, conditions.visible_to).find


async def steps(work_order_id: int) -> list[dict[str, Any]]:
    """Operations in order of the route, with planned and real machine and their team."""
    return (await steps_of([work_order_id]))[work_order_id]


async def steps_of(work_orders: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
    """The same of many, by the id of their work order."""
    found = await db.rows(
        "select o.*, c.name as center, c.code as center_code, m.name as planned_machine, m.code as planned_code,"
        " r.name as real_machine, r.code as real_code from work_order_operations o"
        " join work_centers c on c.id = o.work_center left join machines m on m.id = o.machine"
        " left join machines r on r.id = o.runs_on where {} order by o.work_order, o.seq",
        db.any_of("o.work_order", work_orders),
    )
    return gathered(found, "work_order")


async def reports(work_order_id: int, limit: int = 60) -> list[dict[str, Any]]:
    """Reports of a work order, newest first; `undone` when another took it back, `scrap` its reasons in words."""
    rows = await db.rows(
        "select t.*, o.seq, o.name as operation_name, p.name as person_name, m.name as machine_name,"
        " (select u.id from operation_reports u where u.reverses = t.id) as undone from operation_reports t"
        " join work_order_operations o on o.id = t.operation left join people p on p.id = t.person"
        " left join machines m on m.id = t.machine where o.work_order = {} order by t.id desc limit {}",
        work_order_id, limit,
    )  # fmt: skip
    ids = [row["id"] for row in rows]
    scrap = await db.rows(
        f"select report, reason, quantity_q, entered, unit from reported_scrap where {db.any_of('report', ids).template} order by id",
        *ids,
    )
    for row in rows:
        row["scrap"] = [s for s in scrap if s["report"] == row["id"]]
    return rows


async def orders_of(work_order_id: int) -> list[dict[str, Any]]:
    """The order lines a work order is made for, with how much of each."""
    return (await orders_of_many([work_order_id]))[work_order_id]


async def orders_of_many(work_orders: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
    """The same of many, by the id of their work order."""
    found = await db.rows(
        "select d.supply_id as work_order, o.number, o.customer_name, o.customer_order_number, o.due_date, l.line_no,"
        " l.customer_item, l.drawing_revision, d.quantity_q from demands d join sales_order_lines l on l.id = d.demand_id"
        ' join sales_orders o on o.id = l."order"'
        " where d.supply_kind = 'work_order' and {} and d.demand_kind = 'sales_order_line' order by o.number, l.line_no",
        db.any_of("d.supply_id", work_orders),
    )
    return gathered(found, "work_order")


async def first_line_of(work_order_id: int) -> dict[str, Any] | None:
    """What custom fields of the first order it is made for, and of its line, hold."""
    return await db.one(
        "select o.custom as sales_order, l.custom as sales_order_line from demands d"
        ' join sales_order_lines l on l.id = d.demand_id join sales_orders o on o.id = l."order"'
        " where d.supply_kind = 'work_order' and d.supply_id = {} and d.demand_kind = 'sales_order_line'"
        " order by o.number, l.line_no limit 1",
        work_order_id,
    )


async def exceptions_of(work_order_id: int) -> list[dict[str, Any]]:
    """Exceptions of a work order that are not resolved."""
    return await db.rows(
        "select e.number, e.kind, e.state, e.note, e.raised_at, o.name as operation from production_exceptions e"
        " join work_order_operations o on o.id = e.operation where o.work_order = {} and e.state <> 'resolved' order by e.id",
        work_order_id,
    )


async def receipts_of(work_order_id: int) -> list[dict[str, Any]]:
    """Receipts into stock that stand, newest first: posting, quantity, bin, lot."""
    return await db.rows(
        "select p.number, p.happened_at, v.quantity_q, b.code as bin, l.number as lot from stock_postings p"
        " join stock_moves v on v.posting = p.id join bins b on b.id = v.to_bin join lots l on l.id = v.lot"
        " where p.source_kind = 'work_order' and p.source_id = {} and p.why = 'produce'"
        " and not exists (select 1 from stock_postings r where r.reverses = p.id) order by p.id desc",
        work_order_id,
    )


async def machines_for(work_order_id: int) -> list[dict[str, Any]]:
    """Machines in use that can do any of its operations: id, code, name, work_center."""
    return await db.rows(
        "select m.id, m.code, m.name, m.work_center from machines m where m.active and m.work_center in"
        " (select o.work_center from work_order_operations o where o.work_order = {}) order by m.code",
        work_order_id,
    )


def weight_of(step: dict[str, Any]) -> Weight:
    return Weight(step["weight_micro"], step["weight_pieces"])
