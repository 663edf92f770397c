"""Houses to test in: each kind is built once per worker and copied for every test, in memory where the machine lets us."""

import asyncio
import atexit
import os
import pickle
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import asyncpg

_MEMORY = Path("/dev/shm")
HOME = Path(tempfile.mkdtemp(prefix="zhunjiao-test-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")


def _settle_environment() -> None:
    """Name this worker's own database before anything of the application is imported."""
    os.environ["DATA_DIR"] = str(HOME / "var")
    os.environ.setdefault("ZHUNJIAO_CLOCK", "movable")
    os.environ["ZHUNJIAO_ENV"] = "test"
    if not _POSTGRES:
        os.environ["DATABASE_URL"] = f"sqlite:///{HOME / 'house.sqlite'}"
        return
    # Workers inherit what their controller made of DATABASE_URL: the address that was given is kept beside it.
    given = os.environ.setdefault("GIVEN_DATABASE_URL", os.environ["DATABASE_URL"])
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ["DATABASE_URL"] = f"{given.rsplit('/', 1)[0]}/zhunjiao_{worker}_{os.getpid()}"


_settle_environment()

from app.core import schema  # noqa: E402
from app.core.db import DB  # noqa: E402


class Files:
    """Houses of SQLite: a file each."""

    def __init__(self) -> None:
        self.house = HOME / "house.sqlite"

    def put(self, kind: str) -> None:
        for old in HOME.glob("house.sqlite*"):
            old.unlink()
        if kind:
            shutil.copy(HOME / f"{kind}.sqlite", self.house)

    def keep(self, kind: str) -> None:
        shutil.copy(self.house, HOME / f"{kind}.sqlite")

    def clear(self) -> None:
        pass


class Databases:
    """Houses of PostgreSQL: a database each, cloned by the server over a connection beside the tests' own loops."""

    def __init__(self) -> None:
        self.name = os.environ["DATABASE_URL"].rsplit("/", 1)[1]
        self.loop = asyncio.new_event_loop()
        Thread(target=self.loop.run_forever, daemon=True).start()
        self.server = self._done(asyncpg.connect(dsn=os.environ["GIVEN_DATABASE_URL"]))
        self.made: set[str] = set()

    def _done(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    def _drop(self, name: str) -> None:
        self._done(self.server.execute(f'drop database if exists "{name}" with (force)'))

    def _clone(self, name: str, template: str) -> None:
        self._drop(name)
        self._done(self.server.execute(f'create database "{name}" template "{template}" strategy file_copy'))
        self.made.add(name)

    def put(self, kind: str) -> None:
        self._clone(self.name, f"{self.name}_{kind}" if kind else "template0")

    def keep(self, kind: str) -> None:
        self._clone(f"{self.name}_{kind}", self.name)

    def clear(self) -> None:
        for name in self.made:
            self._drop(name)
        self._done(self.server.close())


@dataclass(frozen=True)
class Kind:
    """A kind of house: what `plant` makes of the kind it stands on, given what that one's planting gave."""

    name: str
    plant: Callable[..., Awaitable[Any]]
    on: "Kind | None" = None


EMPTY = Kind("empty", schema.create_all)


class Houses:
    """The kinds that were built so far, with what their planting gave."""

    def __init__(self) -> None:
        self.store = Databases() if _POSTGRES else Files()
        self.given: dict[str, bytes] = {}

    async def enter(self, kind: Kind) -> Any:
        """Open a fresh house of this kind."""
        await self._build(kind)
        self.store.put(kind.name)
        await DB.open()
        return pickle.loads(self.given[kind.name])

    async def _build(self, kind: Kind) -> None:
        if kind.name in self.given:
            return
        base = () if kind.on is None else (await self.enter(kind.on),)
        if not base:
            self.store.put("")
            await DB.open()
        self.given[kind.name] = pickle.dumps(await kind.plant(*base))
        await DB.close()  # the last connection writes its log back into the file
        self.store.keep(kind.name)

    def clear(self) -> None:
        self.store.clear()
