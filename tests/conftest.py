"""Every test gets a fresh migrated house on the engine of DATABASE_URL (SQLite when it is not set)."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

_HOME = Path(tempfile.mkdtemp(prefix="zhunjiao-test-"))
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
os.environ["DATA_DIR"] = str(_HOME / "var")
os.environ.setdefault("ZHUNJIAO_CLOCK", "movable")
os.environ["ZHUNJIAO_ENV"] = "test"
if _POSTGRES:
    # Workers inherit what their controller made of DATABASE_URL: the address that was given is kept beside it.
    _ADMIN_URL = os.environ.setdefault("GIVEN_DATABASE_URL", os.environ["DATABASE_URL"])
    _base, _, _query = _ADMIN_URL.partition("?")
    _NAME = f"zhunjiao_{_WORKER}_{os.getpid()}"
    os.environ["DATABASE_URL"] = _base.rsplit("/", 1)[0] + f"/{_NAME}" + (f"?{_query}" if _query else "")
else:
    os.environ["DATABASE_URL"] = f"sqlite:///{_HOME / 'template.sqlite'}"

import asyncpg  # noqa: E402
import pytest  # noqa: E402

from app.core import clock, schema, words  # noqa: E402
from app.core.db import DB  # noqa: E402


async def _prepare() -> None:
    if _POSTGRES:
        admin = await asyncpg.connect(dsn=_ADMIN_URL)
        for attempt in range(20):
            try:  # workers begin together, and a template in use is refused
                await admin.execute(f'create database "{_NAME}" template template0')
                break
            except asyncpg.ObjectInUseError:
                await asyncio.sleep(0.3 * (attempt + 1))
        await admin.close()
    await schema.create_all()
    if not _POSTGRES:
        await DB._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    await DB.close()


async def _drop() -> None:
    await DB.close()
    if _POSTGRES:
        admin = await asyncpg.connect(dsn=_ADMIN_URL)
        await admin.execute(f'drop database if exists "{_NAME}" with (force)')
        await admin.close()


@pytest.fixture(scope="session")
def template() -> object:
    """The empty house that every test's house is copied from."""
    asyncio.run(_prepare())
    yield
    asyncio.run(_drop())
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture
async def house(template: object, tmp_path: Path) -> AsyncIterator[None]:
    """A house with tables and nothing in them, open on this test's loop."""
    if _POSTGRES:
        await DB.open()
        await schema.empty_all()
    else:
        path = tmp_path / "house.sqlite"
        shutil.copy(_HOME / "template.sqlite", path)
        DB.path = str(path)
        await DB.open()
    clock.reset()
    words.speak("zh_CN")
    yield
    clock.reset()
    await DB.close()
    if not _POSTGRES:
        DB.path = str(_HOME / "template.sqlite")


from tests.world import world  # noqa: E402, F401
