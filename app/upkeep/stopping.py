"""Stopping within a second: open streams end on the signal, before the server waits for its connections."""

import asyncio
import fcntl
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.config import settings
from app.web import live


@contextmanager
def ending_streams() -> Iterator[None]:
    """End the open streams on the stop signal: the server waits for its connections before the lifespan ends."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def stop(number: int, frame: Any) -> None:
        loop.call_soon_threadsafe(live.close_all)
        if callable(previous := before[signal.Signals(number)]):
            previous(number, frame)

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def lock_file() -> Path:
    """Held (shared) by every process that serves this house; restoring needs it alone."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return settings.data_dir / "serving.lock"


@contextmanager
def marked_as_serving() -> Iterator[None]:
    """Say that this house is open, so that nobody restores a backup under it."""
    with lock_file().open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def being_served() -> bool:
    with lock_file().open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
