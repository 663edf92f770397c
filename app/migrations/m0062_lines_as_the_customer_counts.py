"""A point of a change request names its line as the customer's file does, where that counts its lines."""

from piccolo.columns import Varchar

from app.core.migrations import add_column


async def forwards() -> None:
    await add_column("change_points", "their_line", Varchar(length=20, default=""))
