"""Document numbers without gaps: the counter row is raised in the transaction that uses the number.

One number per transaction, or in alphabetical order of prefix: two counters in free order deadlock on PostgreSQL.
"""

from datetime import date

from piccolo.columns import BigInt, Varchar

from app.core import clock
from app.core.columns import Table
from app.core.db import value

PREFIXES = {
    "SO": "sales order", "WO": "work order", "DN": "delivery note", "AR": "receivable", "RC": "receipt",
    "AP": "approval", "RU": "approval rule", "PE": "production exception", "SP": "schedule", "SM": "stock posting", "IO": "inbound order",
    "OP": "opening import", "CR": "change request", "QT": "quotation", "IQ": "inquiry", "FO": "framework order", "PR": "prospect",
}  # fmt: skip


class Counter(Table, tablename="counters"):
    """The last number given for a prefix and day."""

    key = Varchar(length=40, unique=True)
    last = BigInt(default=0)


async def next_number(prefix: str, day: date | None = None) -> str:
    """The next number of the day, `SO20261122-0001`; four digits that grow when a day needs more."""
    return (await next_numbers(prefix, 1, day))[0]


async def next_numbers(prefix: str, many: int, day: date | None = None) -> list[str]:
    """So many numbers at once, one after the other."""
    if prefix not in PREFIXES:
        raise ValueError(prefix)
    stamp = (day or clock.today()).strftime("%Y%m%d")
    last = await value(
        "insert into counters (key, last) values ({}, {})"
        " on conflict (key) do update set last = counters.last + excluded.last returning last",
        f"{prefix}:{stamp}", many,
    )  # fmt: skip
    return [f"{prefix}{stamp}-{n:04d}" for n in range(last - many + 1, last + 1)]
