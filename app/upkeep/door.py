"""The plain door: while the server speaks HTTPS, PORT still takes plain HTTP and passes it on within the machine.

Only one process owns the database, so the plain connections go through the same server; the gate is told which ones.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from app.config import settings
from app.upkeep.certificates import certificates
from app.web.gate import came_plain

CHUNK = 65_536


@asynccontextmanager
async def plain_door() -> AsyncIterator[None]:
    """Take plain HTTP at PORT while the block runs, if there is a certificate at all."""
    if certificates() is None or settings.env == "test":
        yield
        return
    server = await asyncio.start_server(_pass_on, settings.host, settings.port)
    try:
        yield
    finally:
        server.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    within = ssl.create_default_context()
    within.check_hostname, within.verify_mode = False, ssl.CERT_NONE  # our own server, over loopback
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    try:
        inside, outside = await asyncio.open_connection(host, settings.https_port, ssl=within)
    except OSError:
        writer.close()
        return
    port = outside.get_extra_info("sockname")[1]
    came_plain[port] = writer.get_extra_info("peername")[:2]
    try:
        await asyncio.gather(_copy(reader, outside), _copy(inside, writer))
    finally:
        came_plain.pop(port, None)


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, ssl.SSLError):
        while chunk := await source.read(CHUNK):
            target.write(chunk)
            await target.drain()
    target.close()
