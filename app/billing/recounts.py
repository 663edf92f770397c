"""Kept amounts against the rows they are kept from; each function returns the differences."""

from typing import Any

from app.core import db


async def receivables() -> list[dict[str, Any]]:
    """Receivables whose matched amount is not the sum of their standing allocations (reversed pairs settle each other)."""
    return await db.report(
        "select r.number, r.matched, coalesce(sum(a.amount), 0) as paid from receivables r"
        " left join receipt_allocations a on a.receivable = r.id and a.undone_at is null"
        " where r.reverses is null and not exists (select 1 from receivables b where b.reverses = r.id)"
        " group by r.id, r.number, r.matched having r.matched <> coalesce(sum(a.amount), 0)"
    )


async def receipts() -> list[dict[str, Any]]:
    """Receipts whose matched amount is not the sum of their standing allocations."""
    return await db.report(
        "select c.number, c.matched, coalesce(sum(a.amount), 0) as paid from receipts c"
        " left join receipt_allocations a on a.receipt = c.id and a.undone_at is null"
        " group by c.id, c.number, c.matched having c.matched <> coalesce(sum(a.amount), 0)"
    )


async def orders() -> list[dict[str, Any]]:
    """Orders whose billed or received amount is not what their receivables say."""
    return await db.report(
        "select o.number, o.invoiced, o.received, coalesce(sum(r.amount), 0) as billed,"
        " coalesce(sum(case when r.reverses is null and not exists (select 1 from receivables b where b.reverses = r.id)"
        " then r.matched else 0 end), 0) as paid from sales_orders o"
        ' left join receivables r on r."order" = o.id group by o.id, o.number, o.invoiced, o.received'
        " having o.invoiced <> coalesce(sum(r.amount), 0) or o.received <> coalesce(sum(case when r.reverses is null and not"
        " exists (select 1 from receivables b where b.reverses = r.id) then r.matched else 0 end), 0)"
    )
