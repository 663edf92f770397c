"""An index that is the beginning of a longer one is written at every change and read by nobody."""

from app.core.migrations import run

TWICE = (
    "bom_lines_bom",
    "calendar_days_calendar",
    "call_off_plans_framework",
    "change_points_request",
    "customer_items_customer",
    "delivery_note_lines_note",
    "framework_lines_framework",
    "grants_role",
    "inquiry_lines_inquiry",
    "learned_words_customer",
    "lots_item",
    "notices_user",
    "parked_actions_device",
    "production_exceptions_state",
    "quotation_lines_quotation",
    "quotations_root",
    "routing_operations_item",
    "sales_order_lines_order",
    "saved_views_user",
    "schedule_slots_schedule",
    "stock_balances_item",
    "stock_moves_item",
    "user_roles_user",
    "work_order_operations_machine",
    "work_order_operations_work_order",
)


async def forwards() -> None:
    await run(*(f"drop index {name}" for name in TWICE))
