"""Computed states of a quotation, each as one SQL condition over `quotations o`, and who may see which."""

from collections.abc import Sequence
from datetime import date

from app.core.conditions import Condition
from app.people.actors import Actor
from app.quotations.permissions import SEE
from app.quotations.states import DRAFT, EXPIRED, LOOKS, SENT
from app.sales import conditions as sales

OPEN = Condition("o.state in ('draft', 'sent')", few=True)
SOON_DAYS = 3
"""A quotation that runs out in fewer days than this is asked about."""


def visible_to(by: Actor) -> Sequence[Condition]:
    return sales.visible_to(by, SEE)


def running(today: date) -> Condition:
    """Sent, and still valid."""
    return Condition("o.state = 'sent' and o.valid_until >= {}", (today,), few=True)


def ran_out(today: date) -> Condition:
    """Sent and not valid any more, which the house has not booked yet."""
    return Condition("o.state = 'sent' and o.valid_until < {}", (today,), few=True)


def expired(today: date) -> Condition:
    """Run out: whether the house has booked it yet or not."""
    gone = ran_out(today)
    return Condition(f"o.state = 'expired' or ({gone.sql})", gone.args, few=None)


def by_name(name: str, today: date) -> Condition | None:
    """The condition of a state's name as it stands in addresses and in the API; None for an unknown name."""
    computed = {SENT: running(today), EXPIRED: expired(today), "open": OPEN}
    return computed.get(name) or (
        Condition("o.state = {}", (name,), few=None, along="o.valid_until") if name in LOOKS else None
    )


def stage_of(state: str, valid_until: date, today: date) -> str:
    """The state as people see it: what was sent and ran out today is expired before the house has booked it."""
    return EXPIRED if state == SENT and valid_until < today else state


def left(state: str, valid_until: date, today: date) -> tuple[str, str]:
    """How long something still open is valid, in words, and its kind."""
    if stage_of(state, valid_until, today) not in (DRAFT, SENT):
        return "", ""
    return sales.days_left(valid_until, today, SOON_DAYS)
