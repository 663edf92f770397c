"""A line wanted in several deliveries: what each was written as, and on the order the day of the next one."""

from piccolo.columns import Date, Varchar

from app.core.migrations import add_column


async def forwards() -> None:
    await add_column("delivery_schedules", "entered", Varchar(length=40))
    await add_column("sales_orders", "next_due", Date(null=True, default=None))
