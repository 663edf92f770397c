"""Rows written by columns: ids given here, defaults from the table's class, thousands of rows at a time."""

from collections.abc import Sequence
from typing import Any

from app.core import db
from app.core.columns import Table
from app.core.db import DB
from app.core.engines import PooledPostgresEngine

CHUNK = 5000


class Sheaf:
    """Rows of one table that wait to be written. The house must be alone: ids continue after the highest."""

    def __init__(self, table: type[Table]) -> None:
        self.name = table._meta.tablename
        columns = [c for c in table._meta.columns if c._meta.name != "id"]
        self.columns = ["id", *(c._meta.name for c in columns)]
        self.defaults = {
            c._meta.name: None
            if c._meta.null or callable(c._meta.params.get("default"))
            else c.get_default_value()
            for c in columns
        }
        self.rows: list[tuple[Any, ...]] = []
        self.next_id = 0

    async def begin(self) -> "Sheaf":
        self.next_id = int(await db.value(f"select coalesce(max(id), 0) from {self.name}")) + 1
        return self

    def add(self, **values: Any) -> int:
        """One row more; its id."""
        id_ = self.next_id
        self.next_id += 1
        self.rows.append((id_, *[values.get(name, default) for name, default in self.defaults.items()]))
        assert values.keys() <= self.defaults.keys(), values.keys() - self.defaults.keys()
        return id_

    def put(self, *values: Any) -> None:
        """One row more, with every column in order: for tables of millions of rows."""
        self.rows.append((self.next_id, *values))
        self.next_id += 1

    async def write(self) -> None:
        """Write what waits, inside the current transaction."""
        rows, self.rows = self.rows, []
        await copy(self.name, self.columns, rows)

    async def end(self) -> None:
        """Let the database go on counting where we stopped."""
        if db.on_postgres():
            await db.rows(
                f"select setval(pg_get_serial_sequence('{self.name}', 'id'), coalesce((select max(id) from {self.name}), 1))"
            )


async def copy(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""
    if isinstance(DB, PooledPostgresEngine):
        current = DB.current_transaction.get()
        assert current is not None
        await current.connection.copy_records_to_table(table, records=rows, columns=list(columns))
        return
    quoted = [f'"{c}"' for c in columns]
    for start in range(0, len(rows), CHUNK):
        await db.write_many(table, quoted, rows[start : start + CHUNK])
