"""Fetching a row to work on: found or kindly not found, locked against others, of the version the user saw."""

from collections.abc import Mapping
from typing import Any, TypeVar

from piccolo.columns import Column
from piccolo.columns.combination import Where

from app.core.columns import Table
from app.core.db import on_postgres
from app.core.refusals import NOT_FOUND, STALE, Refused

AT_ONCE = 500
Row = TypeVar("Row", bound=Table)


async def get(table: type[Row], *where: Where) -> Row:
    """The row, or Refused(NOT_FOUND)."""
    found = await table.objects().where(*where).first()
    if found is None:
        raise Refused(NOT_FOUND)
    return found


async def locked(table: type[Row], *where: Where, version: int | None = None) -> Row:
    """The row, locked until the end of the transaction; Refused(STALE) when `version` is not the row's any more."""
    query = table.objects().where(*where).first()
    found = await (query.lock_rows("UPDATE") if on_postgres() else query)
    if found is None:
        raise Refused(NOT_FOUND)
    if version is not None and found.version != version:  # type: ignore[attr-defined]
        raise Refused(STALE)
    return found


async def locked_many(table: type[Row], column: Column, versions: Mapping[Any, int | None]) -> dict[Any, Row]:
    """The rows whose `column` has these values, each locked and of its version, as `locked` would give them."""
    wanted, found = list(versions), dict[Any, Row]()
    name = column._meta.name
    for start in range(0, len(wanted), AT_ONCE):
        query = table.objects().where(column.is_in(wanted[start : start + AT_ONCE])).order_by(table.id)
        rows = await (query.lock_rows("UPDATE") if on_postgres() else query)
        found |= {getattr(row, name): row for row in rows}
    if len(found) < len(wanted):
        raise Refused(NOT_FOUND)
    if any(v is not None and found[value].version != v for value, v in versions.items()):  # type: ignore[attr-defined]
        raise Refused(STALE)
    return found
