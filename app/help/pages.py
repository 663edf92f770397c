"""Help pages and the map of the house."""

import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from litestar import Request, Response, get

from app.config import ROOT, settings
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import _, language
from app.help import house_map
from app.help.topics import BY_KEY, TOPICS, Topic, topic_for
from app.people.actors import Actor
from app.people.permissions import RUN_HOUSE
from app.web.render import render

TAGS = re.compile(r"<[^>]+>|\{[#%].*?[#%]\}")


@cache
def text_of(key: str, code: str) -> str:
    """The words of a help page, for finding it."""
    return TAGS.sub(
        " ", (ROOT / "templates" / "help" / code / f"{key}.html").read_text(encoding="utf-8")
    ).lower()


def _fits(topic: Topic, words: list[str]) -> bool:
    text = f"{_(topic.title)} {_(topic.summary)} {text_of(topic.key, language())}".lower()
    return all(word in text for word in words)


@get("/help")
async def index(request: Request, by: Actor, q: str = "") -> Response[str]:
    """All help pages; those with these words; first the one about the page that was left for help."""
    words = q.lower().split()[:8]
    came_from = urlsplit(request.headers.get("referer", "")).path
    return await render(
        request, "help/index.html", q=q, topics=[topic for topic in TOPICS if _fits(topic, words)],
        here=topic_for(came_from) if not q else None,
    )  # fmt: skip


@get("/help/{key:str}")
async def topic(request: Request, by: Actor, key: str) -> Response[str]:
    found = BY_KEY.get(key)
    if found is None:
        raise Refused(NOT_FOUND)
    return await render(
        request, "help/topic.html", topic=found, topics=TOPICS, text=f"help/{language()}/{found.key}.html"
    )


@get("/_map")
async def map_page(request: Request, by: Actor) -> Response[Any]:
    """Everything the house declares, as it is loaded now: for administrators, and for all while developing."""
    if settings.production:
        by.must(RUN_HOUSE)
    return await render(request, "help/map.html", declared=house_map.everything())


ROUTES = [index, topic, map_page]
