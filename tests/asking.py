"""How often the database is asked: each statement that comes to its engine, in order."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest

from app.core import db
from app.core.db import DB

_DOORS = ("fetch", "report", "run_querystring")
"""Where every question comes through, ours and those of the tables; a transaction's as well."""


@contextmanager
def asked() -> Iterator[list[str]]:
    """Inside, what the database is asked."""
    statements: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for door in _DOORS:
            patch.setattr(type(DB), door, _noting(getattr(type(DB), door), statements))
        yield statements


@contextmanager
def plans() -> Iterator[Callable[..., Awaitable[list[str]]]]:
    """What is yielded tells how SQLite went about all that was asked since it last told, step by step; statements with one of
    the parts `but` are left out."""
    ask, asked = db.rows, list[tuple[str, tuple[Any, ...]]]()

    async def noted(sql: str, *args: Any) -> list[dict[str, Any]]:
        asked.append((sql, args))
        return await ask(sql, *args)

    async def steps(but: tuple[str, ...] = ()) -> list[str]:
        told = [each for each in asked if not any(part in each[0] for part in but)]
        asked.clear()
        return [row["detail"] for sql, args in told for row in await ask("explain query plan " + sql, *args)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "rows", noted)
        yield steps


def _noting(ask: Any, statements: list[str]) -> Any:
    @wraps(ask)
    async def noted(self: Any, query: Any, *more: Any, **named: Any) -> Any:
        statements.append(str(query))
        return await ask(self, query, *more, **named)

    return noted
