"""Finding things by number, name, pinyin or initials: each has one row of text, written in the verb that changes it.

Words are looked up by grams (core/grams.py). Hits are met from the newest on, so that a page of common words is full soon. In
another order, or under filters, common words are met soon along the list itself, so its first rows are read before grams. All ways
check the text itself: the answer is that of reading every row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core import db
from app.core.grams import grams_of, spelled, wanted
from app.core.text import clean, searchable

AT_ONCE = 500
NEWEST = 3000
"""Rows that are read for words before grams are, where grams are not met from the newest on."""
NEAR = 50
"""Texts are written by the verb that makes the thing, so newer things have newer texts, but for a few made at once."""
COMMON = 4
"""Words met a fourth as often as a page needs are looked for in four times as many rows."""


async def index(kind: str, subject_id: int, *parts: str | None) -> None:
    """Write the words a thing is found by; part of the verb's transaction."""
    await index_many(kind, {subject_id: parts})


async def index_many(kind: str, words: Mapping[int, Sequence[str | None]]) -> None:
    """As index(), for many things of one kind."""
    texts = {subject: searchable(*parts) for subject, parts in words.items()}
    for start in range(0, len(texts), AT_ONCE):
        await _index_some(kind, dict(list(texts.items())[start : start + AT_ONCE]))


async def _index_some(kind: str, texts: dict[int, str]) -> None:
    await (_write_at_once if db.on_postgres() else _write_in_turn)(kind, texts)


def _texts(many: int) -> str:
    """The statement that writes so many texts; its rows are those that are new or different."""
    return (
        f"insert into search_texts (kind, subject_id, text) values {', '.join(['({}, {}, {})'] * many)}"
        " on conflict (kind, subject_id) do update set text = excluded.text where search_texts.text <> excluded.text"
        " returning id, subject_id, text"
    )


async def _write_at_once(kind: str, texts: dict[int, str]) -> None:
    """Texts and grams in one statement: each more is a way to the server and back in every verb."""
    given = ", ".join(["({}::bigint, {}::text[])"] * len(texts))
    await db.rows(
        f"with changed as ({_texts(len(texts))}) insert into search_grams (id, grams)"
        f" select c.id, g.grams from changed c join (values {given}) g (subject_id, grams) on g.subject_id = c.subject_id"
        " on conflict (id) do update set grams = excluded.grams",
        *[value for subject, text in texts.items() for value in (kind, subject, text)],
        *[value for subject, text in texts.items() for value in (subject, sorted(grams_of(kind, text)))],
    )


async def _write_in_turn(kind: str, texts: dict[int, str]) -> None:
    """SQLite takes grams out of its index only by the text they were made of."""
    old = await _texts_before(kind, list(texts))
    changed = await db.rows(
        _texts(len(texts)),
        *[value for subject, text in texts.items() for value in (kind, subject, text)],
    )
    await db.write_many("search_grams", ("search_grams", "rowid", "grams"), [
        ("delete", row["id"], spelled(grams_of(kind, old[row["subject_id"]]))) for row in changed if row["subject_id"] in old
    ])  # fmt: skip
    await _write_grams([(row["id"], grams_of(kind, row["text"])) for row in changed])


async def _texts_before(kind: str, subjects: list[int]) -> dict[int, str]:
    found = await db.rows(
        "select subject_id, text from search_texts where kind = {} and {}",
        kind,
        db.any_of("subject_id", subjects),
    )
    return {row["subject_id"]: row["text"] for row in found}


async def _write_grams(grams: Sequence[tuple[int, set[str]]]) -> None:
    if db.on_postgres():
        await db.insert_many(
            "search_grams", ("id", "grams"), [(id_, sorted(each)) for id_, each in grams],
            "on conflict (id) do update set grams = excluded.grams",
        )  # fmt: skip
    else:
        await db.write_many("search_grams", ("rowid", "grams"), [(id_, spelled(each)) for id_, each in grams])


