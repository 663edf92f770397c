"""What a customer paid and nothing was matched with yet: asked by every page that shows the customer's credit."""

from app.core.migrations import add_index


async def forwards() -> None:
    await add_index(
        "receipts",
        "customer",
        "currency",
        name="receipts_unmatched",
        where="state = 'booked' and matched < amount",
    )
