"""Changing the tables of a house that is already full: one straight line of steps, the same on both engines.

A step is `app/migrations/mNNNN_name.py` with `async def forwards()`, written with the helpers below over
frozen copies of the tables. Each runs in one transaction with its DDL, so a failure leaves nothing behind.
"""

import importlib
import pkgutil
import re
from collections.abc import Awaitable, Callable

from piccolo.columns.base import Column
from piccolo.table import Table

from app.core import clock, db
from app.core.db import DB
from app.core.engines import OneWriterEngine

PACKAGE = "app.migrations"
_HISTORY = (
    "create table if not exists migrations"
    " (name varchar(80) primary key not null, ran_at timestamptz not null)"
)
_LOCK = 20261123
Step = tuple[str, Callable[[], Awaitable[None]]]


def steps() -> list[Step]:
    """Every step the code knows, in order."""
    package = importlib.import_module(PACKAGE)
    names = sorted(
        m.name for m in pkgutil.iter_modules(package.__path__) if re.fullmatch(r"m\d{4}_\w+", m.name)
    )
    return [(name, importlib.import_module(f"{PACKAGE}.{name}").forwards) for name in names]


async def migrate(line: list[Step] | None = None) -> list[str]:
    """Run the steps this house has not had yet; their names."""
    await DB.run_ddl(_HISTORY)
    return [name for name, forwards in (steps() if line is None else line) if await _run(name, forwards)]


async def _run(name: str, forwards: Callable[[], Awaitable[None]]) -> bool:
    if await db.value("select 1 from migrations where name = {}", name):
        return False
    await _foreign_keys("OFF")
    try:
        async with DB.transaction():
            if db.on_postgres():
                await db.rows(f"select pg_advisory_xact_lock({_LOCK})")
            if await db.value("select 1 from migrations where name = {}", name):
                return False
            await forwards()
            await _check_references()
            await db.rows("insert into migrations (name, ran_at) values ({}, {})", name, clock.real_now())
    finally:
        await _foreign_keys("ON")
    return True


async def _foreign_keys(state: str) -> None:
    """SQLite ignores this pragma inside a transaction, and DROP TABLE trips over references without it."""
    if isinstance(DB, OneWriterEngine):
        connection = await DB.acquire_writer()
        try:
            await connection.execute(f"PRAGMA foreign_keys={state}")
        finally:
            DB.release_writer()


async def _check_references() -> None:
    if not db.on_postgres() and (broken := await db.rows("pragma foreign_key_check")):
        raise RuntimeError(f"references broken by the migration: {broken[:3]}")


async def create_table(table: type[Table]) -> None:
    """The table of a frozen class, with its columns' indexes."""
    for ddl in table.create_table().ddl:
        await DB.run_ddl(ddl)


async def run(*statements: str, only_on: str = "") -> None:
    """DDL as text; `only_on` is `sqlite` or `postgres` for what the other engine does not understand."""
    if only_on in ("", DB.engine_type):
        for statement in statements:
            await DB.run_ddl(statement)


async def add_column(table: str, name: str, column: Column) -> None:
    """A new column. It must be nullable or have a constant default: rows are there already."""
    unique, column._meta.unique = column._meta.unique, False
    await DB.run_ddl(f'alter table "{table}" add column {definition(table, name, column)}')
    if unique:
        await add_unique(table, name)
    elif column._meta.index:
        await add_index(table, name)


async def add_index(table: str, *columns: str, where: str = "", name: str = "") -> None:
    await DB.run_ddl(_index("index", table, columns, where, name))


async def add_unique(table: str, *columns: str, where: str = "", name: str = "") -> None:
    """Fails, and leaves nothing, when duplicates are there."""
    await DB.run_ddl(_index("unique index", table, columns, where, name))


def _index(kind: str, table: str, columns: tuple[str, ...], where: str, name: str) -> str:
    quoted = ", ".join(f'"{c}"' for c in columns)
    return f'create {kind} "{name or "_".join((table, *columns))}" on "{table}" ({quoted})' + (
        f" where {where}" if where else ""
    )


async def change_type(table: str, name: str, column: Column) -> None:
    """Another type, default or nullability for a column; values are cast."""
    if not db.on_postgres():
        await rebuild(table, {name: definition(table, name, column)})
        return
    new = _bound(table, name, column)
    default = new.get_sql_value(new.get_default_value())
    nullable = "drop not null" if new._meta.null else "set not null"
    await DB.run_ddl(
        f'alter table "{table}" alter column "{name}" drop default,'
        f' alter column "{name}" type {new.column_type} using "{name}"::{new.column_type},'
        f' alter column "{name}" set default {default}, alter column "{name}" {nullable}'
    )


async def rebuild(table: str, definitions: dict[str, str]) -> None:
    """SQLite changes a column by making the table anew: rows, indexes, triggers and references stay."""
    made = await db.rows("select type, sql from sqlite_master where tbl_name = {} and sql is not null", table)
    old = next(m["sql"] for m in made if m["type"] == "table")
    head, body = old[: old.index("(") + 1], old[old.index("(") + 1 : old.rindex(")")]
    parts = [definitions.get(_column_of(part), part) for part in _split(body)]
    columns = ", ".join(f'"{c["name"]}"' for c in await db.rows(f'pragma table_info("{table}")'))
    temporary = f"_new_{table}"
    await DB.run_ddl(head.replace(table, temporary, 1) + ", ".join(parts) + ")")
    await DB.run_ddl(f'insert into "{temporary}" ({columns}) select {columns} from "{table}"')
    await DB.run_ddl(f'drop table "{table}"')
    await DB.run_ddl(f'alter table "{temporary}" rename to "{table}"')
    for each in made:
        if each["type"] in ("index", "trigger"):
            await DB.run_ddl(each["sql"])


def definition(table: str, name: str, column: Column) -> str:
    """A column's DDL as piccolo writes it: on SQLite the declared type names decide how values come back."""
    return _bound(table, name, column).ddl


def _bound(table: str, name: str, column: Column) -> Column:
    holder = type("Holder", (Table,), {name: column}, tablename=table)
    return getattr(holder, name)


def _split(body: str) -> list[str]:
    """The definitions of a CREATE TABLE, cut at the commas outside brackets and quotes."""
    parts, depth, quoted, start = [], 0, "", 0
    for i, char in enumerate(body):
        if quoted:
            quoted = "" if char == quoted else quoted
        elif char in "'\"":
            quoted = char
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "," and depth == 0:
            parts.append(body[start:i].strip())
            start = i + 1
    return [*parts, body[start:].strip()]


def _column_of(part: str) -> str:
    return part.split('"')[1] if part.startswith('"') else part.split()[0]
