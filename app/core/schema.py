"""Making the tables: straight from their classes for tests and demos; migrations do the same step by step."""

from app.core import db, house
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


async def empty_all() -> None:
    """Empty every table (tests on PostgreSQL)."""
    from app.piccolo_app import all_tables

    assert db.on_postgres()
    names = ", ".join(f'"{t._meta.tablename}"' for t in all_tables())
    await DB.run_ddl(f"truncate {names} restart identity cascade")
