"""Work orders: made for what is not covered, released to the floor, held, cancelled; finished goods go into stock."""

from collections.abc import Sequence
from datetime import date

from app.catalog.tables import Item, RoutingOperation
from app.core import clock, db, search
from app.core import states as machine_of_states
from app.core.numbering import next_number
from app.core.quantities import shown
from app.core.refusals import NOT_POSITIVE, Refused
from app.core.rows import get, locked
from app.events.log import Subject, record
from app.people.actors import Actor
from app.production import events, states
from app.production.booking import Job, about_work_order, operations_of, settle
from app.production.permissions import PLAN
from app.production.receipts import receive, reverse_receipt
from app.production.refusals import HAS_REPORTS, HAS_STOCK, NO_ROUTING, NOTHING_TO_MAKE, ORDER_NOT_CONFIRMED
from app.production.tables import WorkOrder
from app.sales import gates
from app.sales.tables import SalesOrder
from app.stock import demands
from app.stock.demands import ORDER_LINE, WORK_ORDER

__all__ = ["cancel", "hold", "make", "make_for_order", "receive", "release", "resume", "reverse_receipt"]


async def make_for_order(number: str, *, release_now: bool = False, by: Actor) -> list[WorkOrder]:
    """One work order for each line of a sales order that is not covered yet, pegged to it. Refused when all are covered."""
    by.must(PLAN)
    order = await locked(SalesOrder, SalesOrder.number == number)
    if order.state != "confirmed":
        raise Refused(ORDER_NOT_CONFIRMED, order=number)
    made = []
    for line in await open_lines(order.id):
        item = await get(Item, Item.id == line["item"])
        wanted_by = line["requested_date"] or order.due_date
        made.append(
            await _make(item, line["open_q"], wanted_by, (ORDER_LINE, line["id"]), line["remark"], by=by)
        )
    if not made:
        raise Refused(NOTHING_TO_MAKE, order=number, by="、".join(await covered_by(order.id)) or "—")
    return [await release(w.number, by=by) for w in made] if release_now else made


async def open_lines(order_id: int) -> Sequence[dict]:
    """Lines of an order for which more is wanted than is pegged or delivered: id, item, open_q, requested_date, remark."""
    return await db.rows(
        "select l.id, l.item, l.remark, l.quantity_q - case when coalesce(d.q, 0) > l.delivered_q then coalesce(d.q, 0)"
        " else l.delivered_q end as open_q, s.requested_date from sales_order_lines l"
        " join items i on i.id = l.item and i.kind <> 'service'"
        " left join (select demand_id, cast(sum(quantity_q) as bigint) as q from demands where demand_kind = {}"
        " group by demand_id) d on d.demand_id = l.id"
        " left join delivery_schedules s on s.line = l.id"
        " and s.seq = (select min(first.seq) from delivery_schedules first where first.line = l.id"
        " and first.delivered_q < first.quantity_q)"
        ' where l."order" = {} and l.quantity_q > coalesce(d.q, 0) and l.quantity_q > l.delivered_q order by l.line_no',
        ORDER_LINE, order_id,
    )  # fmt: skip


async def covered_by(order_id: int) -> list[str]:
    """Numbers of the work orders that are pegged to an order."""
    found = await db.rows(
        "select distinct w.number from demands d join sales_order_lines l on l.id = d.demand_id join work_orders w on w.id = d.supply_id"
        ' where d.supply_kind = {} and d.demand_kind = {} and l."order" = {} order by w.number',
        WORK_ORDER, ORDER_LINE, order_id,
    )  # fmt: skip
    return [row["number"] for row in found]


async def make(item_id: int, quantity_q: int, due_date: date, remark: str = "", *, by: Actor) -> WorkOrder:
    """A work order for stock, without a demand."""
    by.must(PLAN)
    if quantity_q <= 0:
        raise Refused(NOT_POSITIVE, "quantity")
    return await _make(await get(Item, Item.id == item_id), quantity_q, due_date, None, remark, by=by)


async def _make(
    item: Item, quantity_q: int, due_date: date, demand: Subject | None, remark: str, *, by: Actor
) -> WorkOrder:
    steps = (
        await RoutingOperation.objects()
        .where(RoutingOperation.item == item.id)
        .order_by(RoutingOperation.seq)
    )
    if not steps:
        raise Refused(NO_ROUTING, "item", item=f"{item.code} {item.name}")
    work_order = WorkOrder(
        number=await next_number("WO"), item=item.id, state=states.DRAFT, quantity_q=quantity_q, due_date=due_date,
        made_at=clock.now(), remark=remark[:300],
    )  # fmt: skip
    await work_order.save()
    await _copy_routing(work_order.id, item, steps)
    if demand is not None:
        await demands.peg((WORK_ORDER, work_order.id), demand, quantity_q)
    about = await about_work_order(work_order)
    await _index(work_order, item, about)
    made = events.WorkOrderMade(
        subject=(WORK_ORDER, work_order.id), also=about, number=work_order.number, item=item.code, quantity=shown(quantity_q),
        unit=item.label,
    )  # fmt: skip
    await record(made, by=by)
    return work_order


