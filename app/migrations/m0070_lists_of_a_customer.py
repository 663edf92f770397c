"""A customer's orders of one state, in any order of the list, are found from the index alone; so is what is not billed yet."""

from app.core.migrations import run


async def forwards() -> None:
    await run(
        "drop index sales_orders_customer_due",
        "create index sales_orders_customer_due on sales_orders (customer, due_date, id, gross_cny, state, open_lines)",
        "drop index sales_orders_unbilled",
        "create index sales_orders_unbilled on sales_orders (customer, currency, rate_micro, gross, invoiced, open_lines)"
        " where state = 'confirmed' and invoiced < gross",
    )
