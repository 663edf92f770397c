"""What events are about, in words: the kinds of their subjects and of their own names (`sales_order.confirmed`)."""

from app.core.words import N_, Word, _

KINDS: dict[str, Word] = {
    "sales_order": N_("Sales order"), "order": N_("Sales order"), "inbound_order": N_("Inbound order"),
    "change_request": N_("Change request"), "approval": N_("Approval"), "alert": N_("Alert"), "work_order": N_("Work order"),
    "operation": N_("Operation"), "production_exception": N_("Production exception"), "schedule": N_("Schedule"),
    "device_action": N_("Sent by devices"), "stock": N_("Stock"), "posting": N_("Stock posting"), "lot": N_("Lot"),
    "delivery_note": N_("Delivery note"), "receivable": N_("Receivable"), "receipt": N_("Receipt"), "bill": N_("Acceptance bill"),
    "customer": N_("Customer"), "customer_item": N_("Customer's part number"), "price_list": N_("Price list"),
    "share_link": N_("Progress link"), "supplier": N_("Supplier"), "item": N_("Item"), "bom": N_("Bill of materials"),
    "machine": N_("Machine"), "work_center": N_("Work center"), "calendar": N_("Calendar"), "warehouse": N_("Warehouse"), "bin": N_("Bin"),
    "person": N_("Person"), "department": N_("Department"), "team": N_("Team"), "user": N_("Login"), "role": N_("Role"),
    "api_key": N_("API key"), "device": N_("Device"), "company": N_("Company"), "file": N_("File"),
    "approval_rule": N_("Approval rule"), "approval_delegation": N_("Delegation"), "alert_rule": N_("Alert rule"),
    "cleaning_rule": N_("Cleaning rule"), "learned_word": N_("Learned word"), "channel": N_("Message channel"),
    "notifications": N_("Messages"), "group_robot": N_("Group robot"), "integration_job": N_("Integration job"),
    "inquiry": N_("Inquiry"), "quotation": N_("Quotation"), "framework_order": N_("Framework order"), "custom_field": N_("Custom field"),
    "opening": N_("Going live"), "opening_import": N_("Going live"),
}  # fmt: skip


def in_words(name: str) -> str:
    """The kind of an event by its name, or of a subject."""
    kind = name.partition(".")[0]
    return _(KINDS.get(kind) or kind)
