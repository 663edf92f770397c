"""What the rows of a list meet, in SQL that both engines understand, and how many do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from piccolo.querystring import QueryString

from app.core import db
from app.core.keeping import kept
from app.core.search import pattern


@dataclass(frozen=True)
class Condition:
    """One SQL condition with `{}` for its values.

    `few`: so few rows meet it that a list starts from them, whatever its order; None where that is so of some values
    only (a customer, a person, a day), and the list finds out. `along`: the column in whose order an index has them. `since`,
    `until`: the column of which it is the lower bound, or the upper one.
    """

    sql: str
    args: tuple[Any, ...] = ()
    few: bool | None = field(default=False, compare=False)
    along: str = field(default="", compare=False)
    since: str = field(default="", compare=False)
    until: str = field(default="", compare=False)


def since(column: str, at: Any) -> Condition:
    """From there on."""
    return Condition(f"{column} >= {{}}", (at,), few=None, since=column)


def until(column: str, at: Any) -> Condition:
    """Before it."""
    return Condition(f"{column} < {{}}", (at,), few=None, until=column)


def either(conditions: Sequence[Condition]) -> Condition:
    """What meets one of them."""
    if len(conditions) == 1:
        return conditions[0]
    kinds = {c.few for c in conditions}
    few = kinds.pop() if len(kinds) == 1 else False if False in kinds else None
    sql = " or ".join(f"({c.sql})" for c in conditions)
    return Condition(sql, tuple(a for c in conditions for a in c.args), few)


def contains(value: str, *columns: str) -> Condition:
    """One of the columns holds the text as typed, in whatever case: both engines alike."""
    sought = pattern(value[:80].replace("\x00", "").lower())
    return Condition(
        " or ".join(f"lower({c}) like {{}} escape '!'" for c in columns), (sought,) * len(columns), few=None
    )


def named(code: str, *names: str) -> Callable[[str], Condition]:
    """What people type into a filter for a thing: its code, or a part of one of its names."""

    def condition(value: str) -> Condition:
        found = contains(value, *names)
        return Condition(
            f"{code} = {{}} or {found.sql}", (value[:80].replace("\x00", ""), *found.args), few=None
        )

    return condition


def those(column: str, table: str, meant: Callable[[str], Condition]) -> Callable[[str], Condition]:
    """Rows whose column refers to what is meant: that is looked for once, as `those`, not again for each row."""

    def condition(value: str) -> Condition:
        found = meant(value)
        sql = f"{column} in (select those.id from {table} those where {found.sql})"
        return Condition(sql, found.args, few=None)

    return condition


def whose(column: str, table: str, code: str, *names: str) -> Callable[[str], Condition]:
    """Rows whose column refers to a thing of this code, or with a part of one of these names."""
    return those(column, table, named(f"those.{code}", *(f"those.{name}" for name in names)))


def all_of(conditions: Sequence[Condition]) -> Condition:
    """What meets every one of them."""
    return Condition(
        " and ".join(f"({c.sql})" for c in conditions), tuple(a for c in conditions for a in c.args)
    )


def row_by_row(conditions: Sequence[Condition]) -> Condition:
    """The same, asked of each row that is read: SQLite finds no rows by it. PostgreSQL knows which values are common."""
    met = all_of(conditions)
    if db.on_postgres() and conditions:
        return met
    return (
        Condition(f"case when {met.sql} then 1 else 0 end = 1", met.args)
        if conditions
        else Condition("1 = 1")
    )


def in_order(columns: Sequence[str], down: bool) -> str:
    return ", ".join(f"{c} {'desc' if down else 'asc'}" for c in columns)


def beyond(columns: Sequence[str], down: bool, keys: Sequence[Any], too: str = "") -> Condition:
    """After the row with these keys in the order of the columns; with `too`, that row as well."""
    marks = ", ".join(["{}"] * len(columns))
    return Condition(f"({', '.join(columns)}) {'<' if down else '>'}{too} ({marks})", tuple(keys))


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
