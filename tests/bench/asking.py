"""Asks the application directly, as a server would: how long an answer takes, and what a page weighs with all that it loads."""

import asyncio
import gzip
import re
from time import perf_counter
from typing import Any
from urllib.parse import urljoin

from app.web.packing import FILES, pack


class Browser:
    """Asks the application directly, as a server would, and takes the time."""

    def __init__(self, app: Any, cookie: str) -> None:
        self.app, self.cookie = app, cookie

    async def get(self, path: str) -> tuple[float, bytes]:
        path, _, query = path.partition("?")
        headers = [
            (b"host", b"bench"),
            (b"cookie", f"session={self.cookie}".encode()),
            (b"accept-language", b"zh"),
        ]
        scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
                 "path": path, "raw_path": path.encode(), "query_string": query.encode(), "headers": headers,
                 "client": ("127.0.0.1", 1), "server": ("bench", 80), "root_path": ""}  # fmt: skip
        body, status = bytearray(), 0

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            nonlocal status
            status = message.get("status", status)
            body.extend(message.get("body", b""))

        began = perf_counter()
        await self.app(scope, receive, send)
        took = perf_counter() - began
        assert status == 200, (path, status, bytes(body)[:300])
        return took, bytes(body)


async def keep_asking(host: str, port: int, path: str, cookie: str, until: float) -> int:
    """How many pages one client got from a server by then, on a connection that stays.

    Written by hand: a whole HTTP library takes as much of the processor as the server, of which it would be the measure.
    """
    reader, writer = await asyncio.open_connection(host, port)
    asked, got = (
        (
            f"GET {path} HTTP/1.1\r\nhost: {host}:{port}\r\ncookie: session={cookie}\r\naccept: text/html\r\n"
            "accept-language: zh\r\naccept-encoding: gzip\r\n\r\n"
        ).encode(),
        0,
    )
    while perf_counter() < until:
        writer.write(asked)
        head = await reader.readuntil(b"\r\n\r\n")
        found = _LENGTH.search(head)
        assert head.startswith(b"HTTP/1.1 200 ") and found, head
        await reader.readexactly(int(found.group(1)))
        got += 1
    writer.close()
    return got


_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.I)
_LOADS = {
    "css": re.compile(rb'href="(/[^"]+\.css[^"]*)"'),
    "js": re.compile(rb'src="(/[^"]+\.js[^"]*)"'),
}
_IMPORTS = re.compile(rb'^(?:import|export)\b[^"\n]*"([^"]+\.js)";', re.M)


async def sizes(browser: Browser) -> dict[str, float]:
    """Compressed kB of pages and of what they load before they can be used: modules with all that they import."""
    found: dict[str, float] = {}
    for name, path in (("office", "/orders"), ("floor", "/floor")):
        page = (await browser.get(path))[1]
        found[f"{name}_html_kb"] = len(pack(page)) / 1024
        for kind, pattern in _LOADS.items():
            weights: dict[str, float] = {}
            for file in pattern.findall(page):
                await _weigh(browser, file.decode(), weights)
            found[f"{name}_{kind}_kb"] = sum(weights.values())
    return found


async def _weigh(browser: Browser, file: str, weights: dict[str, float]) -> None:
    if file in weights:
        return
    content = (await browser.get(file))[1]
    weights[file] = len(gzip.compress(content, FILES.gzip_compress_level)) / 1024
    for imported in _IMPORTS.findall(content) if ".js" in file else ():
        await _weigh(browser, urljoin(file, imported.decode()), weights)
