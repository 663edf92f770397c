"""Making the tables: straight from their classes for tests and demos; migrations do the same step by step."""

from app.core import house
from app.core.db import DB


def statements() -> list[str]:
    """The DDL of the whole house, tables first, then the indexes that stand beside them."""
    from app.piccolo_app import all_tables

    tables = [ddl for table in all_tables() for ddl in table.create_table(if_not_exists=False).ddl]
    indexes = [text for module in house.modules("tables") for text in getattr(module, "INDEXES", ())]
    only = [
        text
        for module in house.modules("tables")
        for text in getattr(module, "ONLY_ON", {}).get(DB.engine_type, ())
    ]
    return tables + indexes + only


async def create_all() -> None:
    async with DB.transaction():
        for text in statements():
            await DB.run_ddl(text)
