"""The thread as verbs: each step of one order's life as a function, so that stories and other tests begin where they like."""

from datetime import date, timedelta
from typing import Any

from app.core import clock, db
from app.core.db import commit
from app.delivery import notes, picking
from app.delivery.tables import DeliveryNote
from app.production import operations, receipts, reports, work_orders
from app.production.tables import WorkOrder
from app.sales import orders
from app.sales.orders import NewLine, NewOrder
from app.sales.tables import SalesOrder
from tasks import events
from tests.world import World


async def ordered(
    world: World,
    quantity: str = "120",
    unit: str = "千支",
    price: str = "268.60",
    due: date | None = None,
    **more: Any,
) -> SalesOrder:
    """晓岚 writes an order of 恒立 for the bolt: ¥32,232.00 unless told otherwise."""
    line = NewLine(
        customer_item="HL-25-8841", quantity=quantity, unit=unit, unit_price=price, price_unit="千支"
    )
    new = NewOrder(customer="HENGLI", lines=[line], due_date=due or clock.today() + timedelta(days=10),
                   customer_order_number="PO-8841", **more)  # fmt: skip
    return (await commit(orders.create, new, by=world.xiaolan)).value


async def confirmed(world: World, **more: Any) -> SalesOrder:
    order = await ordered(world, **more)
    return (await commit(orders.confirm, order.number, by=world.xiaolan)).value


async def released(world: World, order: SalesOrder) -> WorkOrder:
    """刘洋 makes the work order and gives it to the floor."""
    made = (await commit(work_orders.make_for_order, order.number, by=world.liuyang)).value
    return (await commit(work_orders.release, made[0].number, by=world.liuyang)).value


async def made(world: World, work_order: WorkOrder, good: str = "120", unit: str = "千件") -> None:
    """建国 reports every operation."""
    steps = await db.rows(
        "select seq from work_order_operations where work_order = {} order by seq", work_order.id
    )
    for step in steps:
        name = f"{work_order.number}/{step['seq']}"
        await commit(operations.start, name, by=world.jianguo)
        await commit(reports.report, name, good, unit, by=world.jianguo)


async def stored(world: World, work_order: WorkOrder, milli: int = 120_000_000) -> None:
    """秀英 puts the goods into the first bin."""
    await commit(receipts.receive, work_order.number, milli, world.bins["A-01-01"].id, by=world.xiuying)


async def picked(world: World, order: SalesOrder, milli: int | None = None) -> DeliveryNote:
    """秀英 writes a delivery note and picks all of it from the first bin."""
    note = (await commit(notes.create, order.number, by=world.xiuying)).value
    lot = await db.value(
        "select lot from stock_balances where bin = {} and quantity_q > 0", world.bins["A-01-01"].id
    )
    await commit(picking.pick, note.number, 1, lot, world.bins["A-01-01"].id, milli, by=world.xiuying)
    return note


async def posted(world: World, order: SalesOrder, milli: int | None = None) -> DeliveryNote:
    note = await picked(world, order, milli)
    done = (await commit(notes.post, note.number, by=world.xiuying)).value
    await events.settle()
    return done


async def delivered(world: World, **more: Any) -> tuple[SalesOrder, DeliveryNote]:
    """An order all the way to the posted delivery note and its receivable."""
    order = await confirmed(world, **more)
    work_order = await released(world, order)
    await made(world, work_order)
    await stored(world, work_order)
    return order, await posted(world, order)
