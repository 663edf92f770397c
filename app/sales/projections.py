"""When an order will be ready as far as planning knows today; kept on the order for lists and the customer's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.core import db
from app.sales.tables import SalesOrder


@dataclass(frozen=True)
class Projected:
    """An order whose projected day changed; None where nothing is planned."""

    order_id: int
    number: str
    customer: int
    due: date
    before: date | None
    after: date | None


async def project(days: Mapping[int, date | None]) -> list[Projected]:
    """Keep {order id: day its last goods will be ready}, called by planning's verb; the orders that changed."""
    changed = []
    for order_id in sorted(days):
        order = await SalesOrder.objects().where(SalesOrder.id == order_id).first()
        if order is None or order.projected_date == days[order_id]:
            continue
        await db.rows("update sales_orders set projected_date = {} where id = {}", days[order_id], order_id)
        changed.append(
            Projected(
                order_id, order.number, order.customer, order.due_date, order.projected_date, days[order_id]
            )
        )
    return changed
