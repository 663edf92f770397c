"""Computed states of an order, each as one SQL condition over `sales_orders o`, for list, badge, count and page."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.core.conditions import Condition
from app.core.states import Look
from app.core.words import N_, _
from app.people.actors import Actor, Permission
from app.sales.permissions import SEE
from app.sales.states import CANCELLED, CONFIRMED, DRAFT, LOOKS, SUBMITTED

SOON_DAYS = 7
"""Fewer days than this to the due date are shown in red."""


def days_left(due: date, today: date, soon: int = SOON_DAYS, kind: str = "bad") -> tuple[str, str]:
    """How far off a due date of something unfinished is, in words, and its kind: `bad` when past, `kind` in fewer than `soon` days."""
    left = (due - today).days
    if left < 0:
        return _("%(n)s days overdue", n=-left), "bad"
    said = _("today") if left == 0 else _("%(n)s days left", n=left)
    return said, kind if left < soon else ""


def days_behind(row: Mapping[str, Any]) -> int:
    """By how many days planning expects the goods after the day that was promised; 0 when in time, delivered or not planned."""
    if row["projected_date"] is None or row["delivered_on"] is not None or row["state"] != CONFIRMED:
        return 0
    return max(0, (row["projected_date"] - (row["promised_date"] or row["due_date"])).days)


_BY_DUE = "o.due_date"
IN_PROGRESS = Condition("o.state = 'confirmed' and o.open_lines > 0", few=None, along=_BY_DUE)
# Said by what it is not: `in` would make SQLite sort half the table by an index on the state.
_TAKEN = "o.state not in ('draft', 'submitted', 'cancelled')"
PARTLY_DELIVERED = Condition(f"{_TAKEN} and o.delivered_q > 0 and o.open_lines > 0", few=True)
DELIVERED = Condition(f"{_TAKEN} and o.open_lines = 0")
NOT_DELIVERED = Condition("o.state = 'confirmed' and o.delivered_on is null and o.open_lines > 0")
INVOICED = Condition(f"{DELIVERED.sql} and o.invoiced > 0")
PAID = Condition(f"{INVOICED.sql} and o.received >= o.invoiced")
WAITING_FOR_APPROVAL = Condition(
    "o.id in (select a.subject_id from approval_requests a"
    " where a.state = 'pending' and a.subject_kind = 'sales_order')",
    few=True,
)


_PEGGED = "d.supply_kind = 'work_order' and d.supply_id = w.id and d.demand_kind = 'sales_order_line' and d.demand_id = l.id"
# Work in progress is little: from its side first. What is finished is much: order by order. (`cross`: in this order.)
_AT_WORK = f'select l."order" from work_orders w cross join demands d cross join sales_order_lines l where {_PEGGED} and w.state in '
IN_PRODUCTION = Condition(f"{IN_PROGRESS.sql} and o.id in ({_AT_WORK} ('released', 'held'))", few=True)
MADE = Condition(
    f"{IN_PROGRESS.sql} and o.id not in ({_AT_WORK} ('draft', 'released', 'held'))"
    " and exists (select 1 from sales_order_lines l cross join demands d cross join work_orders w"
    f" where l.\"order\" = o.id and {_PEGGED} and w.state = 'done')",
    few=True,
)
NEXT_DUE = "coalesce(o.next_due, o.due_date)"
"""The day that counts now: of an order in several deliveries that of the next one."""
# NOT_DELIVERED, said by what it is not: an index on the state would be taken, and not the one on this day.
_AWAITED = "o.state not in ('draft', 'submitted', 'cancelled', 'closed') and o.delivered_on is null and o.open_lines > 0"
TO_CONFIRM = Condition("o.state in ('draft', 'submitted')")


def late(today: date) -> Condition:
    """Not all delivered though the due day has ended."""
    return Condition(f"{_AWAITED} and {NEXT_DUE} < {{}}", (today,), few=True)


def due_soon(today: date) -> Condition:
    """Still to be delivered, in fewer than seven days."""
    return Condition(
        f"{_AWAITED} and {NEXT_DUE} >= {{}} and {NEXT_DUE} < {{}}",
        (today, today + timedelta(days=SOON_DAYS)),
        few=True,
    )


def visible_to(by: Actor, permission: Permission = SEE) -> Sequence[Condition]:
    """What this person may see of orders, or of other papers `o` with a salesperson and a team: all, the team's, or their own."""
    scope = by.scope(permission)
    if scope == "all":
        return ()
    own = Condition("o.salesperson = {}", (by.person_id or 0,), few=None)
    if scope == "team":
        return (
            Condition("o.salesperson = {} or o.team = {}", (by.person_id or 0, by.team_id or 0), few=None),
        )
    return (own,) if scope == "own" else (Condition("1 = 0"),)


STAGE = (
    f"case when o.state in ('closed', 'cancelled') then o.state when {PAID.sql} then 'paid'"
    f" when {INVOICED.sql} then 'invoiced' when {DELIVERED.sql} then 'delivered'"
    f" when {PARTLY_DELIVERED.sql} then 'partly_delivered' when {IN_PRODUCTION.sql} then 'in_production'"
    f" when {MADE.sql} then 'made' when {WAITING_FOR_APPROVAL.sql} then 'waiting'"
    " else o.state end"
)
"""The one word of an order's pill, as SQL: a computed state where one holds, else the state that was set."""

STAGE_LOOKS: dict[str, Look] = {
    **LOOKS,
    "waiting": Look(N_("Waiting for approval"), "chg"),
    "in_production": Look(N_("In production"), "run"),
    "made": Look(N_("Ready to deliver"), "ok"),
    "partly_delivered": Look(N_("Partly delivered"), "run"),
    "delivered": Look(N_("Delivered"), "ok"),
    "invoiced": Look(N_("Billed"), "ok"),
    "paid": Look(N_("Paid"), "ok"),
}
"""How each stage is shown."""


def by_name(name: str, today: date) -> Condition | None:
    """The condition of a state's name as it stands in addresses and in the API; None for an unknown name."""
    if name in (DRAFT, SUBMITTED):  # what waits for approval is shown as that
        return Condition(
            f"o.state = {{}} and not ({WAITING_FOR_APPROVAL.sql})", (name,), few=True, along=_BY_DUE
        )
    if name in LOOKS:
        return Condition("o.state = {}", (name,), few=name == CANCELLED or None, along=_BY_DUE)
    if name in ("late", "due_soon"):
        return late(today) if name == "late" else due_soon(today)
    return _NAMED.get(name)


_NAMED = {
    "in_progress": IN_PROGRESS, "waiting": WAITING_FOR_APPROVAL, "to_confirm": TO_CONFIRM,
    "in_production": IN_PRODUCTION, "made": MADE, "partly_delivered": PARTLY_DELIVERED, "delivered": DELIVERED,
    "invoiced": INVOICED, "paid": PAID,
}  # fmt: skip
