"""Computed states of an order, each as one SQL condition over `sales_orders o`, for list, badge, count and page."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.core.paging import Condition
from app.people.actors import Actor
from app.sales.permissions import SEE

SOON_DAYS = 7
"""Fewer days than this to the due date are shown in red."""

IN_PROGRESS = Condition("o.state = 'confirmed' and o.open_lines > 0")
PARTLY_DELIVERED = Condition("o.state in ('confirmed', 'closed') and o.delivered_q > 0 and o.open_lines > 0")
DELIVERED = Condition("o.state in ('confirmed', 'closed') and o.open_lines = 0")
NOT_DELIVERED = Condition("o.state = 'confirmed' and o.delivered_on is null")
INVOICED = Condition("o.state in ('confirmed', 'closed') and o.open_lines = 0 and o.invoiced > 0")
PAID = Condition(f"{INVOICED.sql} and o.received >= o.invoiced")
WAITING_FOR_APPROVAL = Condition(
    "o.id in (select a.subject_id from approval_requests a"
    " where a.state = 'pending' and a.subject_kind = 'sales_order')"
)
TO_CONFIRM = Condition("o.state in ('draft', 'submitted')")


def late(today: date) -> Condition:
    """Not all delivered though the due day has ended."""
    return Condition(f"{NOT_DELIVERED.sql} and o.due_date < {{}}", (today,))


def due_soon(today: date) -> Condition:
    """Still to be delivered, in fewer than seven days."""
    return Condition(
        f"{NOT_DELIVERED.sql} and o.due_date >= {{}} and o.due_date < {{}}",
        (today, today + timedelta(days=SOON_DAYS)),
    )


def visible_to(by: Actor) -> Sequence[Condition]:
    """What this person may see: all, the team's, or their own."""
    scope = by.scope(SEE)
    if scope == "all":
        return ()
    own = Condition("o.salesperson = {}", (by.person_id or 0,))
    if scope == "team":
        return (Condition("o.salesperson = {} or o.team = {}", (by.person_id or 0, by.team_id or 0)),)
    return (own,) if scope == "own" else (Condition("1 = 0"),)


STAGE = (
    f"case when o.state in ('closed', 'cancelled') then o.state when {PAID.sql} then 'paid'"
    f" when {INVOICED.sql} then 'invoiced' when {DELIVERED.sql} then 'delivered'"
    f" when {PARTLY_DELIVERED.sql} then 'partly_delivered' when {WAITING_FOR_APPROVAL.sql} then 'waiting'"
    " else o.state end"
)
"""The one word of an order's pill, as SQL: a computed state where one holds, else the state that was set."""
