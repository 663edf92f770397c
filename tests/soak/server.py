"""A real server in processes of its own, that can be killed at any moment, and the people and programs around it."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from app.config import ROOT

WRITERS = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """granian with the house's application on a database that nobody else has open."""

    data: Path
    url: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        environment = {
            **os.environ, "DATABASE_URL": self.url, "DATA_DIR": str(self.data), "PYTHONPATH": str(ROOT), "ZHUNJIAO_CLOCK": "",
            "ZHUNJIAO_ENV": "production",
        }  # fmt: skip
        command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--workers", "1", "--no-ws",
                   "--host", "127.0.0.1", "--port", str(self.port), "--log-level", "error", "app.main:create_app"]  # fmt: skip
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=environment, cwd=ROOT, start_new_session=True, stdout=log, stderr=log
            )
        async with httpx.AsyncClient() as client:
            for _try in range(600):
                try:
                    await client.get(f"{self.address}/health", timeout=2)
                    return
                except httpx.HTTPError:
                    assert self.process.poll() is None, (self.data / "server.log").read_text()[-2000:]
                    await asyncio.sleep(0.1)
        raise TimeoutError("the server does not answer")

    async def end(self, number: signal.Signals) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, number) if number == signal.SIGKILL else self.process.send_signal(number)
        await asyncio.to_thread(self.process.wait)


@dataclass
class Sent:
    """A command some program sent under a key: answered or not, it is sent again until it is."""

    path: str
    body: dict[str, Any]
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    answers: list[tuple[int, Any]] = field(default_factory=list)


@dataclass
class Programs:
    """Twenty writers and one reader of the feed. What they were answered is remembered over all the server's lives."""

    address: str
    secret: str
    item: str
    sent: list[Sent] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    last: int = 0

    def client(self) -> httpx.AsyncClient:
        limits = httpx.Limits(max_connections=40)
        headers = {"Authorization": f"Bearer {self.secret}"}
        return httpx.AsyncClient(base_url=self.address, headers=headers, limits=limits, timeout=20)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """All of them write and read while the block runs; a dead server is only noticed."""
        async with self.client() as client:
            shared = Sent("/api/v1/sales-orders", self._order(30))
            self.sent.append(shared)
            work = [asyncio.create_task(self._write(client, shared)) for _n in range(WRITERS)]
            work.append(asyncio.create_task(self._read(client)))
            yield
            for each in work:
                each.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    async def answered(self, more: int, seconds: float = 30) -> None:
        """Wait until so many more commands were answered."""
        wanted = sum(bool(s.answers) for s in self.sent) + more
        for _look in range(int(seconds / 0.02)):
            if sum(bool(s.answers) for s in self.sent) >= wanted:
                return
            await asyncio.sleep(0.02)

    async def _write(self, client: httpx.AsyncClient, shared: Sent) -> None:
        await self._send(client, shared)
        while True:
            order = Sent("/api/v1/sales-orders", self._order(random.choice((1, 5, 900))))
            self.sent.append(order)
            if number := await self._send(client, order):
                confirm = Sent(f"/api/v1/sales-orders/{number}/confirm", {})
                self.sent.append(confirm)
                await self._send(client, confirm)

    async def _send(self, client: httpx.AsyncClient, sent: Sent) -> str:
        try:
            answer = await client.post(sent.path, json=sent.body, headers={"Idempotency-Key": sent.key})
        except httpx.HTTPError:
            await asyncio.sleep(0.05)
            return ""
        sent.answers.append((answer.status_code, answer.json()))
        return str(answer.json().get("number", ""))

    def _order(self, thousands: int) -> dict[str, Any]:
        line = {
            "item": self.item,
            "quantity": str(thousands),
            "unit": "千件",
            "unit_price": "100",
            "price_unit": "千件",
        }
        return {"customer": "HENGLI", "due_date": "2030-01-15", "lines": [line]}

    async def _read(self, client: httpx.AsyncClient) -> None:
        while True:
            try:
                await self.read_on(client)
            except (httpx.HTTPError, KeyError, ValueError):
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.02)

    async def read_on(self, client: httpx.AsyncClient) -> bool:
        """One page of the feed; whether there was anything."""
        page = (await client.get("/api/v1/events", params={"after": self.last, "limit": 500})).json()
        self.positions += [event["position"] for event in page["items"]]
        self.last = page["last"]
        return bool(page["items"])

    async def finish(self) -> None:
        """Send again what was never answered, and read the feed to its end."""
        async with self.client() as client:
            for sent in [s for s in self.sent if not s.answers]:
                await self._send(client, sent)
            quiet = 0
            while quiet < 20:
                quiet = 0 if await self.read_on(client) else quiet + 1
                await asyncio.sleep(0.1)
