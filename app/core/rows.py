"""Fetching a row to work on: found or kindly not found, locked against others, of the version the user saw."""

from typing import TypeVar

from piccolo.columns.combination import Where

from app.core.columns import Table
from app.core.db import on_postgres
from app.core.refusals import NOT_FOUND, STALE, Refused

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
