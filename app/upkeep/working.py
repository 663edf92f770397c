"""The queue's worker in a process of its own: for teams whose heavy tasks should not share the web process."""

import asyncio
import importlib
import threading

from app.config import settings
from app.core import db
from app.core.db import DB


def work(workers: int) -> int:
    """Work the queue on Redis until the process is told to stop."""
    if not settings.redis_url or not db.on_postgres():
        raise SystemExit("A worker that runs apart needs REDIS_URL and a PostgreSQL DATABASE_URL.")
    from huey.consumer import Consumer

    from tasks import queue

    importlib.import_module("tasks.events")
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    queue.on_loop(loop)
    try:
        Consumer(queue.huey, workers=workers, periodic=False, max_delay=0.5).run()
    finally:
        asyncio.run_coroutine_threadsafe(DB.close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
    return 0
