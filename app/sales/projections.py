"""When an order will be ready as far as planning knows today; kept on the order for lists and the customer's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.core import db


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
    orders = await db.rows(
        "select id, number, customer, due_date, projected_date from sales_orders where {} order by id",
        db.any_of("id", sorted(days)),
    )
    changed = [
        Projected(o["id"], o["number"], o["customer"], o["due_date"], o["projected_date"], days[o["id"]])
        for o in orders
        if o["projected_date"] != days[o["id"]]
    ]
    await db.update_many(
        "sales_orders", ("projected_date",), {each.order_id: (each.after,) for each in changed}
    )
    return changed
