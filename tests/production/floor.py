"""A work order on the floor, for tests: 5,000 bolts over heading, rolling and packing."""

from typing import Any

from app.core import db
from app.production import operations, work_orders
from app.production.tables import WorkOrder, WorkOrderOperation
from tests.sales import sample
from tests.world import World


async def made(world: World, **more: Any) -> WorkOrder:
    """Made for a confirmed order of 5 千支."""
    order = await sample.confirmed(world, **more)
    return (await db.commit(work_orders.make_for_order, order.number, by=world.liuyang)).value[0]


async def released(world: World, **more: Any) -> WorkOrder:
    work_order = await made(world, **more)
    await db.commit(work_orders.release, work_order.number, by=world.liuyang)
    return await fresh(work_order)


async def fresh(work_order: WorkOrder) -> WorkOrder:
    found = await WorkOrder.objects().get(WorkOrder.id == work_order.id)
    assert found is not None
    return found


async def steps(work_order: WorkOrder) -> list[WorkOrderOperation]:
    return (
        await WorkOrderOperation.objects()
        .where(WorkOrderOperation.work_order == work_order.id)
        .order_by(WorkOrderOperation.seq)
    )


async def report(
    world: World, work_order: WorkOrder, seq: int, good: str | None, unit: str = "件", **more: Any
) -> operations.Booked:
    return (
        await db.commit(operations.report, f"{work_order.number}/{seq}", good, unit, by=world.jianguo, **more)
    ).value


async def through(world: World, work_order: WorkOrder, good: str = "5000") -> None:
    """Start and report every operation."""
    for step in await steps(work_order):
        await db.commit(operations.start, step.id, by=world.jianguo)
        await report(world, work_order, step.seq, good)


async def exceptions() -> list[str]:
    return [
        r["kind"]
        for r in await db.rows("select kind from production_exceptions where state <> 'resolved' order by id")
    ]


async def agrees() -> None:
    """Everything kept equals what it is kept from."""
    from app.core import recounts

    assert [r for r in await recounts.run() if r.differences] == []
