"""Copies of the house, made while it runs and opened before they count; and putting one back.

A backup is one file with the database; attachments lie beside it once, under their hashes, shared by all backups.
"""

import asyncio
import os
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

from app.config import settings
from app.core import clock, db
from app.core.db import DB
from app.core.engines import OneWriterEngine, PooledPostgresEngine
from app.core.refusals import Refused
from app.core.words import _
from app.upkeep.backup_state import remember
from app.upkeep.refusals import COPY_BROKEN, COPY_FAILED, NO_PG_TOOLS, NO_SUCH_FILE, NOT_EMPTY, STILL_SERVED
from app.upkeep.stopping import being_served

KEPT = 14
FILES = "files"


def folder() -> Path:
    return Path(settings.backup_dir) if settings.backup_dir else settings.data_dir / "backups"


async def back_up(to: Path | None = None) -> Path:
    """Copy database and attachments, check the copy, keep the newest 14; the new file. Refused when it is no good."""
    target = to or folder()
    stamp = clock.local(clock.real_now()).strftime("%Y%m%d-%H%M%S")
    copy = _postgres_copy if db.on_postgres() else _sqlite_copy
    path = target / f"zhunjiao-{stamp}.{'dump' if db.on_postgres() else 'sqlite'}"
    try:
        target.mkdir(parents=True, exist_ok=True)
        await copy(path)
        await asyncio.to_thread(_copy_files, settings.data_dir / FILES, target / FILES)
    except (OSError, sqlite3.Error) as error:
        _forget(path)
        remember(failed=str(error))
        raise Refused(COPY_FAILED, error=str(error)) from error
    except Refused as refused:
        _forget(path)
        remember(failed=refused.sentence())
        raise
    remember(ok=clock.real_now())
    for old in sorted(target.glob(f"zhunjiao-*{path.suffix}"))[:-KEPT]:
        old.unlink()
    return path


def _file() -> Path:
    """Where the house lies on SQLite."""
    assert isinstance(DB, OneWriterEngine)
    return Path(DB.path)


def _address() -> str:
    """Where the house lies on PostgreSQL."""
    assert isinstance(DB, PooledPostgresEngine)
    return DB.config["dsn"]


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


async def _sqlite_copy(path: Path) -> None:
    house = _file()

    def copy() -> None:
        half = path.with_suffix(".half")
        half.unlink(missing_ok=True)
        source = sqlite3.connect(f"file:{house}?mode=ro", uri=True)
        try:
            source.execute("vacuum into ?", (str(half),))
        finally:
            source.close()
        check(half)
        with half.open("rb") as file:
            os.fsync(file.fileno())
        half.replace(path)

    await asyncio.to_thread(copy)


def check(path: Path) -> None:
    """Open a copy and read it all: whole, its references and its stock right. Refused(COPY_BROKEN) if not."""
    if not path.exists():
        raise Refused(NO_SUCH_FILE, file=str(path))
    try:
        copy = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            problems = [r[0] for r in copy.execute("pragma integrity_check(5)") if r[0] != "ok"]
            problems += [f"{r[0]} {r[1]}" for r in copy.execute("pragma foreign_key_check")][:5]
            problems += [f"stock {r[0]}" for r in copy.execute(_UNBALANCED)][:5]
            copy.execute("select 1 from migrations limit 1").fetchone()
        finally:
            copy.close()
    except sqlite3.Error as error:
        raise Refused(COPY_BROKEN, error=str(error)) from error
    if problems:
        raise Refused(COPY_BROKEN, error="; ".join(problems))


_UNBALANCED = (
    "select item from (select b.item, b.quantity_q - coalesce((select sum(case when m.to_bin = b.bin then m.quantity_q else 0 end"
    " - case when m.from_bin = b.bin then m.quantity_q else 0 end) from stock_moves m where m.item = b.item and m.lot = b.lot"
    " and (m.to_bin = b.bin and m.to_quality = b.quality or m.from_bin = b.bin and m.from_quality = b.quality)), 0) as off"
    " from stock_balances b) where off <> 0"
)


async def _postgres_copy(path: Path) -> None:
    await _run("pg_dump", "--format=custom", f"--file={path}", f"--dbname={_address()}")
    await _run("pg_restore", "--list", str(path))


async def _run(program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise Refused(NO_PG_TOOLS, program=program)
    process = await asyncio.create_subprocess_exec(
        program, *arguments, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    _out, said = await process.communicate()
    if process.returncode:
        raise Refused(COPY_FAILED, error=said.decode(errors="replace").strip()[-300:])


def _copy_files(source: Path, target: Path) -> None:
    """What is not there yet: files are named by their content and never change."""
    for path in source.rglob("*") if source.exists() else ():
        copy = target / path.relative_to(source)
        if path.is_file() and not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            half = copy.with_name(copy.name + ".half")
            shutil.copyfile(path, half)
            half.replace(copy)


async def restore(path: Path, replace: bool = False) -> str:
    """Put a backup in the place of the house; what was there is put aside. Refused while the house is served."""
    if being_served():
        raise Refused(STILL_SERVED)
    if not path.exists():
        raise Refused(NO_SUCH_FILE, file=str(path))
    aside = await (_postgres_restore if db.on_postgres() else _sqlite_restore)(path, replace)
    await asyncio.to_thread(_copy_files, path.parent / FILES, settings.data_dir / FILES)
    for queue in settings.data_dir.glob("queue.sqlite*"):
        queue.unlink()  # the relay fills it again from the events that are not delivered
    return _("Restored %(file)s. %(aside)s", file=str(path), aside=aside)


async def _sqlite_restore(path: Path, replace: bool) -> str:
    check(path)
    house, said = _file(), ""
    if house.exists():
        if not replace:
            raise Refused(NOT_EMPTY)
        aside = house.with_name(f"{house.name}.before-{clock.real_now():%Y%m%d%H%M%S}")
        sqlite3.connect(house).execute("pragma wal_checkpoint(truncate)").connection.close()
        house.replace(aside)
        said = _("The former house lies in %(file)s", file=str(aside))
    for beside in ("-wal", "-shm"):
        Path(f"{house}{beside}").unlink(missing_ok=True)
    house.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, house)
    return said


async def _postgres_restore(path: Path, replace: bool) -> str:
    await DB.open()
    try:
        full = await db.value("select 1 from information_schema.tables where table_name = 'users'")
    finally:
        await DB.close()
    if full and not replace:
        raise Refused(NOT_EMPTY)
    options = ("--clean", "--if-exists", "--single-transaction", "--no-owner", "--exit-on-error")
    await _run("pg_restore", *options, f"--dbname={_address()}", str(path))
    return ""
