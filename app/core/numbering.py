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
    "OP": "opening import",
}  # fmt: skip


class Counter(Table, tablename="counters"):
    """The last number given for a prefix and day."""

    key = Varchar(length=40, unique=True)
    last = BigInt(default=0)


async def next_number(prefix: str, day: date | None = None) -> str:
    """The next number of the day, `SO20261122-0001`; four digits that grow when a day needs more."""
    if prefix not in PREFIXES:
        raise ValueError(prefix)
    stamp = (day or clock.today()).strftime("%Y%m%d")
    last = await value(
        "insert into counters (key, last) values ({}, 1)"
        " on conflict (key) do update set last = counters.last + 1 returning last",
        f"{prefix}:{stamp}",
    )
    return f"{prefix}{stamp}-{last:04d}"
