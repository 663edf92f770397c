"""What delivery keeps, counted again."""

from typing import Any

from app.core import db


async def picked() -> list[dict[str, Any]]:
    """Picked quantities of lines against their picks."""
    return await db.report(
        "select n.id as line, n.picked_q as kept_q, cast(coalesce(sum(k.quantity_q), 0) as bigint) as counted_q"
        " from delivery_note_lines n left join delivery_picks k on k.line = n.id group by n.id, n.picked_q"
        " having n.picked_q <> coalesce(sum(k.quantity_q), 0) order by n.id"
    )


async def delivered() -> list[dict[str, Any]]:
    """Delivered quantities of order lines against what was taken over and what was posted for them and not reversed."""
    return await db.report(
        "select l.id as order_line, l.delivered_q as kept_q, cast(l.taken_over_q + coalesce(p.q, 0) as bigint) as counted_q"
        " from sales_order_lines l left join (select n.order_line, sum(n.picked_q) as q from delivery_note_lines n"
        " join delivery_notes d on d.id = n.note where d.state = 'posted' group by n.order_line) p on p.order_line = l.id"
        " where l.delivered_q <> l.taken_over_q + coalesce(p.q, 0) order by l.id"
    )


async def posted() -> list[dict[str, Any]]:
    """What posted notes picked against what the ledger moved for them."""
    return await db.report(
        "select d.number, n.item, cast(sum(n.picked_q) as bigint) as kept_q, cast(coalesce(max(m.q), 0) as bigint) as counted_q"
        " from delivery_notes d join delivery_note_lines n on n.note = d.id left join (select posting, item, sum(quantity_q) as q"
        " from stock_moves group by posting, item) m on m.posting = d.posting and m.item = n.item"
        " where d.state in ('posted', 'reversed') group by d.number, n.item"
        " having sum(n.picked_q) <> coalesce(max(m.q), 0) order by d.number"
    )


async def reserved() -> list[dict[str, Any]]:
    """Reserved stock against the picks of open notes."""
    return await db.report(
        "select balance, cast(sum(q) as bigint) as difference_q from ("
        " select b.id as balance, k.quantity_q as q from delivery_picks k join delivery_note_lines n on n.id = k.line"
        " join delivery_notes d on d.id = n.note join stock_balances b on b.lot = k.lot and b.bin = k.bin and b.quality = 'good'"
        " where d.state in ('draft', 'picking')"
        " union all select supply_id, -quantity_q from demands where supply_kind = 'balance'"
        " and demand_kind = 'delivery_note_line') both_ways group by balance having sum(q) <> 0 order by balance"
    )


async def promised() -> list[dict[str, Any]]:
    """Promises to order lines of which more was handed over than the line ever got (less: it came before the promise)."""
    return await db.report(
        "select l.id as order_line, l.delivered_q as kept_q, cast(sum(d.fulfilled_q) as bigint) as counted_q"
        " from sales_order_lines l join demands d on d.demand_kind = 'sales_order_line' and d.demand_id = l.id"
        " group by l.id, l.delivered_q having sum(d.fulfilled_q) > l.delivered_q or min(d.fulfilled_q) < 0 order by l.id"
    )
