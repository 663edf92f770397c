"""What the opening says is in the books, counted again where it went."""

from typing import Any

from app.core import db


async def stock() -> list[dict[str, Any]]:
    """Opening stock by lot and bin against what its postings moved there."""
    return await db.report(
        "select item, lot, bin, quality, cast(sum(q) as bigint) as difference_q from ("
        " select item, lot, bin, quality, quantity_q as q from opening_rows where kind = 'stock'"
        " union all select m.item, m.lot, m.to_bin, m.to_quality, -m.quantity_q from stock_moves m join stock_postings p"
        " on p.id = m.posting join bins b on b.id = m.to_bin where p.source_kind = 'opening' and b.kind <> 'virtual'"
        " union all select m.item, m.lot, m.from_bin, m.from_quality, m.quantity_q from stock_moves m join stock_postings p"
        " on p.id = m.posting join bins b on b.id = m.from_bin where p.source_kind = 'opening' and b.kind <> 'virtual'"
        ") both_ways group by item, lot, bin, quality having sum(q) <> 0"
    )


async def orders() -> list[dict[str, Any]]:
    """What open orders had shipped when they were taken over against their lines."""
    return await db.report(
        "select o.number, r.done as told_q, l.done as kept_q from (select subject_id, sum(done_q) as done from opening_rows"
        " where kind = 'orders' group by subject_id) r join sales_orders o on o.id = r.subject_id join ("
        ' select "order", sum(taken_over_q) as done from sales_order_lines group by "order") l on l."order" = o.id'
        " where r.done <> l.done"
    )


async def money() -> list[dict[str, Any]]:
    """Receivables and bills taken over against what they are worth here."""
    return await db.report(
        "select c.number, r.amount as told, c.amount as kept from opening_rows r join receivables c on c.id = r.subject_id"
        " where r.kind = 'receivables' and (c.amount <> r.amount or c.currency <> r.currency)"
        " union all select b.number, r.amount, b.amount from opening_rows r join bills b on b.id = r.subject_id"
        " where r.kind = 'bills' and (b.amount <> r.amount or b.currency <> r.currency)"
    )
