"""Live pages: each open stream hears which things changed, by kind and id; the page fetches what it shows of them."""

import asyncio
import json
from collections.abc import AsyncIterator

_streams: set[asyncio.Queue[str | None]] = set()
HEARTBEAT_SECONDS = 15
BACKLOG = 200


def tell(position: int, name: str, about: list[tuple[str, int]]) -> None:
    """Tell every open stream of one event; a stream that does not keep up loses its oldest news, not the newest."""
    if not _streams:
        return
    message = f"id: {position}\ndata: {json.dumps({'event': name, 'about': [f'{k}:{i}' for k, i in about]})}\n\n"
    for stream in _streams:
        if stream.full():
            stream.get_nowait()
        stream.put_nowait(message)


async def stream() -> AsyncIterator[str]:
    """The messages of one stream, with a heartbeat, until the house closes."""
    queue: asyncio.Queue[str | None] = asyncio.Queue(BACKLOG)
    _streams.add(queue)
    try:
        yield "retry: 3000\n\n"
        while True:
            try:
                message = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                message = ": still here\n\n"
            if message is None:
                return
            yield message
    finally:
        _streams.discard(queue)


def close_all() -> None:
    """End every stream: called on the stop signal, before the server waits for its connections."""
    for queue in list(_streams):
        while queue.full():
            queue.get_nowait()
        queue.put_nowait(None)