async def regram(rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the grams of rows of search_texts of which there are none."""
    await _write_grams([(row["id"], grams_of(row["kind"], row["text"])) for row in rows])


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
    checks, values = like(words), [kind, *map(pattern, words)]
    if db.on_postgres():
        return (
            "with g as materialized (select id from search_grams where grams @> {})"
            f" select s.subject_id from g join search_texts s on s.id = g.id where s.kind = {{}} and {checks}",
            [sorted(wanted(kind, words)), *values],
        )
    return (
        "select s.subject_id from search_grams join search_texts s on s.id = search_grams.rowid"
        f" where search_grams match {{}} and s.kind = {{}} and {checks}",
        [spelled(wanted(kind, words)), *values],
    )


async def find(query: str, kinds: Sequence[str], limit: int = 8) -> dict[str, list[int]]:
    """Ids by kind of the newest things that hold every word of the query."""
    words = words_of(query)
    return await _newest(kinds, words, limit) if words else {}


Asked = tuple[str, list[Any]]
"""A statement with its values, that gives ids."""


async def _newest(
    kinds: Sequence[str], words: Sequence[str], limit: int, source: str = "", its_id: str = ""
) -> dict[str, list[int]]:
    """Of each kind the newest things that hold every word, newest first; if given, only those in a list's source."""
    listed = f" cross join {source} where {its_id} = s.subject_id and" if source else " where"
    texts, values = f"search_texts s{listed} s.kind = {{}} and {like(words)}", [*map(pattern, words)]
    found: dict[str, list[int]] = {kind: [] for kind in kinds}
    if (
        db.on_postgres()
    ):  # reads all hits of grams before it sorts them: common words are met sooner among the last texts
        found = await _together({kind: _among_the_last(texts, [kind, *values], limit) for kind in kinds})
    rare = [kind for kind in kinds if len(found[kind]) < limit]
    found |= await _together({
        kind: _by_grams(texts, [kind, *values], wanted(kind, words), limit + NEAR) for kind in rare
    })  # fmt: skip
    return {kind: sorted(ids, reverse=True)[:limit] for kind, ids in found.items()}


def _among_the_last(texts: str, values: list[Any], limit: int) -> Asked:
    start = (
        "select f.subject_id from search_texts f where f.kind = {} order by f.subject_id desc"
        f" limit 1 offset {NEWEST - 1}"
    )
    return (
        f"select s.subject_id as id from {texts} and s.subject_id >= coalesce(({start}), 0)"
        f" order by s.subject_id desc limit {int(limit)}",
        [*values, values[0]],
    )


def _by_grams(texts: str, values: list[Any], grams: set[str], limit: int) -> Asked:
    if db.on_postgres():
        id_, hits = "g.id", "(select id from search_grams where grams @> {} order by id desc) g"
        asked: Any = sorted(grams)
    else:
        id_, hits = (
            "g.rowid",
            "(select rowid from search_grams where search_grams match {} order by rowid desc) g",
        )
        asked = spelled(grams)
    return (
        f"select s.subject_id as id from {hits} cross join {texts} and s.id = {id_}"
        f" order by {id_} desc limit {int(limit)}",
        [asked, *values],
    )


async def _together(asked: Mapping[str, Asked]) -> dict[str, list[int]]:
    """The ids that each statement gives, asked for in one."""
    found: dict[str, list[int]] = {kind: [] for kind in asked}
    if asked:
        sql = " union all ".join(
            f"select {n} as place, id from ({sql}) q{n}" for n, (sql, _v) in enumerate(asked.values())
        )
        kinds = list(asked)
        for row in await db.rows(sql, *[value for _sql, values in asked.values() for value in values]):
            found[kinds[row["place"]]].append(int(row["id"]))
    return found


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
        if not where and tuple(keys) == (self.id_column,) and order.endswith("desc"):
            newest = await _newest([self.kind], self.words, limit, source, self.id_column)
            return self._are(newest[self.kind]), ()
        lists = _Among(self, source, where, args, keys, order)
        found, whole = await lists.first(limit, NEWEST)
        if not whole and limit > len(found) >= limit // COMMON:
            found, whole = await lists.first(limit, NEWEST * COMMON)
        if whole or len(found) >= limit:
            return self._are(found), ()
        return self.condition()

    def _are(self, found: Sequence[int]) -> str:
        return f"{self.id_column} in ({', '.join(map(str, found))})" if found else "1 = 0"

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
