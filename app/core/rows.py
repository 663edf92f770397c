"""Fetching a row to work on: found or kindly not found, locked against others, of the version the user saw; and many at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from piccolo.columns import Column
from piccolo.columns.combination import Where

from app.core import db
from app.core.columns import Table
from app.core.refusals import NOT_FOUND, STALE, Refused

AT_ONCE = 500
Row = TypeVar("Row", bound=Table)


async def get(table: type[Row], *where: Where) -> Row:
    """The row, or Refused(NOT_FOUND)."""
    return await _first(table, where)


async def locked(table: type[Row], *where: Where, version: int | None = None) -> Row:
    """The row, locked until the end of the transaction; Refused(STALE) when `version` is not the row's any more."""
    found = await _first(table, where, " for update" if db.on_postgres() else "")
    if version is not None and found.version != version:  # type: ignore[attr-defined]
        raise Refused(STALE)
    return found


async def _first(table: type[Row], where: Sequence[Where], lock: str = "") -> Row:
    """As piccolo's objects().first(), which puts a wide table's columns together anew each time: a sixth of a page."""
    wanted = " and ".join(["({})"] * len(where))
    statement = f'select * from "{table._meta.tablename}" where {wanted} limit 1{lock}'
    found = await db.one(statement, *(each.querystring for each in where))
    if found is None:
        raise Refused(NOT_FOUND)
    return table(_exists_in_db=True, **found)


async def locked_many(table: type[Row], column: Column, versions: Mapping[Any, int | None]) -> dict[Any, Row]:
    """The rows whose `column` has these values, each locked and of its version, as `locked` would give them."""
    wanted, found = list(versions), dict[Any, Row]()
    name = column._meta.name
    for start in range(0, len(wanted), AT_ONCE):
        query = table.objects().where(column.is_in(wanted[start : start + AT_ONCE])).order_by(table.id)
        rows = await (query.lock_rows("UPDATE") if db.on_postgres() else query)
        found |= {getattr(row, name): row for row in rows}
    if len(found) < len(wanted):
        raise Refused(NOT_FOUND)
    if any(v is not None and found[value].version != v for value, v in versions.items()):  # type: ignore[attr-defined]
        raise Refused(STALE)
    return found


def only(found: Sequence[Any]) -> Any:
    """The one that was looked for, or Refused(NOT_FOUND)."""
    if not found:
        raise Refused(NOT_FOUND)
    return found[0]


def in_order(found: Iterable[dict[str, Any]], column: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows in the order of these values of a column; values that no row has are left out."""
    by_value = {row[column]: row for row in found}
    return [by_value[value] for value in values if value in by_value]


def gathered(found: Iterable[dict[str, Any]], column: str) -> Mapping[Any, list[dict[str, Any]]]:
    """The rows of each value of a column, in their order: none for any other value."""
    rows = defaultdict[Any, list[dict[str, Any]]](list)
    for row in found:
        rows[row[column]].append(row)
    return rows
