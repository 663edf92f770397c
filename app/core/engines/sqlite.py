"""SQLite: one writer connection behind a first-come lock, one read-only connection; both on the loop's own thread but for
what takes long, and for commits, which wait for the disk.

Leans on private names of piccolo 1.38 and aiosqlite 0.22 (pinned); tests/core/test_commit.py holds them to it.
"""

import asyncio
import re
import sqlite3
from collections.abc import Sequence
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import Any

import aiosqlite
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType

_READS = re.compile(r"^\s*(select|with|pragma|explain)\b", re.I)
_WRITES = re.compile(r"\b(insert|update|delete|replace)\b", re.I)
# FULL: a device deletes its record on our answer, and factories lose power.
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "cache_size=-8000",
)

# A page reads hundreds of values: piccolo's converters go over Decimal and two Python calls each.
sqlite3.register_converter("INTEGER", int)
sqlite3.register_converter("BOOLEAN", b"1".__eq__)
sqlite3.register_converter("DATE", lambda value: date.fromisoformat(value.decode()))


LONG = 0.01
"""Seconds. A statement of a transaction that took longer once goes to the writer's thread from then on, and pages go on beside
it; to the others the way there and back would be dearer than they are."""

MANY_ROWS = 4000
"""Characters of a statement that writes so many rows that it takes long."""


@lru_cache(500)
def only_reads(sql: str) -> bool:
    """Whether a statement may go to the read-only connection: also tells a CTE that writes."""
    head = _READS.match(sql)
    return bool(head) and not (head.group(1).lower() == "with" and _WRITES.search(sql))


class WriterTransaction(SQLiteTransaction):
    """BEGIN IMMEDIATE on the one writer; a query after the end is refused instead of using a foreign transaction."""

    __slots__ = ("finished",)
    engine: "OneWriterEngine"

    def __init__(self, engine: "OneWriterEngine", allow_nested: bool = True) -> None:
        super().__init__(engine, TransactionType.immediate, allow_nested)
        self.finished = False

    async def __aenter__(self) -> "WriterTransaction":
        if self._parent is not None:
            return self._parent  # type: ignore[return-value]
        self.connection = await self.engine.acquire_writer()
        try:
            await self.begin()
        except BaseException:
            await asyncio.shield(self._leave())
            self.engine.release_writer()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, exception_type: Any, exception: Any, traceback: Any) -> bool:
        if self._parent is not None:
            return exception is None
        try:
            if exception_type is None and not self._rolled_back:
                try:
                    await self.commit()
                except BaseException:
                    await asyncio.shield(self._leave())
                    raise
            elif not self._rolled_back:
                await asyncio.shield(self.rollback())
        finally:
            self.finished = True
            self.engine.current_transaction.reset(self.context)
            self.engine.release_writer()
        return exception_type is None

    async def _leave(self) -> None:
        """Leave nothing open: the BEGIN or COMMIT of who was cancelled is still on its way, and comes through first."""
        await self.connection.execute("select 1")
        if self.connection.in_transaction:
            await self.rollback()


class OneWriterEngine(SQLiteEngine):
    """One process owns the file. Reads outside a transaction never wait for the writer (WAL)."""

    __slots__ = ("_lock", "_long", "_loop", "_openings", "_reader", "_writer")
    current_transaction: ContextVar[WriterTransaction | None]

    def __init__(self, path: str) -> None:
        super().__init__(path=path)
        self._writer: aiosqlite.Connection | None = None
        self._reader: sqlite3.Connection | None = None
        self._lock = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._openings = 0
        self._long: set[str] = set()

    async def open(self) -> None:
        """Open both connections for the running loop."""
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        opening = aiosqlite.connect(**self.connection_kwargs, check_same_thread=False)
        opening._thread.daemon = True  # an unclosed connection must not hang the interpreter's exit
        writer = await opening
        for pragma in _PRAGMAS:
            await writer.execute(f"PRAGMA {pragma}")
        self._writer, self._reader = writer, self._open_reader()
        self._lock, self._loop = asyncio.Lock(), asyncio.get_running_loop()
        self._openings += 1

    def _open_reader(self) -> sqlite3.Connection:
        reader = sqlite3.connect(**self.connection_kwargs, check_same_thread=False, cached_statements=512)
        for pragma in ("busy_timeout=10000", "cache_size=-12000", "query_only=ON"):
            reader.execute(f"PRAGMA {pragma}")
        return reader

    async def close(self) -> None:
        if self._writer is not None:
            await self._writer.close()
        if self._reader is not None:
            self._reader.close()
        self._writer = self._reader = self._loop = None

    async def _opened(self) -> None:
        if self._writer is None or self._loop is not asyncio.get_running_loop():
            await self.open()

    async def acquire_writer(self) -> aiosqlite.Connection:
        await self._opened()
        await self._lock.acquire()
        assert self._writer is not None
        return self._writer

    def release_writer(self) -> None:
        self._lock.release()

    @staticmethod
    def _fetch(connection: sqlite3.Connection, query: str, args: Sequence[Any]) -> list[dict[str, Any]]:
        cursor = connection.execute(query, args)
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        cursor.close()
        return rows

    async def _run_in_existing_connection(
        self,
        connection: aiosqlite.Connection,
        query: str,
        args: Any = None,
        query_type: str = "generic",
        table: Any = None,
    ) -> list[dict[str, Any]]:
        current = self.current_transaction.get()
        if current is not None and current.finished:
            raise RuntimeError("a query in a finished transaction: never start tasks inside a verb")
        if len(query) > MANY_ROWS or query in self._long:
            return await connection._execute(self._fetch, connection._conn, query, args or [])
        began = perf_counter()
        rows = self._fetch(connection._conn, query, args or [])
        if perf_counter() - began > LONG:
            self._long.add(query)
        return rows

    async def _run_in_new_connection(
        self, query: str, args: Any = None, query_type: str = "generic", table: Any = None
    ) -> list[dict[str, Any]]:
        await self._opened()
        if only_reads(query):
            assert self._reader is not None
            return self._fetch(self._reader, query, args or [])
        connection = await self.acquire_writer()
        try:
            return await self._run_in_existing_connection(connection, query, args)
        finally:
            self.release_writer()

    async def fetch(self, query: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Rows of one statement, inside the current transaction if there is one."""
        current = self.current_transaction.get()
        if current is not None:
            return await self._run_in_existing_connection(current.connection, query, args)
        return await self._run_in_new_connection(query, args)

    async def state(self) -> tuple[int, int]:
        """The opening of the file and its version, which grows with every commit of the writer."""
        await self._opened()
        assert self._reader is not None
        return self._openings, self._reader.execute("pragma data_version").fetchone()[0]

    async def report(self, query: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """A long read, in a thread with a reader of its own, so that pages go on."""

        def read() -> list[dict[str, Any]]:
            reader = self._open_reader()
            try:
                return self._fetch(reader, query, args)
            finally:
                reader.close()

        return await asyncio.to_thread(read)

    async def write_many(self, query: str, rows: Sequence[Sequence[Any]]) -> None:
        """One statement for many rows, inside the current transaction or one of its own."""
        async with self.transaction() as current:
            await current.connection.executemany(query, rows)

    def transaction(self, *args: Any, allow_nested: bool = True, **kwargs: Any) -> WriterTransaction:
        return WriterTransaction(self, allow_nested)
