"""The main menu: what a person may open, with the counts that need them."""

from dataclasses import dataclass
from typing import Any

from app.alerts import queries as alerts
from app.approvals.queries import to_decide_by
from app.core import clock
from app.core.keeping import kept_rows
from app.core.words import N_, Word, _
from app.people.actors import Actor
from app.upkeep import backup_state


@dataclass(frozen=True)
class Entry:
    """One menu item; without a `permission` everybody sees it. `also`: other words by which people look for it."""

    key: str
    label: Word
    icon: str
    href: str
    permission: str = ""
    also: Word = Word("")


# icons: list-plus layers
# icons: banknote bell-ring building-2 calendar-range clipboard-list cog factory file-input file-text grid-3x3 hammer handshake history
# icons: message-square-plus
# icons: layout-dashboard list-checks package radio-tower send receipt scale scan-line stamp tablet-smartphone triangle-alert truck users warehouse
MENU: tuple[tuple[Word, tuple[Entry, ...]], ...] = (
    (Word(""), (
        Entry("home", N_("Workplace"), "layout-dashboard", "/"),
        Entry("inbox", N_("Approvals"), "stamp", "/inbox", also=N_("for me to decide, inbox")),
        Entry("todos", N_("To-dos"), "list-checks", "/todos"),
        Entry("alerts", N_("Alerts"), "bell-ring", "/alerts", "alerts:alert:see"),
    )),
    (N_("Orders"), (
        Entry("intake", N_("Intake"), "file-input", "/intake", "intake:inbound:see", N_("import, upload")),
        Entry("inquiries", N_("Inquiries"), "message-square-plus", "/inquiries", "inquiries:inquiry:see", N_("request, RFQ")),
        Entry("quotations", N_("Quotations"), "file-text", "/quotations", "quotations:quotation:see", N_("offer, price")),
        Entry("framework_orders", N_("Framework orders"), "layers", "/framework-orders", "frameworks:order:see",
              N_("call-off, annual agreement")),
        Entry("orders", N_("Sales orders"), "clipboard-list", "/orders", "sales:order:see"),
        Entry("changes", N_("Change requests"), "git-compare-arrows", "/change-requests", "amendments:request:see"),
        Entry("customers", N_("Customers"), "building-2", "/customers", "parties:customer:see"),
        Entry("price_lists", N_("Price lists"), "receipt", "/price-lists", "pricing:list:see"),
    )),
    (N_("Production"), (
        Entry("plan", N_("Schedule"), "calendar-range", "/schedules", "planning:schedule:see", N_("plan, planning")),
        Entry("work_orders", N_("Work orders"), "hammer", "/work-orders", "production:work_order:see", N_("production order, push down")),
        Entry("exceptions", N_("Exceptions"), "triangle-alert", "/production-exceptions", "production:exception:see"),
        Entry("device_actions", N_("Sent by devices"), "tablet-smartphone", "/device-actions", "offline:action:decide"),
        Entry("items", N_("Items"), "package", "/items", "catalog:item:see"),
        Entry("boms", N_("Bills of materials"), "boxes", "/boms", "catalog:bom:see"),
        Entry("machines", N_("Machines"), "cog", "/machines", "catalog:machine:see", N_("equipment")),
    )),
    (N_("Warehouse and shipping"), (
        Entry("stock", N_("Stock"), "warehouse", "/stock", "stock:balance:see"),
        Entry("delivery", N_("Delivery notes"), "truck", "/delivery-notes", "delivery:note:see", N_("ship, issue")),
        Entry("scan", N_("Scan"), "scan-line", "/scan"),
    )),
    (N_("Money"), (
        Entry("receivables", N_("Receivables"), "receipt", "/receivables", "billing:receivable:see", N_("statement, owed")),
        Entry("receipts", N_("Receipts"), "banknote", "/receipts", "billing:receipt:see", N_("money in, payment")),
        Entry("bills", N_("Acceptance bills"), "banknote", "/bills", "billing:receipt:see"),
    )),
    (N_("The house"), (
        Entry("suppliers", N_("Suppliers"), "handshake", "/suppliers", "parties:supplier:see"),
        Entry("bins", N_("Bins"), "grid-3x3", "/bins", "stock:bin:see"),
        Entry("people", N_("People"), "users", "/people", "people:person:see"),
        Entry("users", N_("Logins and roles"), "key-round", "/users", "people:user:edit"),
        Entry("devices", N_("Devices"), "tablet-smartphone", "/devices", "people:device:edit"),
        Entry("opening", N_("Going live"), "archive-restore", "/opening", "opening:data:see", N_("opening balances")),
        Entry("company", N_("Company"), "factory", "/company", "parties:company:edit"),
        Entry("alert_rules", N_("Alert rules"), "bell-ring", "/alert-rules", "alerts:rule:edit"),
        Entry("custom_fields", N_("Custom fields"), "list-plus", "/custom-fields", "custom_fields:field:edit"),
        Entry("rules", N_("Approval rules"), "scale", "/approval-rules", "approvals:rule:edit"),
        Entry("channels", N_("Channels"), "send", "/channels", "integrations:channel:edit"),
        Entry("integration_jobs", N_("Integration jobs"), "radio-tower", "/integration-jobs", "integrations:job:see"),
        Entry("audit", N_("Audit log"), "history", "/audit", "people:house:run"),
    )),
)  # fmt: skip


async def menu_for(actor: Actor, path: str) -> dict[str, Any]:
    """The menu of this person on this page, and the number at the bell."""
    counts = await _counts(actor)
    groups = []
    for label, entries in MENU:
        items = [
            {"key": e.key, "label": _(e.label), "also": _(e.also) if e.also else "", "icon": e.icon, "href": e.href, "count": counts.get(e.key),
             "active": path == e.href or (e.href != "/" and path.startswith(e.href + "/"))}
            for e in entries if not e.permission or actor.may(e.permission)
        ]  # fmt: skip
        if items:
            groups.append({"label": _(label) if label else "", "items": items})
    runs_house = actor.may("people:house:run")
    return {
        "menu": groups, "notices": counts.get("notices", 0), "backup_banner": backup_state.banner() if runs_house else None,
    }  # fmt: skip


async def _counts(actor: Actor) -> dict[str, int]:
    if actor.user_id is None:
        return {}
    minute = clock.now().replace(second=0, microsecond=0)
    mine, awake, mine_to_decide = alerts.owned_by(actor), alerts.awake(minute), to_decide_by(actor)
    found = await kept_rows(
        'select (select count(*) from (select 1 from notices where "user" = {} and read_at is null limit 100) n) as notices,'
        f" (select count(*) from (select 1 from approval_requests a where a.state = 'pending' and ({mine_to_decide.sql})"
        " limit 100) q) as inbox,"
        " (select count(*) from (select 1 from inbound_orders where state in ('new', 'unread') limit 100) i) as intake,"
        " (select count(*) from (select 1 from change_requests where state = 'open' limit 100) r) as changes,"
        f" (select count(*) from (select 1 from alerts a where ({mine.sql}) and ({awake.sql}) limit 100) a) as alerts",
        actor.user_id, *mine_to_decide.args, *mine.args, *awake.args,
    )  # fmt: skip
    return found[0]
