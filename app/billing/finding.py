"""The words that receivables are found by: their number, the order's, the customer's and that of the old system."""

from collections.abc import Sequence

from app.core import db, search


async def index(ids: Sequence[int]) -> None:
    """Part of the verb that makes or changes them."""
    for start in range(0, len(ids), 500):
        rows = await db.rows(
            "select r.id, r.number, r.reference, o.number as order_number, o.customer_order_number, c.code, c.name, c.short_name"
            ' from receivables r join customers c on c.id = r.customer left join sales_orders o on o.id = r."order" where {}',
            db.any_of("r.id", list(ids[start : start + 500])),
        )
        words = {row.pop("id"): list(row.values()) for row in rows}
        await search.index_many("receivable", words)
