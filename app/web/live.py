"""Live pages: each open stream names the things it watches and hears which of them changed; the page fetches the rest."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field

from app.core import db
from app.core.text import digits

HEARTBEAT_SECONDS = 15
BACKLOG = 200
TOPICS = 200
Heard = tuple[int, str]


@dataclass(eq=False)
class Stream:
    """One open browser: the topics (`sales_order:17`) it watches and the news it has not been sent."""

    topics: frozenset[str]
    news: "asyncio.Queue[Heard | None]" = field(default_factory=lambda: asyncio.Queue(BACKLOG))

    def hear(self, heard: Heard | None) -> None:
        """Take one piece of news; a stream that does not keep up loses its oldest, not its newest."""
        if self.news.full():
            self.news.get_nowait()
        self.news.put_nowait(heard)


_streams: set[Stream] = set()


def topics_of(text: str) -> frozenset[str]:
    return frozenset(t.strip()[:60] for t in text.split(",")[:TOPICS] if ":" in t)


def tell(position: int, about: Iterable[tuple[str, int]]) -> None:
    """Tell the streams that watch one of these things that it changed."""
    topics = {f"{kind}:{id_}" for kind, id_ in about}
    for stream in _streams:
        for topic in topics & stream.topics:
            stream.hear((position, topic))


async def messages(topics: frozenset[str], after: int | None = None) -> AsyncIterator[str]:
    """The messages of one stream: first what was missed since `after`, then what happens, with a heartbeat."""
    stream = Stream(topics)
    _streams.add(stream)
    try:
        yield "retry: 3000\n\n"
        for topic, position in await _missed(topics, after):
            yield f"id: {position}\ndata: {topic}\n\n"
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    heard = await stream.news.get()
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if heard is None:
                return
            yield f"id: {heard[0]}\ndata: {heard[1]}\n\n"
    finally:
        _streams.discard(stream)


async def _missed(topics: frozenset[str], after: int | None) -> list[tuple[str, int]]:
    if after is None or not topics:
        return []
    found: list[tuple[str, int]] = []
    for topic in topics:
        kind, _, id_ = topic.partition(":")
        if (subject := digits(id_, 18)) is None:
            continue
        last = await db.value(
            "select max(e.position) from event_links l join events e on e.id = l.event"
            " where l.kind = {} and l.subject_id = {} and e.position > {}",
            kind, subject, after,
        )  # fmt: skip
        if last is not None:
            found.append((topic, last))
    return sorted(found, key=lambda f: f[1])


def close_all() -> None:
    """End every stream: called on the stop signal, before the server waits for its connections."""
    for stream in list(_streams):
        stream.hear(None)
