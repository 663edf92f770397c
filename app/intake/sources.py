"""From a file's bytes to records, read with the words of the customer who sent it."""

import asyncio
from typing import Any

from app.core import clock, db
from app.core.refusals import Refused
from app.intake.knowing import know
from app.intake.learning import COLUMN, TABLE, vocabulary_of
from app.intake.readers import Grid, Reading, Unreadable, Vocabulary, read
from app.intake.readers.synonyms import key
from app.intake.records import Record, record_of, record_unread
from app.intake.refusals import UNREADABLE

ROWS_LOOKED_AT = 60
KEPT = ("NO_TABLE", "TWO_TABLES")
"""What a person can help with: the source is kept, and its columns or its table are named by hand."""


async def records_in(name: str, data: bytes, customer: int | None = None) -> list[Record]:
    """The orders in a file. Refused at the file with the reader's own sentence where nothing can be done."""
    try:
        reading = await _read(name, data, await vocabulary_of(customer))
    except Unreadable as unreadable:
        if unreadable.code not in KEPT or not unreadable.sheets:
            raise Refused(UNREADABLE, "file", why=unreadable.sentence()) from None
        again = await _read_as_taught(name, data, unreadable.sheets) if customer is None else None
        return _records(again) if again else [record_unread(unreadable)]
    records = _records(reading)
    return records if customer else await _in_own_words(name, data, records)


def _records(reading: Reading) -> list[Record]:
    return [record_of(reading, order) for order in reading.orders]


async def _in_own_words(name: str, data: bytes, records: list[Record]) -> list[Record]:
    """The same once more, where the only customer in it has words of their own."""
    known = await know(records)
    customers = {c["id"] if (c := known.customer_of(record)) else None for record in records}
    if len(customers) != 1 or None in customers:
        return records
    words = await vocabulary_of(customers.pop())
    if not (words.columns or words.units or words.quantities or words.prices or words.passed_over):
        return records
    return _records(await _read(name, data, words)) or records


async def _read(name: str, data: bytes, words: Vocabulary) -> Reading:
    return await asyncio.to_thread(read, name, data, words, clock.today())


async def _read_as_taught(name: str, data: bytes, sheets: tuple[Grid, ...]) -> Reading | None:
    """A file that nobody could read but whose headings were taught: with the words of the customer who knows most.

    A customer's words are not taken for a file that names somebody else.
    """
    texts = {
        key(t)[:200] for sheet in sheets for row in sheet.rows[:ROWS_LOOKED_AT] for t in row if t.strip()
    }
    rows: list[dict[str, Any]] = await db.rows(
        f"select customer, count(*) as n from learned_words where kind = '{COLUMN}' and {{}}"
        " group by customer order by count(*) desc, customer limit 3",
        db.any_of("said", sorted(texts)[:2000]),
    )
    taught = await db.rows(
        f"select customer from learned_words where kind = '{TABLE}' group by customer limit 20"
    )
    for customer in dict.fromkeys([r["customer"] for r in rows] + [t["customer"] for t in taught]):
        try:
            reading = await _read(name, data, await vocabulary_of(customer))
        except Unreadable:
            continue
        records = _records(reading)
        known = await know(records)
        if all((known.customer_of(r) or {"id": customer})["id"] == customer for r in records):
            return reading
    return None
