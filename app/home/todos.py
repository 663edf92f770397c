"""To-dos: what waits for this person now, by their rights and roles. Each is one SQL condition of its capability.

A to-do is counted, leads to the list that shows the same, and says since when its oldest thing waits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from app.alerts import queries as alerts
from app.alerts.permissions import SEE as SEE_ALERTS
from app.approvals import queries as approvals
from app.billing import permissions as billing
from app.billing import states as money
from app.core import clock, db
from app.core.conditions import Condition
from app.core.words import N_, Word, _
from app.delivery import permissions as delivery
from app.frameworks import conditions as frameworks
from app.frameworks import permissions as framing
from app.inquiries import inquiries
from app.inquiries import permissions as asking
from app.intake import permissions as intake
from app.integrations import permissions as integrations
from app.offline import permissions as offline
from app.people.actors import Actor, Permission
from app.production import conditions as work
from app.production import permissions as production
from app.sales import conditions as orders
from app.sales import permissions as sales

MOST, SHOWN = 1000, 8


@dataclass(frozen=True)
class Todo:
    """One kind of thing that waits. `source`, `label_of`, `note_of`, `since` are SQL; `each` is a thing's page, `href` their list.

    `named` is what a thing's page is named by where that is not its label.
    """

    key: str
    label: Word
    icon: str
    href: str
    each: str
    source: str
    label_of: str
    note_of: str
    since: str
    conditions: Callable[[Actor], tuple[Condition, ...]]
    permission: Permission | None = None
    kind: str = "todo"
    named: str = ""


_STILL_OPEN = Condition(
    "a.subject_kind <> 'sales_order' or a.command <> 'sales_order.confirm' or exists (select 1 from sales_orders o"
    " where o.id = a.subject_id and o.state in ('draft', 'submitted'))"
)
"""An order that was confirmed some other way or cancelled has nothing left to put right."""
# icons: radio-tower bell-ring clipboard-check file-input hammer calendar-range package-check truck siren tablet-smartphone banknote stamp
# icons: message-square-plus git-compare-arrows
TODOS: tuple[Todo, ...] = (
    Todo("approvals", N_("Approvals for me to decide"), "stamp", "/inbox", "/inbox/{}", f"({approvals.WAITING}) a", "a.number", "a.label",
         "a.since", lambda by: (approvals.to_decide_by(by),), kind="warn"),
    Todo("came_back", N_("Returned to me, to put right"), "undo-2", "/inbox?view=asked", "/inbox/{}", "approval_requests a", "a.number",
         "a.subject_label", "a.decided_at", lambda by: (approvals.back_to(by), _STILL_OPEN), kind="warn"),
    Todo("alerts", N_("Alerts put to me"), "bell-ring", "/alerts?mine=1", "/alerts/{}", "alerts a", "a.label", "a.about",
         "a.raised_at", lambda by: (alerts.awake(clock.now()), alerts.owned_by(by)), SEE_ALERTS, "bad", "cast(a.id as text)"),
    Todo("intake", N_("Inbound orders to look at"), "file-input", "/intake?state=new", "/intake/{}",
         "inbound_orders i left join customers c on c.id = i.customer", "i.number", "coalesce(c.name, i.file_name)", "i.received_at",
         lambda by: (Condition("i.state = 'new'"),), intake.DECIDE, "run"),
    Todo("inquiries", N_("Inquiries to answer"), "message-square-plus", "/inquiries?state=new", "/inquiries/{}", "inquiries o", "o.number",
         "o.asker", "o.received_at", lambda by: (Condition("o.state = 'new'"), *inquiries.visible_to(by)), asking.WRITE, "warn"),
    Todo("call_off_changes", N_("Changes of call-offs to decide"), "git-compare-arrows", "/framework-orders?state=undecided",
         "/framework-orders/{}", "framework_orders o", "o.number", "o.customer_name", "o.planned_at",
         lambda by: (frameworks.UNDECIDED, *frameworks.visible_to(by)), framing.WRITE, "warn"),
    Todo("call_offs", N_("Call-offs to make orders of"), "calendar-range", "/framework-orders?state=to_order", "/framework-orders/{}",
         "framework_orders o", "o.number", "o.customer_name", "o.planned_at",
         lambda by: (frameworks.to_order(clock.today()), *frameworks.visible_to(by)), framing.WRITE),
    Todo("to_confirm", N_("Orders of mine to confirm"), "clipboard-check", "/orders?state=to_confirm&salesperson={person}", "/orders/{}",
         "sales_orders o", "o.number", "o.customer_name", "o.made_at",
         lambda by: (orders.TO_CONFIRM, Condition("o.salesperson = {}", (by.person_id or 0,)), *orders.visible_to(by)), sales.CONFIRM),
    Todo("unreleased", N_("Work orders not released"), "hammer", "/work-orders?state=draft", "/work-orders/{}",
         "work_orders w join items i on i.id = w.item", "w.number", "i.name", "w.made_at",
         lambda by: (Condition("w.state = 'draft'"),), production.PLAN),
    Todo("to_plan", N_("Released, without a machine"), "calendar-range", "/work-orders?state=not_planned&sort=due_date", "/work-orders/{}",
         "work_orders w join items i on i.id = w.item", "w.number", "i.name", "w.released_at", lambda by: (work.NOT_PLANNED,), production.PLAN),
    Todo("exceptions", N_("Exceptions not resolved"), "siren", "/production-exceptions?state=unresolved", "/production-exceptions/{}",
         "production_exceptions e", "e.number", "e.note", "e.raised_at", lambda by: (Condition("e.state <> 'resolved'"),),
         production.DECIDE_EXCEPTIONS, "bad"),
    Todo("parked", N_("Sent by devices, to look at"), "tablet-smartphone", "/device-actions", "/device-actions/{}", "parked_actions a",
         "a.name", "a.detail", "a.arrived_at", lambda by: (Condition("a.state in ('parked', 'flagged')"),),
         offline.DECIDE, "warn", "cast(a.id as text)"),
    Todo("to_receive", N_("Made, to put into stock"), "package-check", "/work-orders?state=to_receive", "/work-orders/{}",
         "work_orders w join items i on i.id = w.item", "w.number", "i.name", "w.made_at", lambda by: (work.TO_RECEIVE,), delivery.POST),
    Todo("to_ship", N_("Delivery notes to post"), "truck", "/delivery-notes?state=draft&state=picking", "/delivery-notes/{}",
         "delivery_notes d join customers c on c.id = d.customer", "d.number", "c.name", "d.made_at",
         lambda by: (Condition("d.state in ('draft', 'picking')"),), delivery.POST),
    Todo("to_match", N_("Receipts to match"), "banknote", "/receipts?state=open", "/receipts/{}",
         "receipts c join customers k on k.id = c.customer", "c.number", "k.name", "c.made_at", lambda by: (money.NOT_MATCHED,),
         billing.MATCH_RECEIPTS),
    Todo("calls", N_("Messages that did not get out"), "radio-tower", "/integration-jobs?state=failed&state=unknown", "/integration-jobs/{}",
         "integration_jobs j", "j.label", "j.code", "j.made_at", lambda by: (Condition("j.state in ('failed', 'unknown')"),),
         integrations.RETRY, "warn", "cast(j.id as text)"),
)  # fmt: skip


async def of(by: Actor, shown: int = SHOWN) -> list[dict[str, Any]]:
    """The to-dos of this person that hold anything, with their first things, oldest first."""
    found = []
    for todo in TODOS:
        if todo.permission is None or by.may(todo.permission):
            told = await _told(todo, by, shown)
            if told["count"]:
                found.append(told)
    return found


async def _told(todo: Todo, by: Actor, shown: int) -> dict[str, Any]:
    conditions = todo.conditions(by)
    where, args = " and ".join(f"({c.sql})" for c in conditions), [a for c in conditions for a in c.args]
    rows = await db.rows(
        f"select {todo.label_of} as label, {todo.note_of} as note, {todo.since} as since, {todo.named or todo.label_of} as named"
        f" from {todo.source} where {where} order by {todo.since} limit {shown}",
        *args,
    )
    count = len(rows)
    if count == shown:
        count = int(
            await db.value(
                f"select count(*) from (select 1 from {todo.source} where {where} limit {MOST}) n", *args
            )
        )
    things = [
        {"label": row["label"], "note": row["note"], "since": row["since"], "href": todo.each.format(quote(row["named"], safe=""))}
        for row in rows
    ]  # fmt: skip
    oldest = rows[0]["since"] if rows else None
    return {
        "key": todo.key, "label": _(todo.label), "icon": todo.icon, "kind": todo.kind, "count": count, "things": things,
        "href": todo.href.format(person=by.person_id or 0), "oldest": oldest, "age": age(oldest),
    }  # fmt: skip


def age(since: datetime | None) -> str:
    """How long something waits, as one says it."""
    if since is None:
        return ""
    minutes = max(0, int((clock.now() - since).total_seconds() // 60))
    if minutes < 60:
        return _("%(n)s min", n=minutes)
    return _("%(n)s h", n=minutes // 60) if minutes < 48 * 60 else _("%(n)s days", n=minutes // 1440)
