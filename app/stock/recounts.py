"""What stock keeps, counted again."""

from typing import Any

from app.stock import ledger


async def balances() -> list[dict[str, Any]]:
    """Balances against the sum of the moves."""
    return await ledger.recount()
