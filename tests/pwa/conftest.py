"""A fake server of its own per test session, a fresh factory and a fresh browser profile per test."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """The fake server's address and the test's way into it."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"

    def order(self, **wishes: Any) -> None:
        body = json.dumps(wishes).encode()
        request = urllib.request.Request(f"{self.base}/test", body, {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=5).read()

    def seen(self) -> dict[str, Any]:
        return json.load(urllib.request.urlopen(f"{self.base}/test", timeout=5))

    def booked(self, name: str = "operation.report") -> list[dict[str, Any]]:
        return [action for action in self.seen()["booked"] if action["name"] == name]


@pytest.fixture(scope="session")
def running_server() -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "tests.pwa.fake_server", str(port)], cwd=ROOT)
    server = Server(port)
    for _ in range(600):
        try:
            server.seen()
            break
        except OSError:
            time.sleep(0.1)
    yield server
    process.terminate()
    process.wait(10)


@pytest.fixture
def server(running_server: Server) -> Server:
    running_server.order(reset=True)
    return running_server


@pytest_asyncio.fixture(loop_scope="session")
async def tablet_context(chromium: Browser) -> BrowserContext:
    return await chromium.new_context(viewport={"width": 820, "height": 1180})
