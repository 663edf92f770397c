"""Reads of postings shared by page and program."""

from collections.abc import Sequence
from typing import Any

from app.core import db
from app.core.rows import in_order, only


async def posting_called(number: str) -> dict[str, Any]:
    """A posting with what it reverses and what reversed it; Refused(NOT_FOUND)."""
    return only(await postings_called([number[:40]]))


async def postings_called(numbers: Sequence[str]) -> list[dict[str, Any]]:
    """The same for many, in the order of their numbers."""
    found = await db.rows(
        "select p.*, h.name as person_name, r.number as reversed_by, o.number as reverses_number from stock_postings p"
        " left join people h on h.id = p.person left join stock_postings r on r.reverses = p.id"
        " left join stock_postings o on o.id = p.reverses where {}",
        db.any_of("p.number", numbers),
    )
    return in_order(found, "number", numbers)
