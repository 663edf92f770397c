"""How often the database is asked: each statement that comes to its engine, in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest

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


def _noting(ask: Any, statements: list[str]) -> Any:
    @wraps(ask)
    async def noted(self: Any, query: Any, *more: Any, **named: Any) -> Any:
        statements.append(str(query))
        return await ask(self, query, *more, **named)

    return noted