async def _copy_routing(work_order_id: int, item: Item, steps: Sequence[RoutingOperation]) -> None:
    columns = (
        "work_order", "seq", "name", "state", "work_center", "setup_minutes", "run_seconds", "run_pieces", "setup_family",
        "report_by", "weight_micro", "weight_pieces", "good_q", "scrap_q", "reports", "closed", "version",
    )  # fmt: skip
    await db.write_many(
        "work_order_operations", columns,
        [(work_order_id, s.seq, s.name, states.WAITING, s.work_center, s.setup_minutes, s.run_seconds, s.run_pieces,
          item.setup_family, s.report_by, item.weight_micro, item.weight_pieces, 0, 0, 0, False, 1) for s in steps],
    )  # fmt: skip


async def _index(work_order: WorkOrder, item: Item, about: Sequence[Subject]) -> None:
    order_ids = [id_ for kind, id_ in about if kind == "sales_order"]
    orders = await db.rows(
        "select o.number, o.customer_name, o.customer_order_number from sales_orders o where {}",
        db.any_of("o.id", order_ids),
    )
    words = [word for o in orders for word in (o["number"], o["customer_name"], o["customer_order_number"])]
    await search.index(WORK_ORDER, work_order.id, work_order.number, item.code, item.name, item.spec, *words)


async def _job(number: str, version: int | None) -> Job:
    work_order = await locked(WorkOrder, WorkOrder.number == number, version=version)
    operations = await operations_of(work_order.id)
    return Job(work_order, operations, operations[0], await get(Item, Item.id == work_order.item))


async def release(number: str, *, by: Actor, version: int | None = None) -> WorkOrder:
    """Give it to the floor and to planning."""
    return await _move(number, "release", events.WorkOrderReleased, version, by=by)


async def hold(number: str, reason: str = "", *, by: Actor, version: int | None = None) -> WorkOrder:
    """Stop it for now: the floor sees it is held. What is reported all the same is booked and flagged."""
    return await _move(number, "hold", events.WorkOrderHeld, version, by=by, reason=reason[:200])


async def resume(number: str, *, by: Actor, version: int | None = None) -> WorkOrder:
    return await _move(number, "resume", events.WorkOrderResumed, version, by=by)


async def cancel(number: str, reason: str = "", *, by: Actor, version: int | None = None) -> WorkOrder:
    """Give it up and take its pegs back, so that the demand is open again. Refused while reports or stock stand on it."""
    by.must(PLAN)
    job = await _job(number, version)
    if job.work_order.received_q > 0:
        raise Refused(
            HAS_STOCK, number=number, quantity=f"{shown(job.work_order.received_q)} {job.item.label}"
        )
    if reports := sum(o.reports for o in job.operations):
        raise Refused(HAS_REPORTS, number=number, reports=reports)
    about = await about_work_order(job.work_order)
    await machine_of_states.move(job.work_order, states.MOVES, "cancel", states.LOOKS)
    await demands.unpeg((WORK_ORDER, job.work_order.id))
    await record(
        events.WorkOrderCancelled(
            subject=(WORK_ORDER, job.work_order.id), also=about, number=number, reason=reason[:200]
        ),
        by=by,
    )
    return job.work_order


async def _move(
    number: str,
    verb: str,
    event: type[events.WorkOrderEvent],
    version: int | None,
    *,
    by: Actor,
    **facts: str,
) -> WorkOrder:
    by.must(PLAN)
    job = await _job(number, version)
    await machine_of_states.move(job.work_order, states.MOVES, verb, states.LOOKS)
    now = clock.now()
    about = await about_work_order(job.work_order)
    if verb == "release":
        await gates.let_make((id_ for kind, id_ in about if kind == "sales_order"), by)
        job.work_order.released_at = now
        await db.rows("update work_orders set released_at = {} where id = {}", now, job.work_order.id)
    await record(event(subject=(WORK_ORDER, job.work_order.id), also=about, number=number, **facts), by=by)
    await settle(job, now, by=by)
    return job.work_order
