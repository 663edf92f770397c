"""What is late or due soon is counted by the day of the next delivery, from an index."""

from app.core.migrations import run


async def forwards() -> None:
    await run(
        "create index sales_orders_next_due on sales_orders (coalesce(next_due, due_date), id)"
        " where delivered_on is null"
    )
