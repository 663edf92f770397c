"""A change request: the file of an order in force, sent again with other things in it."""

from app.core import clock
from app.core.db import commit
from app.intake import inbound
from app.intake.sources import records_in
from app.sales import orders
from app.sales.orders import NewLine, NewOrder
from tests.web.hostile import MARK
from tests.world import World


async def asked_otherwise(world: World) -> None:
    """The customer wants more of the bolt at another price, and a part that we do not know."""
    line = NewLine(item="FB-M10X45-88D", quantity="5", unit="千支", unit_price="268", price_unit="千支")
    new = NewOrder(customer="HENGLI", lines=[line], due_date=clock.today(), customer_order_number="PO-AGAIN")
    order = (await commit(orders.create, new, by=world.xiaolan)).value
    await commit(orders.confirm, order.number, by=world.xiaolan)
    sheet = f"订单号,PO-AGAIN\n客户料号,数量,单位,单价\nHL-25-8841,6,千支,250\n{MARK},1,千支,1\n".encode()
    records = await records_in("again.csv", sheet)
    [taken] = (await commit(inbound.receive, records, "file", f"{MARK}.csv", sheet, by=world.xiaolan)).value
    await commit(inbound.compare, taken.number, "HENGLI", "PO-AGAIN", by=world.xiaolan)
