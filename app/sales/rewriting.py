"""An amendment written into an order that stands."""

from collections.abc import Sequence

from app.core import clock, db
from app.events.log import Subject, record
from app.people.actors import Actor
from app.sales import events, schedules, told
from app.sales.amending import Amended, AmendedLine
from app.sales.keeping import recount
from app.sales.orders import about, told_of
from app.sales.states import CONFIRMED, SERVICE
from app.sales.tables import SalesOrder
from app.stock import demands
from app.stock.demands import ORDER_LINE


async def write(
    order: SalesOrder, amended: Amended, paper: str, reason: str, asked: Subject, *, by: Actor
) -> SalesOrder:
    """Make the order what the amendment says; `asked` is what asked for it, `paper` its number. The caller has the right."""
    before = await told_of(order)
    kept = [line for line in amended.lines if line.after]
    await db.update_many("sales_order_lines", ["entered", "quantity_q", "net", "tax", "gross"], {
        line.row["id"]: (line.entered[:40], line.milli, line.amount.net, line.amount.tax, line.amount.gross) for line in kept
    })  # fmt: skip
    await _write_deliveries(kept)
    await _leave_out([line.row["id"] for line in amended.lines if not line.after])
    await _write_head(order, amended)
    if kept:
        await schedules.fill([line.row["id"] for line in kept])
    await recount(order, clock.today(), by)
    subject, also = about(order)
    changes = told.changes(before, await told_of(order))
    await record(
        events.OrderAmended(
            subject=subject, also=(*also, asked), number=order.number, paper=paper, reason=reason, changes=changes
        ), by=by
    )  # fmt: skip
    return order


async def _write_deliveries(lines: Sequence[AmendedLine]) -> None:
    if lines:
        await db.rows(
            "delete from delivery_schedules where {}", db.any_of("line", [line.row["id"] for line in lines])
        )
    await db.write_many(
        "delivery_schedules", ("line", "seq", "entered", "quantity_q", "requested_date", "delivered_q"),
        [
            (line.row["id"], seq, each.entered if len(line.after) > 1 else "", each.milli, each.day, 0)
            for line in lines for seq, each in enumerate(line.after, 1)
        ],
    )  # fmt: skip


async def _leave_out(lines: Sequence[int]) -> None:
    if lines:
        await demands.release(ORDER_LINE, lines)
        await db.rows("delete from delivery_schedules where {}", db.any_of("line", lines))
        await db.rows("delete from sales_order_lines where {}", db.any_of("id", lines))


async def _write_head(order: SalesOrder, amended: Amended) -> None:
    sums = await db.one(
        "select cast(sum(l.net) as bigint) as net, cast(sum(l.tax) as bigint) as tax, cast(sum(l.gross) as bigint) as gross,"
        f" count(*) as line_count, cast(coalesce(sum(case when i.kind <> '{SERVICE}' then l.quantity_q end), 0) as bigint) as ordered_q"
        ' from sales_order_lines l join items i on i.id = l.item where l."order" = {}',
        order.id,
    )
    first = await db.one(
        "select i.name, i.spec from sales_order_lines l join items i on i.id = l.item where l.\"order\" = {} order by l.line_no limit 1",
        order.id,
    )  # fmt: skip
    assert sums is not None and first is not None
    head = {
        **sums, "gross_cny": amended.gross_cny, "due_date": amended.due_date,
        "promised_date": amended.promised_date if order.state == CONFIRMED else order.promised_date,
        "first_item": f"{first['name']} {first['spec']}".strip()[:200],
    }  # fmt: skip
    await SalesOrder.update(**head).where(SalesOrder.id == order.id)
    for name, value in head.items():
        setattr(order, name, value)
