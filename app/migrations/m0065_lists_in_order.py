"""Each long list is read in each of its orders, and by each of its filters, from an index: at first it was sorted or read through.

The audit log goes by when things happened, as its days do; an index on who did them finds those who did little.
"""

from app.core.migrations import run


async def forwards() -> None:
    await run(
        "create index receivables_due on receivables (due_on, id)",
        "create index receivables_amount on receivables (amount, id)",
        "create index receivables_reference on receivables (reference) where reference <> ''",
        "create index receipts_received on receipts (received_on, id)",
        "create index receipts_amount on receipts (amount, id)",
        "create index delivery_notes_planned on delivery_notes (planned_on, id)",
        "drop index delivery_notes_state",
        "create index delivery_notes_state on delivery_notes (state, planned_on, id)",
        "create index inbound_orders_received on inbound_orders (received_at, id)",
        "drop index inbound_orders_state",
        "create index inbound_orders_state on inbound_orders (state, received_at, id)",
        "create index stock_postings_happened on stock_postings (happened_at, id)",
        "create index stock_postings_why on stock_postings (why)",
        "create index stock_postings_booked on stock_postings (booked_on)",
        "create index stock_postings_flagged on stock_postings (id) where flags <> ''",
        "drop index sales_orders_salesperson",
        "create index sales_orders_salesperson on sales_orders (salesperson, due_date, id, gross_cny, state, open_lines)",
        "create index work_orders_due on work_orders (due_date, id)",
        "create index quotations_until on quotations (valid_until, id)",
        "create index quotations_salesperson on quotations (salesperson)",
        "create index inquiries_salesperson on inquiries (salesperson)",
        "drop index demands_demand",
        "create index demands_demand on demands (demand_kind, demand_id, supply_kind, supply_id)",
        "create index events_happened on events (happened_at, id)",
        "create index events_actor on events (actor, happened_at)",
    )
