"""Finding things by number, name, pinyin or initials: each has one row of text, written in the verb that changes it."""

from typing import Any

from app.core import db
from app.core.text import clean, searchable


async def index(kind: str, subject_id: int, *parts: str | None) -> None:
    """Write the words a thing is found by; part of the verb's transaction."""
    await db.rows(
        "insert into search_texts (kind, subject_id, text) values ({}, {}, {})"
        " on conflict (kind, subject_id) do update set text = excluded.text",
        kind, subject_id, searchable(*parts),
    )  # fmt: skip


def words_of(query: str) -> list[str]:
    """The words of a search, lower case, at most six."""
    return [w for w in clean(query)[:100].lower().split(" ") if w][:6]


def pattern(word: str) -> str:
    """A word as a LIKE pattern with `!` as its escape."""
    return "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"


async def find(query: str, kinds: list[str], limit: int = 8) -> dict[str, list[int]]:
    """Ids by kind of the newest things that hold every word of the query."""
    words = words_of(query)
    found: dict[str, list[int]] = {}
    if not words:
        return found
    like = " and ".join(["text like {} escape '!'"] * len(words))
    for kind in kinds:
        rows: list[dict[str, Any]] = await db.rows(
            f"select subject_id from search_texts where kind = {{}} and {like} order by subject_id desc limit {int(limit)}",
            kind, *map(pattern, words),
        )  # fmt: skip
        found[kind] = [r["subject_id"] for r in rows]
    return found
