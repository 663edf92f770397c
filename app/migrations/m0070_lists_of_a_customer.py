"""A customer's orders of one state, in any order of the list, are found from the index alone."""

from app.core.migrations import run


async def forwards() -> None:
    await run(
        "drop index sales_orders_customer_due",
        "create index sales_orders_customer_due on sales_orders (customer, due_date, id, gross_cny, state, open_lines)",
    )
