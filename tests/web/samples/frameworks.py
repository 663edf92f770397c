"""Framework orders: a draft, a closed one, and one with plans, a change to decide, and an order."""

from datetime import timedelta

from app.core.db import commit
from app.frameworks import frameworks, ordering, plans
from app.frameworks.agreeing import NewFramework
from app.frameworks.calling import NewCallOff, NewPlan
from app.sales.orders import NewLine, NewOrder
from tests.web.hostile import MARK
from tests.world import TODAY, World


async def framed(world: World) -> None:
    """Framework orders full of marks: a draft, a closed one, and one with plans, a change to decide, and an order."""
    line = NewLine(
        item="FB-M10X45-88D",
        quantity="100",
        unit="千支",
        unit_price="200",
        price_unit="千支",
        remark=MARK,
        spec=MARK,
    )
    agreed = NewOrder(customer="HENGLI", lines=[line], customer_order_number=MARK, remark=MARK)
    new = NewFramework(agreed=agreed, valid_until=TODAY + timedelta(days=300))
    made = [(await commit(frameworks.write, new, by=world.xiaolan)).value.number for _n in range(3)]
    await commit(frameworks.close, made[0], MARK, by=world.xiaolan)
    await commit(frameworks.activate, made[2], by=world.xiaolan)
    near, far = TODAY + timedelta(days=5), TODAY + timedelta(days=50)
    for near_q, far_q in (("5", "20"), ("6", "20"), ("7", "25")):
        wanted = [NewCallOff(line=1, due_date=day, quantity=q) for day, q in ((near, near_q), (far, far_q))]
        await commit(plans.take, made[2], NewPlan(call_offs=wanted, reference=MARK), by=world.xiaolan)
        if near_q == "6":
            await commit(plans.decide, made[2], 3, False, MARK, by=world.xiaolan)
    await commit(ordering.order, made[2], [(1, far)], by=world.xiaolan)
