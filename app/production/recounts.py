"""Kept sums against the reports and the ledger they come from. Each recount returns the rows that differ; none is right."""

from typing import Any

from app.core import db


async def operations_differ_from_reports() -> list[dict[str, Any]]:
    """Operations whose good, scrap or number of reports is not what their reports add up to."""
    return await db.report(
        "select o.id, o.good_q, o.scrap_q, o.reports, coalesce(r.good_q, 0) as reported_good_q,"
        " coalesce(r.scrap_q, 0) as reported_scrap_q, coalesce(r.n, 0) as reported_n from work_order_operations o"
        " left join (select operation, sum(good_q) as good_q, sum(scrap_q) as scrap_q,"
        " sum(case when reverses is null then 1 else -1 end) as n from operation_reports group by operation) r on r.operation = o.id"
        " where o.good_q <> coalesce(r.good_q, 0) or o.scrap_q <> coalesce(r.scrap_q, 0) or o.reports <> coalesce(r.n, 0)"
    )


async def work_orders_differ_from_operations() -> list[dict[str, Any]]:
    """Work orders whose done is not the last operation's good, or whose scrap is not that of all operations."""
    return await db.report(
        "select w.number, w.done_q, w.scrap_q, l.good_q, s.scrap_q as operations_scrap_q from work_orders w"
        " join (select work_order, sum(scrap_q) as scrap_q, max(seq) as last_seq from work_order_operations group by work_order) s"
        " on s.work_order = w.id"
        " join work_order_operations l on l.work_order = w.id and l.seq = s.last_seq"
        " where w.done_q <> l.good_q or w.scrap_q <> s.scrap_q"
    )


async def work_orders_differ_from_ledger() -> list[dict[str, Any]]:
    """Work orders whose received quantity is not what the ledger moved out of production for them."""
    return await db.report(
        "select w.number, w.received_q, coalesce(m.q, 0) as ledger_q from work_orders w left join ("
        " select p.source_id, sum(case when p.reverses is null then v.quantity_q else -v.quantity_q end) as q"
        " from stock_postings p join stock_moves v on v.posting = p.id"
        " where p.source_kind = 'work_order' and (p.why = 'produce' or p.reverses in"
        " (select id from stock_postings where why = 'produce')) group by p.source_id) m on m.source_id = w.id"
        " where w.received_q <> coalesce(m.q, 0)"
    )


async def reports_differ_from_scrap() -> list[dict[str, Any]]:
    """Reports whose scrap is not the sum of its reasons."""
    return await db.report(
        "select r.id, r.scrap_q, coalesce(s.q, 0) as by_reason_q from operation_reports r left join ("
        " select report, sum(quantity_q) as q from reported_scrap group by report) s on s.report = r.id"
        " where r.scrap_q <> coalesce(s.q, 0)"
    )
