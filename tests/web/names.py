"""Real names of the busy house by the word of an address that they follow, and addresses made of them."""

from itertools import islice, product

from app.core import db
from app.help.topics import TOPICS
from tests.web.hostile import Route, in_path

NAMES = {
    "inbox": "select number from approval_requests", "approvals": "select number from approval_requests",
    "approval-rules": "select code from approval_rules", "delegations": "select id from approval_delegations",
    "receivables": "select number from receivables",
    "receipts": "select number from receipts", "allocations": "select id from receipt_allocations", "advances": "select id from receipt_advances",
    "items": "select code from items",
    "work-centers": "select code from work_centers", "machines": "select code from machines", "stock": "select code from items",
    "delivery-notes": "select number from delivery_notes", "picks": "select id from delivery_picks",
    "documents": "select id from issued_documents", "attachments": "select id from attachments",
    "intake": "select number from inbound_orders", "inbound-orders": "select number from inbound_orders",
    "notices": "select id from notices", "devices": "select code from devices", "badges": "select code from people",
    "device-actions": "select id from parked_actions", "customers": "select code from customers",
    "suppliers": "select code from suppliers", "people": "select code from people", "users": "select login from users",
    "roles": "select code from roles", "api-keys": "select id from api_keys", "departments": "select code from departments",
    "teams": "select code from teams", "schedules": "select number from schedules", "share": "select id from share_links",
    "share-links": "select id from share_links", "work-orders": "select number from work_orders",
    "operations": "select distinct seq from work_order_operations", "reports": "select id from operation_reports",
    "production-exceptions": "select number from production_exceptions", "orders": "select number from sales_orders order by id desc",
    "sales-orders": "select number from sales_orders order by id desc", "postings": "select number from stock_postings",
    "bins": "select code from bins", "warehouses": "select code from warehouses where code <> '@'",
    "alerts": "select id from alerts", "alert-rules": "select id from alert_rules",
    "integration-jobs": "select id from integration_jobs", "group-robots": "select id from group_robots",
    "channels": "select 'mail' as channel", "notification-choices": "select login from users",
    "boms": "select code from boms", "lots": "select id from lots", "price-lists": "select code from price_lists",
    "bills": "select number from bills",
    "audit": "select max(id) from events group by name order by 1 desc",
    "help": " union all ".join(f"select '{topic.key}' as topic" for topic in TOPICS),
    "imports": "select number from opening_imports", "opening-imports": "select number from opening_imports",
    "learned": "select 'w' || id from learned_words", "rules": "select id from cleaning_rules",
    "inquiries": "select number from inquiries order by id desc",
    "quotations": "select number from quotations order by id desc",
    "framework-orders": "select number from framework_orders order by id desc", "changes": "select seq from call_off_changes order by id desc",
    "plans": "select seq from call_off_plans order by id desc",
    "custom-fields": "select thing || '.' || key from custom_fields",
    "change-requests": "select number from change_requests", "views": "select id from saved_views",
}  # fmt: skip
"""What follows which word of an address: column 1 of the query."""


async def names() -> dict[str, list[str]]:
    """Real names by the word of an address that they follow."""
    return {word: [str(next(iter(r.values()))) for r in await db.rows(sql)] for word, sql in NAMES.items()}


def places(names: dict[str, list[str]], route: Route, most: int = 3) -> list[str]:
    """The route at real things, at most so many; [] when there are none."""
    found: list[list[str]] = []
    for name in route.names:
        word = route.path.split("{" + name)[0].rstrip("/").rsplit("/", 1)[-1]
        fixed = ["start", "report", "hold"] if name in ("fact", "verb") else None
        found.append(fixed or names.get(word, [])[:most])
    return [route.at(*map(in_path, each)) for each in islice(product(*found), most)]
