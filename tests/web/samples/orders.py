"""Orders in every state, what waits for somebody about them, and what customers sent."""

from app.approvals import deciding, delegations, editing
from app.approvals.delegations import NewDelegation
from app.approvals.editing import NewRule, NewStep
from app.approvals.tables import ApprovalRequest
from app.core import clock, db
from app.core.db import commit
from app.documents import attachments
from app.intake import cleaning, inbound, learning
from app.intake.sources import records_in
from app.portal import links
from app.sales import orders, rates
from app.sales.orders import NewLine, NewOrder
from tests.stories import thread
from tests.web.hostile import MARK
from tests.web.samples.frameworks import framed
from tests.web.samples.money import paid
from tests.web.samples.offers import offered
from tests.world import World


async def sold(world: World) -> None:
    order, _note = await thread.delivered(world, remark=MARK)
    await paid(world)
    line = NewLine(
        item="FB-M10X45-88D", quantity="10", unit="千支", unit_price="200", price_unit="千支", remark=MARK
    )
    draft = NewOrder(
        customer="HENGLI", lines=[line], due_date=clock.today(), customer_order_number=MARK, remark=MARK
    )
    await commit(orders.create, draft, by=world.xiaolan)
    rule = NewRule(name=MARK, command="sales_order.confirm", steps=[NewStep(who=["role:boss"])])
    await commit(editing.write, rule, by=world.admin)
    held = await commit(orders.confirm, (await thread.ordered(world)).number, by=world.xiaolan)
    assert isinstance(held.value, ApprovalRequest)
    await commit(deciding.reject, held.value.number, MARK, by=world.chenzong)
    await commit(orders.confirm, (await thread.ordered(world)).number, by=world.xiaolan)
    await offered(world)
    await framed(world)
    await db.rows("update approval_rules set active = {}", False)
    away = NewDelegation(
        giver="chenzong", taker="liuyang", begins=clock.today(), ends=clock.today(), note=MARK
    )
    await commit(delegations.make, away, by=world.admin)
    await commit(links.make, order.number, 30, True, by=world.xiaolan)
    await commit(rates.write, "USD", clock.today(), "7.12", by=world.xiaolan)
    for number in (MARK, f"{MARK}2"):
        sheet = f"订单号,{number}\n物料,数量,单位,单价\nHL-25-8841,5,千支,268\n".encode()
        await commit(
            inbound.receive, await records_in("a.csv", sheet), "file", f"{MARK}.csv", sheet, by=world.xiaolan
        )
    await commit(learning.teach, world.hengli.id, {(learning.UNIT, MARK): "千件"}, by=world.xiaolan)
    clean = cleaning.NewRule(name=MARK, field="remark", kind="replace", pattern=MARK)
    await commit(cleaning.write, clean, by=world.xiaolan)
    await commit(
        attachments.attach,
        f"{MARK}.svg",
        b"<svg onload='alert(1)'/>",
        ("sales_order", order.id),
        by=world.xiaolan,
    )
