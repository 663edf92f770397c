"""A real house for end-to-end tests: its own folder and database, a small world planted in it, a real server.

Run as `python -m tests.e2e.house` in the environment of that house to plant it; it prints what is on its
papers.
"""

import asyncio
import atexit
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


async def plant() -> dict[str, Any]:
    """The world with one released order of 5 千支 and a lot of something else; the codes on its papers."""
    from app.core import db, migrations
    from app.core.db import DB, commit
    from app.people import badges
    from app.scanning.codes import make as code
    from app.scanning.codes import make_for_id
    from app.stock import ledger, lots, places
    from tests import make, world
    from tests.stories import thread

    await DB.open()
    await migrations.migrate()
    here = await world.plant()
    await db.rows("update machines set team = {}", here.team.id)
    order = await thread.confirmed(here, quantity="5")
    work_order = await thread.released(here, order)
    other = await make.item("FN-M12-10", "六角法兰面螺母", "M12 10 级")
    async with DB.transaction():
        lot = await lots.find_or_make(other.id, "B2611-0388")
        line = ledger.MoveLine(
            item=other.id, lot=lot.id, from_bin=await places.place(places.DIFFERENCE),
            to_bin=here.bins["A-01-02"].id, quantity_q=2_000_000,
        )  # fmt: skip
        await ledger.post(ledger.Why.COUNT, ("item", other.id), [line], by=here.admin)
    given = {}
    for name in ("王建国", "李秀英"):
        person = await db.value("select code from people where name = {}", name)
        given[name] = code("P", (await commit(badges.give, [person], by=here.admin)).value[0][1])
    steps = await db.rows(
        "select id from work_order_operations where work_order = {} order by seq", work_order.id
    )
    found = {
        "order": order.number, "work_order": work_order.number, "badges": given,
        "operations": [make_for_id("O", step["id"]) for step in steps], "wrong_lot": make_for_id("L", lot.id),
        "bin": make_for_id("B", here.bins["A-01-01"].id),
    }  # fmt: skip
    await DB.close()
    return found


_planted: dict[tuple[str, ...], tuple[Path, str]] = {}
"""Of each way to plant a house a planted folder that is copied, and what the planting printed."""


class House:
    """A running server. `papers` is what plant() printed."""

    planting: tuple[str, ...] = ("-m", "tests.e2e.house")

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.papers: dict[str, Any] = {}
        left_out = {"DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "ZHUNJIAO_CLOCK"}
        self.environment = {k: v for k, v in os.environ.items() if k not in left_out} | {
            "DATA_DIR": str(folder), "ZHUNJIAO_ENV": "development", "PYTHONPATH": str(ROOT),
            "ZHUNJIAO_DEMO": "0",
        }  # fmt: skip

    def __enter__(self) -> "House":
        if self.planting not in _planted:
            _planted[self.planting] = self._plant()
        planted, said = _planted[self.planting]
        shutil.copytree(planted, self.folder, dirs_exist_ok=True)
        self.papers = self.read(said)
        command = [
            sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--no-ws",
            "--log-level", "warning", "--host", "127.0.0.1", "--port", str(self.port), "app.main:create_app",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        self._wait()
        return self

    def _plant(self) -> tuple[Path, str]:
        folder = Path(tempfile.mkdtemp(prefix="planted-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        said = subprocess.run(
            [sys.executable, *self.planting],
            cwd=ROOT,
            env=self.environment | {"DATA_DIR": str(folder)},
            check=True,
            capture_output=True,
            text=True,
        )
        return folder, said.stdout

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def read(self, planted: str) -> dict[str, Any]:
        """What the planting printed last."""
        return json.loads(planted.splitlines()[-1])

    async def run(self, sql: str) -> None:
        """Change this house's database behind its back."""
        with closing(sqlite3.connect(self.folder / "zhunjiao.sqlite", timeout=10)) as connection, connection:
            connection.execute(sql)

    def _wait(self) -> None:
        until = time.monotonic() + 120
        while time.monotonic() < until and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.base}/health", timeout=2).read()
                return
            except (OSError, urllib.error.URLError):
                time.sleep(0.1)
        self._end()
        raise TimeoutError("the server does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    print(json.dumps(asyncio.run(plant()), ensure_ascii=False))
