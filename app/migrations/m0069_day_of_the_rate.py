"""An order knows of which day the rate is at which it was weighed and confirmed; none where it brought its own."""

from piccolo.columns import Date

from app.core.migrations import add_column


async def forwards() -> None:
    await add_column("sales_orders", "rate_day", Date(null=True, default=None))
