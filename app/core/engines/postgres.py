"""PostgreSQL: always the pool, READ COMMITTED, and a transaction that gives its connection back whatever happens."""

import asyncio
from collections.abc import Sequence
from contextvars import ContextVar, Token
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction


class PooledTransaction(PostgresTransaction):
    """As piccolo's, but the connection is released also when BEGIN or COMMIT raises, and a finished one is refused."""

    __slots__ = ("finished",)
    engine: "PooledPostgresEngine"
    context: "Token[PooledTransaction | None]"

    def __init__(self, engine: "PooledPostgresEngine", allow_nested: bool = True) -> None:
        super().__init__(engine, allow_nested)
        self.finished = False

    async def __aenter__(self) -> "PooledTransaction":
        await self.engine.opened()
        try:
            return await super().__aenter__()  # type: ignore[return-value]
        except BaseException:  # cancelled in BEGIN: the pool rolls back what that has begun
            await self._give_back()
            raise

    async def _give_back(self) -> None:
        connection = getattr(self, "connection", None)
        if connection is not None and self.engine.pool is not None:
            await self.engine.pool.release(connection)

    async def __aexit__(self, exception_type: Any, exception: Any, traceback: Any) -> bool:
        if self._parent is not None:
            return exception is None
        try:
            if exception_type is None and not self._rolled_back:
                await self.commit()
            elif not self._rolled_back:
                await asyncio.shield(self.rollback())
        finally:
            self.finished = True
            self.engine.current_transaction.reset(self.context)
            await self._give_back()
        return exception_type is None


async def _leaves_nothing_behind(connection: Any) -> None:
    """No statement of the house changes its session, so none is asked to forget: that was a second trip after each query.

    What a broken transaction leaves, the pool rolls back by itself.
    """


_SETTINGS = {"max_parallel_workers_per_gather": "0", "jit": "off"}
"""A page's questions are short: to call helpers or a compiler takes longer than to answer."""


class PooledPostgresEngine(PostgresEngine):
    """The pool belongs to one event loop; it is opened by whoever queries first on that loop."""

    __slots__ = ("_loop",)
    current_transaction: ContextVar[PooledTransaction | None]

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config=config, extensions=())
        self._loop: asyncio.AbstractEventLoop | None = None

    async def open(self) -> None:
        self.pool = await asyncpg.create_pool(
            dsn=self.config["dsn"],
            min_size=1,
            max_size=12,
            reset=_leaves_nothing_behind,
            server_settings=_SETTINGS,
        )
        self._loop = asyncio.get_running_loop()

    async def opened(self) -> None:
        if self.pool is None or self._loop is not asyncio.get_running_loop():
            await self.open()

    async def close(self) -> None:
        if self.pool is not None:
            await self.pool.close()
        self.pool = self._loop = None

    async def get_new_connection(self) -> asyncpg.Connection:
        return await asyncpg.connect(dsn=self.config["dsn"])

    async def get_version(self) -> float:
        return 15.0  # asked by piccolo at import only to print a warning; a server may not be up yet

    async def run_querystring(self, querystring: Any, in_pool: bool = True) -> Any:
        await self._checked()
        return await super().run_querystring(querystring, in_pool)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Any:
        await self._checked()
        return await super().run_ddl(ddl, in_pool)

    async def fetch(self, query: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Rows of one statement, inside the current transaction if there is one."""
        await self._checked()
        current = self.current_transaction.get()
        source = self.pool if current is None else current.connection
        assert source is not None
        return [dict(row) for row in await source.fetch(query, *args)]

    async def state(self) -> tuple[str, str]:
        """The database and the snapshot a reader has now: as long as it is the same, so is all that can be read."""
        found = await self.fetch(
            "select current_database() as name, txid_current_snapshot()::text as snapshot"
        )
        return found[0]["name"], found[0]["snapshot"]

    async def _checked(self) -> None:
        current = self.current_transaction.get()
        if current is None:
            await self.opened()
        elif current.finished:
            raise RuntimeError("a query in a finished transaction: never start tasks inside a verb")

    async def report(self, query: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """A long read; PostgreSQL runs it beside the pages by itself."""
        await self.opened()
        assert self.pool is not None
        async with self.pool.acquire() as connection:
            return [dict(row) for row in await connection.fetch(query, *args)]

    async def write_many(self, query: str, rows: Sequence[Sequence[Any]]) -> None:
        """One statement for many rows, inside the current transaction or one of its own."""
        async with self.transaction() as current:
            await current.connection.executemany(query, rows)

    def transaction(self, allow_nested: bool = True, **kwargs: Any) -> PooledTransaction:
        return PooledTransaction(self, allow_nested)
