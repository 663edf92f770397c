"""REACTIONS: event → what follows. One visible table; each reaction runs once, in a transaction of its own.

A reaction never changes the past; if it must change something it calls a verb.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from app.alerts import queries as alerts
from app.amendments import change_requests
from app.approvals import requests, seating
from app.approvals.permissions import EDIT_RULES
from app.billing import receivables
from app.core import db
from app.frameworks import ordering
from app.notifications import notices
from app.people.actors import HOUSE
from app.production import exceptions
from app.quotations import sending as quoting
from app.sales import progress
from tasks.commands import COMMANDS

Event = dict[str, Any]
Reaction = Callable[[Event], Awaitable[None]]


async def carry_out_granted(event: Event) -> None:
    """A granted request runs its command as its asker."""
    await requests.carry_out(event["subject_id"], COMMANDS)


async def tell_approvers(event: Event) -> None:
    """Those whose turn it is hear of it; of a step that is not complete yet, nobody hears twice."""
    if event["name"] == "approval.agreed" and not event["facts"]["put_to"]:
        return
    await notices.tell(
        await seating.whose_turn(event["subject_id"]), event, f"/inbox/{event['facts']['number']}"
    )


async def tell_asker(event: Event) -> None:
    asker = await db.value("select asked_by from approval_requests where id = {}", event["subject_id"])
    await notices.tell([asker], event, f"/inbox/{event['facts']['number']}")


async def tell_administrators(event: Event) -> None:
    """Nobody is left who decides: somebody has to be named."""
    administrators = await notices.users_with(EDIT_RULES.code)
    await notices.tell(administrators, event, f"/inbox/{event['facts']['number']}")


async def tell_delegates(event: Event) -> None:
    """Who decides for somebody, and who is decided for, hears of it."""
    users = await db.one("select giver, taker from approval_delegations where id = {}", event["subject_id"])
    await notices.tell(users.values() if users else (), event, "/delegations")


async def tell_of_parked_action(event: Event) -> None:
    """What a device sent could not be booked: somebody must decide."""
    deciders = await notices.users_with("offline:action:decide")
    await notices.tell(deciders, event, f"/device-actions/{event['subject_id']}")


async def tell_of_exception(event: Event) -> None:
    await notices.tell(
        await notices.users_with("production:exception:decide"), event, "/production-exceptions"
    )


async def tell_of_amendment(event: Event) -> None:
    """An order that is being made is delivered otherwise: who plans its work hears of it."""
    if await progress.is_made(event["subject_id"]):
        planners = await notices.users_with("production:work_order:plan")
        await notices.tell(planners, event, f"/orders/{event['facts']['number']}")


async def tell_of_alert(event: Event) -> None:
    """Its owner hears of it, on the last level also those it escalates to. It leads to the thing itself."""
    href = await db.value("select href from alerts where id = {}", event["subject_id"])
    await notices.tell(await alerts.hearers(event["subject_id"]), event, href or "/alerts")


async def tell_of_failed_call(event: Event) -> None:
    """A third party could not be told: who may send again hears of it, at the bell only."""
    await notices.tell(
        await notices.users_with("integrations:job:retry"), event, f"/integration-jobs/{event['subject_id']}"
    )


async def keep_change_request(event: Event) -> None:
    """A file that differs from the order of its number is kept as a change request."""
    await change_requests.ask(event["subject_id"])


async def bill_delivery(event: Event) -> None:
    """A posted delivery note makes receivables."""
    await receivables.arise(event["subject_id"])


async def unbill_delivery(event: Event) -> None:
    """A reversed delivery note takes its receivables back."""
    await receivables.fall(event["subject_id"])


async def bill_charges(event: Event) -> None:
    """A confirmed order of charges alone makes its receivable at once."""
    await receivables.arise_with_order(event["subject_id"])


async def unbill_charges(event: Event) -> None:
    """A cancelled one takes it back."""
    await receivables.fall_with_order(event["subject_id"])


async def mail_quotation(event: Event) -> None:
    """A quotation that went out is kept as a paper, and mailed where its sender named an address."""
    await quoting.mail_out(event["subject_id"])


async def settle_receipts(event: Event) -> None:
    """Goods that were taken out of stock again are no longer more than was reported."""
    await exceptions.goods_taken_out(event["subject_id"], by=HOUSE)


async def give_call_offs_back(event: Event) -> None:
    """An order that is cancelled, or changed so that a line is gone, gives its call-offs back to their framework order."""
    await ordering.give_back(event["subject_id"], by=HOUSE)


REACTIONS: dict[str, dict[str, Reaction]] = {
    "alert.raised": {"tell_owner": tell_of_alert},
    "alert.returned": {"tell_owner": tell_of_alert},
    "alert.rose": {"tell_owner": tell_of_alert},
    "approval.asked": {"tell_approvers": tell_approvers},
    "approval.agreed": {"tell_approvers": tell_approvers},
    "approval.transferred": {"tell_approvers": tell_approvers},
    "approval.approver_added": {"tell_approvers": tell_approvers},
    "approval.reminded": {"tell_approvers": tell_approvers},
    "approval.stood_in": {"tell_approvers": tell_approvers},
    "approval.escalated": {"tell_approvers": tell_approvers},
    "approval.stuck": {"tell_administrators": tell_administrators},
    "approval.late": {"tell_administrators": tell_administrators},
    "approval.granted": {"carry_out": carry_out_granted, "tell_asker": tell_asker},
    "approval.rejected": {"tell_asker": tell_asker},
    "approval.returned": {"tell_asker": tell_asker},
    "approval.failed": {"tell_asker": tell_asker},
    "approval.delegated": {"tell_delegates": tell_delegates},
    "approval.delegation_revoked": {"tell_delegates": tell_delegates},
    "delivery_note.posted": {"bill": bill_delivery},
    "delivery_note.reversed": {"unbill": unbill_delivery},
    "integration_job.failed": {"tell_administrators": tell_of_failed_call},
    "device_action.parked": {"tell_leaders": tell_of_parked_action},
    "inbound_order.differs": {"keep_change_request": keep_change_request},
    "sales_order.amended": {"tell_planners": tell_of_amendment},
    "sales_order.cancelled": {"give_call_offs_back": give_call_offs_back, "unbill_charges": unbill_charges},
    "sales_order.confirmed": {"bill_charges": bill_charges},
    "sales_order.edited": {"give_call_offs_back": give_call_offs_back},
    "quotation.sent": {"mail": mail_quotation},
    "production_exception.raised": {"tell_leaders": tell_of_exception},
    "work_order.receipt_reversed": {"settle_exceptions": settle_receipts},
}
