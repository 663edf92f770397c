"""The queue: Huey, embedded in the web process with a file of its own, or on Redis when `zhunjiao work` runs apart.

A task is one line: ids in, `run(coroutine)` on the application's own loop, so that there is one pool and one writer.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from huey import RedisHuey, SqliteHuey
from huey.consumer import Consumer

from app.config import settings

logging.getLogger("huey").setLevel(logging.WARNING)
_loop: asyncio.AbstractEventLoop | None = None


def _queue() -> Any:
    if settings.redis_url:
        return RedisHuey("zhunjiao", url=settings.redis_url)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("zhunjiao", filename=str(settings.data_dir / "queue.sqlite"), fsync=False)


huey = _queue()


class Embedded(Consumer):
    """A consumer inside the web process: the server owns the signals."""

    def _set_signal_handlers(self) -> None:
        pass


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine on the application's loop from a worker thread, and wait for it."""
    assert _loop is not None, "the queue runs beside an application loop"
    return asyncio.run_coroutine_threadsafe(work, _loop).result()


def on_loop(loop: asyncio.AbstractEventLoop) -> None:
    global _loop
    _loop = loop


@asynccontextmanager
async def consuming(workers: int = 2) -> AsyncIterator[None]:
    """Work the queue in threads of this process until the block ends; a started task is finished.

    With a queue on Redis the work is done apart, by `zhunjiao work`.
    """
    if settings.redis_url:
        yield
        return
    consumer = Embedded(huey, workers=workers, periodic=False, shutdown_timeout=5, max_delay=0.2)
    thread = threading.Thread(target=consumer.run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        await asyncio.to_thread(consumer.stop, graceful=True)  # what is at work still needs this loop
