"""What the words of a description find among our items."""

from typing import Any

from app.core import db, search
from app.intake.specs import TIMES

MOST_WORDS = 8


async def only_item(text: str) -> dict[str, Any] | None:
    """The only item whose name and specification hold every word of the description; M10*45 is M10×45."""
    words = _words(text)
    if not words:
        return None
    found = (await search.find(" ".join(words), ["item"], 2)).get("item", [])
    if len(found) != 1:
        return None
    return await db.one("select * from items where id = {} and active", found[0])


async def nearest(text: str) -> str:
    """The words of the description that an item of ours holds together, the first ones first."""
    held: list[str] = []
    for word in _words(text)[:MOST_WORDS]:
        if (await search.find(" ".join([*held, word]), ["item"], 1)).get("item"):
            held.append(word)
    return " ".join(held)


def _words(text: str) -> list[str]:
    return search.words_of(TIMES.sub("×", text))
