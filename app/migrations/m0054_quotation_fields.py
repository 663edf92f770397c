"""Quotations keep custom fields and the deliveries of their lines; receivables are found by words."""

from piccolo.columns import Text

from app.core import db, search
from app.core.migrations import add_column

SOME = 500
_WORDS = (
    "select r.id, r.number, r.reference, o.number as order_number, o.customer_order_number, c.code, c.name, c.short_name"
    ' from receivables r join customers c on c.id = r.customer left join sales_orders o on o.id = r."order"'
    f" where r.id > {{}} order by r.id limit {SOME}"
)


async def forwards() -> None:
    await add_column("quotations", "custom", Text(default="{}"))
    await add_column("quotation_lines", "custom", Text(default="{}"))
    await add_column("quotation_lines", "schedules", Text(default="[]"))
    last = 0
    while rows := await db.rows(_WORDS, last):
        await search.index_many(
            "receivable", {row["id"]: [row[name] for name in row if name != "id"] for row in rows}
        )
        last = rows[-1]["id"]
