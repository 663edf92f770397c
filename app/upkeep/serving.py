"""Starting: the tables brought up to date, a first house planted, then granian in this process's place."""

import asyncio
import os
import socket
import sys
from contextlib import suppress

from app.config import ROOT, settings
from app.core import db, migrations, words
from app.core.db import DB
from app.core.words import _
from app.upkeep.certificates import certificates

KILL_AFTER_SECONDS = "5"


def serve() -> int:
    """Prepare the house and become the web server; returns only when it cannot."""
    words.speak(settings.language)
    if not _free(settings.port):
        print(
            _(
                "Port %(port)s is taken: another server runs there. Set PORT to a free one.",
                port=settings.port,
            )
        )
        return 1
    said = asyncio.run(prepare())
    address = _address()
    print("\n".join(["", _("Zhunjiao is at %(address)s", address=address), *said, ""]), flush=True)
    command = [sys.executable, "-m", "granian", *options(), "app.main:create_app"]
    os.chdir(ROOT)
    os.environ["PYTHONPATH"] = str(ROOT)
    os.execv(sys.executable, command)  # the preparation's memory is given back


def options() -> list[str]:
    """What granian is started with."""
    port, tls = settings.port, certificates()
    secure: list[str] = []
    if tls is not None:
        port = settings.https_port
        secure = [
            "--ssl-certificate",
            str(tls[0]),
            "--ssl-keyfile",
            str(tls[1]),
            "--ssl-protocol-min",
            "tls1.2",
        ]
        secure += ["--http2-keep-alive-interval", "2000", "--http2-keep-alive-timeout", "1"]
    return [
        "--interface", "asgi", "--factory", "--http", "auto", "--workers", "1", "--loop", "asyncio", "--no-ws",
        "--host", settings.host, "--port", str(port), "--workers-kill-timeout", KILL_AFTER_SECONDS,
        "--log-level", "warning", *secure,
    ]  # fmt: skip


async def prepare() -> list[str]:
    """Bring the tables up to date and plant a first house; what to say about logins."""
    from app.demo import factory
    from app.upkeep import backup_state, first_things
    from app.upkeep.keys import first_administrator

    backup_state.house_begins()
    await DB.open()
    try:
        await migrations.migrate()
        if await db.value("select 1 from users limit 1"):
            async with DB.transaction():
                await first_things.complete()
            return await factory.logins_to_show()
        if settings.demo:
            print(_("An empty house: planting the demo factory …"), flush=True)
            await factory.plant()
            return await factory.logins_to_show()
        secret = await first_administrator()
        return [_("Log in as admin with the password %(password)s (shown this once).", password=secret)]
    finally:
        await DB.close()


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind((settings.host, port))
            return True
    return False


def _address() -> str:
    if settings.public_url:
        return settings.public_url
    host = "localhost" if settings.host in ("0.0.0.0", "::") else settings.host
    plain = f"http://{host}:{settings.port}"
    return plain if certificates() is None else f"https://{host}:{settings.https_port} ({plain})"
