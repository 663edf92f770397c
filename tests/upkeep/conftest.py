"""A database with nothing in it, not even tables."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from app.core import db
from app.core.db import DB


@pytest.fixture
async def nothing(tmp_path: Path) -> AsyncIterator[None]:
    """An empty database, open on this test's loop, in place of the house's own."""
    await DB.close()
    if not db.on_postgres():
        before, DB.path = DB.path, str(tmp_path / "empty.sqlite")
        await DB.open()
        yield
        await DB.close()
        DB.path = before
        return
    before = DB.config["dsn"]
    base = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    name = f"zhunjiao_empty_{uuid4().hex[:12]}"
    admin = await asyncpg.connect(dsn=f"{base}/postgres")
    await admin.execute(f'create database "{name}"')
    DB.config["dsn"] = f"{base}/{name}"
    await DB.open()
    yield
    await DB.close()
    DB.config["dsn"] = before
    await admin.execute(f'drop database "{name}" with (force)')
    await admin.close()
