"""Planting: an empty house becomes the demo factory."""

from app.core import db

async def plant() -> None:
    from app.upkeep.keys import first_administrator
    await first_administrator()

async def logins_to_show() -> list[str]:
    return []

async def demo(orders: int) -> int:
    return 0
