"""Computed states of a framework order, each as one SQL condition over `framework_orders o`, and who may see which."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.core.conditions import Condition
from app.frameworks.figures import CALLED
from app.frameworks.permissions import SEE
from app.frameworks.states import ACTIVE, EXPIRED, LOOKS
from app.people.actors import Actor
from app.sales import conditions as sales

SOON_DAYS = 30
"""A framework order that ends in fewer days than this is to be agreed on anew."""
ORDER_DAYS = 14
"""What is called off for a day nearer than this should be an order."""
UNDECIDED = Condition(
    "exists (select 1 from call_off_changes k where k.framework = o.id and k.state = 'open')"
)


NEARLY = 90
"""From so many percent called off on, little is left of a line."""
NEARLY_USED = Condition(
    "o.state = 'active' and exists (select 1 from framework_lines f where f.framework = o.id and f.quantity_q > 0"
    f" and {CALLED} * 100 >= f.quantity_q * {NEARLY})"
)


def visible_to(by: Actor) -> Sequence[Condition]:
    return sales.visible_to(by, SEE)


def running(today: date) -> Condition:
    """In force, and still valid."""
    return Condition("o.state = 'active' and o.valid_until >= {}", (today,))


def ending(today: date) -> Condition:
    """In force, and ending soon."""
    return Condition(
        "o.state = 'active' and o.valid_until >= {} and o.valid_until < {}",
        (today, today + timedelta(days=SOON_DAYS)),
    )


def to_order(today: date) -> Condition:
    """With call-offs that are due soon and in no order yet."""
    return Condition(
        "o.state = 'active' and exists (select 1 from call_offs c where c.framework = o.id and c.sales_order is null"
        " and c.due_date < {})",
        (today + timedelta(days=ORDER_DAYS),),
    )


def by_name(name: str, today: date) -> Condition | None:
    """The condition of a state's name as it stands in addresses and in the API; None for an unknown name."""
    computed = {
        ACTIVE: running(today), EXPIRED: Condition("o.state = 'active' and o.valid_until < {}", (today,)),
        "ending": ending(today), "undecided": UNDECIDED, "to_order": to_order(today),
    }  # fmt: skip
    return computed.get(name) or (Condition("o.state = {}", (name,)) if name in LOOKS else None)


def stage_of(state: str, valid_until: date, today: date) -> str:
    """The state as people see it."""
    return EXPIRED if state == ACTIVE and valid_until < today else state


def left(state: str, valid_until: date, today: date) -> tuple[str, str]:
    """How long it still holds, in words, and its kind."""
    if stage_of(state, valid_until, today) != ACTIVE:
        return "", ""
    return sales.days_left(valid_until, today, SOON_DAYS, "warn")
