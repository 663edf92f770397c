"""What is late or due soon is found in a list's order from the index alone: at first each such order was read to be sorted.

SQLite reads only the index where it holds the columns of its expression too.
"""

from app.core.migrations import run


async def forwards() -> None:
    await run(
        "drop index sales_orders_next_due",
        "create index sales_orders_next_due on sales_orders"
        " (coalesce(next_due, due_date), id, due_date, gross_cny, state, open_lines, next_due)"
        " where delivered_on is null",
    )
