"""Lists by key: the cursor holds the sort values of the last row, never a page position."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from piccolo.querystring import QueryString

from app.core import db
from app.core.keeping import kept
from app.core.refusals import NOT_A_CHOICE, Reason, Refused
from app.core.search import Words, pattern
from app.core.words import N_

BAD_CURSOR = Reason(
    "bad_cursor", N_("This page address does not fit the list any more; start from its first page"), 400
)


@dataclass(frozen=True)
class Condition:
    """One SQL condition with `{}` for its values.

    `few`: so few rows meet it that a list starts from them, whatever its order.
    """

    sql: str
    args: tuple[Any, ...] = ()
    few: bool = False


def either(conditions: Sequence[Condition]) -> Condition:
    """What meets one of them."""
    return Condition(
        " or ".join(f"({c.sql})" for c in conditions),
        tuple(a for c in conditions for a in c.args),
        few=all(c.few for c in conditions),
    )


def contains(value: str, *columns: str) -> Condition:
    """One of the columns holds the text as typed, in whatever case: both engines alike."""
    sought = pattern(value[:80].replace("\x00", "").lower())
    return Condition(
        " or ".join(f"lower({c}) like {{}} escape '!'" for c in columns), (sought,) * len(columns)
    )


def named(code: str, *names: str) -> Callable[[str], Condition]:
    """What people type into a filter for a thing: its code, or a part of one of its names."""

    def condition(value: str) -> Condition:
        found = contains(value, *names)
        return Condition(f"{code} = {{}} or {found.sql}", (value[:80].replace("\x00", ""), *found.args))

    return condition


@dataclass(frozen=True)
class Page:
    """One page of rows, with the cursors of its neighbours (None at the ends)."""

    rows: list[dict[str, Any]]
    next_cursor: str | None
    previous_cursor: str | None
    sort: str


@dataclass(frozen=True)
class Listing:
    """A list of one kind of thing: what is selected, from where, and the closed list of sorts.

    `sorts` maps a sort's name to the NOT NULL columns it goes by; the last one must be unique (the id).
    Columns appear in the select under aliases `sort_0`, `sort_1` … added here.
    """

    select: str
    source: str
    sorts: Mapping[str, Sequence[str]]
    default_sort: str
    suffix: str = ""
    max_limit: int = field(default=200)

    async def page(
        self, conditions: Sequence[Condition] = (), sort: str | None = None, cursor: str | None = None, limit: int = 50,
        words: Words | None = None,
    ) -> Page:  # fmt: skip
        """One page of the rows that meet the conditions and, if given, are found by these words."""
        sort = sort or self.default_sort
        columns, descending = self._columns(sort)
        limit = max(1, min(limit, self.max_limit))
        stamp = self._stamp(sort, conditions, words)
        backwards, after = _decode(cursor, stamp, len(columns)) if cursor else (False, None)
        where = list(conditions)
        down = descending != backwards
        if after is not None:
            marks = ", ".join(["{}"] * len(columns))
            where.append(Condition(f"({', '.join(columns)}) {'<' if down else '>'} ({marks})", tuple(after)))
        order = ", ".join(f"{c} {'desc' if down else 'asc'}" for c in columns)
        if words is not None:
            text, args = " and ".join(f"({c.sql})" for c in where), [a for c in where for a in c.args]
            where.append(Condition(*await words.narrow(self.source, text, args, columns, order, limit + 1)))
        elif any(c.few for c in conditions):
            where = [self._first(where, columns, down, limit + 1)]
        found = await db.rows(*self._sql(where, columns, order, limit + 1))
        more, found = len(found) > limit, found[:limit]
        if backwards:
            found.reverse()
        first, last = (
            (_keys(found[0], len(columns)), _keys(found[-1], len(columns))) if found else (None, None)
        )
        has_next, has_previous = (True, more) if backwards else (more, after is not None)
        return Page(
            rows=found,
            next_cursor=_encode(stamp, False, last) if has_next and last else None,
            previous_cursor=_encode(stamp, True, first) if has_previous and first else None,
            sort=sort,
        )

    async def all(
        self, conditions: Sequence[Condition] = (), sort: str | None = None, limit: int = 100_000
    ) -> list[dict[str, Any]]:
        """Every row of the list, for exports; read beside the pages."""
        columns, descending = self._columns(sort or self.default_sort)
        order = ", ".join(f"{c} {'desc' if descending else 'asc'}" for c in columns)
        return await db.report(*self._sql(list(conditions), columns, order, limit))

    def _first(self, where: list[Condition], columns: Sequence[str], down: bool, limit: int) -> Condition:
        """The first rows by their ids alone, gathered before anything else is read of them.

        Said so that no engine walks an index in the list's order until it has met enough of the few.
        """
        order = ", ".join(f"coalesce({c}, null) {'desc' if down else 'asc'}" for c in columns)
        met = " and ".join(f"({c.sql})" for c in where)
        unique = columns[-1]
        return Condition(
            f"{unique} in (select {unique} from {self.source} where {met} order by {order} limit {limit})",
            tuple(a for c in where for a in c.args),
        )

    def _columns(self, sort: str) -> tuple[Sequence[str], bool]:
        name = sort.removeprefix("-")
        if name not in self.sorts:
            raise Refused(NOT_A_CHOICE, "sort", given=name[:40])
        return self.sorts[name], sort.startswith("-")

    def _sql(self, where: list[Condition], columns: Sequence[str], order: str, limit: int) -> tuple[Any, ...]:
        keys = ", ".join(f"{c} as sort_{i}" for i, c in enumerate(columns))
        text = f"select {self.select}, {keys} from {self.source}"
        if where:
            text += " where " + " and ".join(f"({c.sql})" for c in where)
        text += f" {self.suffix} order by {order} limit {int(limit)}"
        return (text, *[a for c in where for a in c.args])

    def _stamp(self, sort: str, conditions: Sequence[Condition], words: Words | None) -> str:
        asked = (sort, [(c.sql, c.args) for c in conditions], words and words.words)
        return hashlib.sha1(repr(asked).encode()).hexdigest()[:8]


async def capped_counts(source: str, asked: Sequence[Sequence[Condition]], cap: int = 999) -> list[int]:
    """How many rows meet each group of conditions, counted up to cap + 1 (badges say "999+"), in one statement."""
    return await _counts(source, tuple(map(tuple, asked)), cap) if asked else []


@kept
async def _counts(source: str, asked: tuple[tuple[Condition, ...], ...], cap: int) -> list[int]:
    counts = ", ".join(
        f"(select count(*) from (select 1 from {source} where"
        f" {' and '.join(f'({c.sql})' for c in conditions) or '1 = 1'} limit {cap + 1}) few) as n{i}"
        for i, conditions in enumerate(asked)
    )
    found = await db.one(f"select {counts}", *[a for conditions in asked for c in conditions for a in c.args])
    assert found is not None
    return list(found.values())


def matching(table_column: str, values: Sequence[Any]) -> Condition:
    query: QueryString = db.any_of(table_column, values)
    return Condition(query.template, tuple(values))


def _keys(row: dict[str, Any], n: int) -> list[Any]:
    return [row[f"sort_{i}"] for i in range(n)]


def _encode(stamp: str, backwards: bool, keys: list[Any]) -> str:
    tagged = [
        {"t": k.isoformat()}
        if isinstance(k, datetime)
        else {"d": k.isoformat()}
        if isinstance(k, date)
        else k
        for k in keys
    ]
    return base64.urlsafe_b64encode(json.dumps([stamp, int(backwards), tagged]).encode()).decode().rstrip("=")


def _decode(cursor: str, stamp: str, n: int) -> tuple[bool, list[Any]]:
    try:
        made_for, backwards, tagged = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        keys = [_untagged(k) for k in tagged]
    except (ValueError, TypeError, KeyError):
        raise Refused(BAD_CURSOR, "cursor") from None
    if made_for != stamp or len(keys) != n:
        raise Refused(BAD_CURSOR, "cursor")
    return bool(backwards), keys


def _untagged(key: Any) -> Any:
    if isinstance(key, dict):
        return datetime.fromisoformat(key["t"]) if "t" in key else date.fromisoformat(key["d"])
    if not isinstance(key, int | str):
        raise ValueError(key)
    return key
