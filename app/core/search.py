"""Finding things by number, name, pinyin or initials: each has one row of text, written in the verb that changes it.

Two steps, because each is slow where the other is fast: common words are met soon among the newest rows of the list;
rare ones are looked up by grams (every one and two characters of every word), which also serve two Chinese characters.
Both check the text itself, so the answer is that of reading every row.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.core import db
from app.core.numbering import PREFIXES
from app.core.text import clean, searchable

AT_ONCE = 500
NEWEST = 3000
COMMON = 4
"""Words met a fourth as often as a page needs are looked for in four times as many rows."""
_NUMBER = re.compile(rf"(?:{'|'.join(PREFIXES)})\d{{2,8}}(?:-\d*)?", re.I)
_LAST = "\uffff"


async def index(kind: str, subject_id: int, *parts: str | None) -> None:
    """Write the words a thing is found by; part of the verb's transaction."""
    await index_many(kind, {subject_id: parts})


async def index_many(kind: str, words: Mapping[int, Sequence[str | None]]) -> None:
    """As index(), for many things of one kind."""
    texts = {subject: searchable(*parts) for subject, parts in words.items()}
    for start in range(0, len(texts), AT_ONCE):
        await _index_some(kind, dict(list(texts.items())[start : start + AT_ONCE]))


async def _index_some(kind: str, texts: dict[int, str]) -> None:
    there = await db.rows(
        "select subject_id, text from search_texts where kind = {} and {}",
        kind,
        db.any_of("subject_id", list(texts)),
    )
    old = {row["subject_id"]: row["text"] for row in there}
    changed = {subject: text for subject, text in texts.items() if old.get(subject) != text}
    if not changed:
        return
    written = await db.rows(
        f"insert into search_texts (kind, subject_id, text) values {', '.join(['({}, {}, {})'] * len(changed))}"
        " on conflict (kind, subject_id) do update set text = excluded.text returning id, subject_id",
        *[value for subject, text in changed.items() for value in (kind, subject, text)],
    )
    await _index_grams(
        kind, [(row["id"], changed[row["subject_id"]], old.get(row["subject_id"])) for row in written]
    )


async def _index_grams(kind: str, texts: Sequence[tuple[int, str, str | None]]) -> None:
    """Of each text its row, what it says now, and what it said before."""
    if db.on_postgres():
        await db.insert_many(
            "search_grams", ("id", "grams"), [(id_, sorted(grams_of(kind, text))) for id_, text, _old in texts],
            "on conflict (id) do update set grams = excluded.grams",
        )  # fmt: skip
        return
    gone = [("delete", id_, spelled(grams_of(kind, old))) for id_, _text, old in texts if old is not None]
    await db.write_many("search_grams", ("search_grams", "rowid", "grams"), gone)
    await db.write_many(
        "search_grams",
        ("rowid", "grams"),
        [(id_, spelled(grams_of(kind, text))) for id_, text, _old in texts],
    )


def grams_of(kind: str, text: str) -> set[str]:
    """Every one and two characters of every word, each after its kind: common words of one kind do not slow another."""
    prefix = _initials(kind)
    return {prefix + gram for word in text.split() for gram in _of_word(word)}


def _wanted(kind: str, words: Sequence[str]) -> set[str]:
    """The grams that a text with these words must have: pairs, and single characters for words of one."""
    return {_initials(kind) + w[i : i + 2] for w in words for i in range(max(1, len(w) - 1))}


@lru_cache(maxsize=100)
def _initials(kind: str) -> str:
    return "".join(part[0] for part in kind.split("_")) + " "


@lru_cache(maxsize=50_000)
def _of_word(word: str) -> frozenset[str]:
    return frozenset(word) | {word[i : i + 2] for i in range(len(word) - 1)}


def spelled(grams: Iterable[str]) -> str:
    """Grams as SQLite's index keeps them: letters and digits only, `sok61g62` for ab of a sales order."""
    return " ".join(sorted(map(_spelled, grams)))


@lru_cache(maxsize=50_000)
def _spelled(gram: str) -> str:
    kind, _space, characters = gram.partition(" ")
    return f"{kind}k" + "g".join(f"{ord(c):x}" for c in characters)


def words_of(query: str) -> list[str]:
    """The words of a search, lower case, at most six."""
    return [w for w in clean(query)[:100].lower().split(" ") if w][:6]


def pattern(word: str) -> str:
    """A word as a LIKE pattern with `!` as its escape."""
    return "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"


def like(words: Sequence[str], column: str = "s.text") -> str:
    return " and ".join([f"{column} like {{}} escape '!'"] * len(words))


