"""Computed states of a work order, each as one SQL condition over `work_orders w`, and what a person may see."""

from collections.abc import Sequence
from datetime import date

from app.core.conditions import Condition
from app.people.actors import Actor
from app.production.permissions import SEE

OPEN = Condition("w.state in ('draft', 'released', 'held')", few=True)
STARTED = Condition(
    "w.state in ('released', 'held') and exists (select 1 from work_order_operations o"
    " where o.work_order = w.id and o.started_at is not null)",
    few=True,
)
TO_RECEIVE = Condition("w.state in ('released', 'done') and w.done_q > w.received_q", few=True)
NOT_PLANNED = Condition(
    "w.state = 'released' and exists (select 1 from work_order_operations o"
    " where o.work_order = w.id and o.state <> 'done' and o.planned_start is null and o.started_at is null)",
    few=True,
)
WITH_EXCEPTION = Condition(
    "w.id in (select o.work_order from production_exceptions e join work_order_operations o on o.id = e.operation"
    " where e.state in ('open', 'acknowledged'))",
    few=True,
)


def late(today: date) -> Condition:
    """Not finished though the due day has ended."""
    return Condition(f"{OPEN.sql} and w.due_date < {{}}", (today,), few=True)


def visible_to(by: Actor) -> Sequence[Condition]:
    """All, or for a team leader what the machines of the team can do."""
    scope = by.scope(SEE)
    if scope == "all":
        return ()
    if scope in ("team", "own"):
        return (
            Condition(
                "exists (select 1 from work_order_operations o join machines m on m.work_center = o.work_center"
                " where o.work_order = w.id and m.team = {})",
                (by.team_id or 0,),
            ),
        )
    return (Condition("1 = 0"),)
