"""Who asks and has not bought yet is kept apart from customers; and who sends quotations may book that one is accepted."""

from piccolo.columns import Boolean

from app.core.migrations import add_column
from app.migrations.m0030_quotations import grant


async def forwards() -> None:
    await add_column("customers", "prospect", Boolean(default=False))
    await grant({"sales:order:create": ("boss",)})