def every(kind: str, words: Sequence[str]) -> tuple[str, list[Any]]:
    """SQL and values of `select subject_id`: all things of a kind whose text holds every word, in no order."""
    if len(words) == 1 and _NUMBER.fullmatch(words[0]):
        collation = 'collate "C"' if db.on_postgres() else "collate binary"
        start = f"substr(s.text, 1, 24) {collation}"
        low = words[0][:24]
        return (
            f"select s.subject_id from search_texts s where s.kind = {{}} and {start} >= {{}} and {start} < {{}}",
            [kind, low, low + _LAST],
        )
    checks, values = like(words), [kind, *map(pattern, words)]
    if db.on_postgres():
        return (
            "with g as materialized (select id from search_grams where grams @> {})"
            f" select s.subject_id from g join search_texts s on s.id = g.id where s.kind = {{}} and {checks}",
            [sorted(_wanted(kind, words)), *values],
        )
    return (
        "select s.subject_id from search_grams join search_texts s on s.id = search_grams.rowid"
        f" where search_grams match {{}} and s.kind = {{}} and {checks}",
        [spelled(_wanted(kind, words)), *values],
    )


async def find(query: str, kinds: list[str], limit: int = 8) -> dict[str, list[int]]:
    """Ids by kind of the newest things that hold every word of the query."""
    words = words_of(query)
    return {kind: await _newest(kind, words, limit) for kind in kinds} if words else {}


async def _newest(kind: str, words: list[str], limit: int) -> list[int]:
    last = await db.value(
        "select subject_id from search_texts where kind = {} order by subject_id desc limit 1"
        f" offset {NEWEST - 1}",
        kind,
    )
    found = await db.rows(
        f"select s.subject_id from search_texts s where s.kind = {{}} and s.subject_id >= {{}} and {like(words)}"
        f" order by s.subject_id desc limit {int(limit)}",
        kind, last or 0, *map(pattern, words),
    )  # fmt: skip
    if len(found) < limit and last is not None:
        sql, values = every(kind, words)
        found = await db.rows(
            f"select subject_id from ({sql}) h order by subject_id desc limit {int(limit)}", *values
        )
    return [f["subject_id"] for f in found]


@dataclass(frozen=True)
class Words:
    """A search within a list: `id_column` of the list's source is the subject of the texts of this kind."""

    kind: str
    id_column: str
    words: tuple[str, ...]

    async def narrow(
        self, source: str, where: str, args: Sequence[Any], keys: Sequence[str], order: str, limit: int
    ) -> tuple[str, tuple[Any, ...]]:
        """The condition that the rows of one page of the list meet, in the list's order and under its filters."""
        lists = _Among(self, source, where, args, keys, order)
        found, whole = await lists.first(limit, NEWEST)
        if not whole and limit > len(found) >= limit // COMMON:
            found, whole = await lists.first(limit, NEWEST * COMMON)
        if whole or len(found) >= limit:
            return f"{self.id_column} in ({', '.join(map(str, found))})" if found else "1 = 0", ()
        return self.condition()

    def condition(self) -> tuple[str, tuple[Any, ...]]:
        """The same for the whole list (exports, counts)."""
        sql, values = every(self.kind, self.words)
        return f"{self.id_column} in ({sql})", tuple(values)


@dataclass(frozen=True)
class _Among:
    """The first rows of a list, in its order: read one by one until enough hold the words."""

    words: Words
    source: str
    where: str
    args: Sequence[Any]
    keys: Sequence[str]
    order: str

    async def first(self, limit: int, rows: int) -> tuple[list[int], bool]:
        """Ids of the first `limit` that hold every word, of so many rows; and whether these were all."""
        where, args = f"({self.where or '1 = 1'})", list(self.args)
        last = await db.one(
            f"select {', '.join(f'{k} as k{i}' for i, k in enumerate(self.keys))} from {self.source} where {where}"
            f" order by {self.order} limit 1 offset {rows - 1}",
            *args,
        )
        if last is not None:
            reached = ">=" if self.order.endswith("desc") else "<="
            where += f" and ({', '.join(self.keys)}) {reached} ({', '.join(['{}'] * len(self.keys))})"
            args += last.values()
        # A value that is asked for each row: no engine reads the texts first, and both stop as soon as there are enough.
        found = await db.rows(
            f"select {self.words.id_column} as id from {self.source} where {where} and (select 1 from search_texts found"
            f" where found.kind = {{}} and found.subject_id = {self.words.id_column}"
            f" and {like(self.words.words, 'found.text')}) = 1 order by {self.order} limit {int(limit)}",
            *args, self.words.kind, *map(pattern, self.words.words),
        )  # fmt: skip
        return [int(f["id"]) for f in found], last is None
