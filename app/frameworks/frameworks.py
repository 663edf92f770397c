"""The verbs of a framework order: write, change, put in force, close. Plans stand in plans.py, orders in ordering.py."""

from collections.abc import Mapping
from typing import Any

from app.approvals import requests
from app.core import clock, db, search
from app.core import states as machine
from app.core.numbering import next_number
from app.core.refusals import Refused
from app.core.words import N_
from app.events.log import Subject, record
from app.frameworks import agreeing, events, figures, permissions
from app.frameworks.agreeing import Agreement, NewFramework
from app.frameworks.conditions import visible_to
from app.frameworks.kind import FRAMEWORK
from app.frameworks.refusals import HAS_RUN_OUT
from app.frameworks.states import DRAFT, LOOKS, MOVES, OPEN, OVERTAKEN
from app.frameworks.tables import FrameworkOrder
from app.offers import weighed
from app.people.actors import Actor
from app.people.seeing import Seen
from app.sales import told, writing
from app.sales.refusals import REASON_NEEDED
from app.sales.told import Told

_TOLD = {
    "customer_name": N_("Customer"), "customer_number": N_("Their framework number"), "valid_from": N_("Valid from"),
    "valid_until": N_("Valid until"), "gross": N_("Amount"), "firm_days": N_("Firm days"), "beyond_percent": N_("Beyond agreed, percent"),
    "trade_term": N_("Trade term"), "remark": N_("Remark"),
}  # fmt: skip
_SEEN = Seen(FrameworkOrder, FrameworkOrder.number, "o", permissions.SEE, visible_to)
find, to_change = _SEEN.find, _SEEN.to_change


def about(framework: FrameworkOrder) -> tuple[Subject, tuple[Subject, ...]]:
    """The subject of a framework order's events and what else they are about."""
    return ("framework_order", framework.id), (("customer", framework.customer),)


async def write(new: NewFramework, *, by: Actor) -> FrameworkOrder:
    """Write a framework order as a draft. Invalid names every field that is wrong."""
    by.must(permissions.WRITE)
    agreement = await agreeing.read(new)
    framework = FrameworkOrder(
        number=await next_number("FO"), state=DRAFT, made_at=clock.now(), agreed_on=clock.today(), salesperson=by.person_id,
        team=by.team_id, **agreement.head,
    )  # fmt: skip
    await framework.save()
    await _write_lines(framework, agreement)
    subject, also = about(framework)
    items = tuple(("item", i) for i in dict.fromkeys(line.item.id for line in agreement.draft.lines[:20]))
    written = events.FrameworkWritten(
        subject=subject, also=(*also, *items), number=framework.number, lines=framework.line_count, amount=framework.worth,
        valid_until=framework.valid_until.isoformat(),
    )  # fmt: skip
    await record(written, by=by)
    return framework


async def _write_lines(framework: FrameworkOrder, agreement: Agreement) -> None:
    await agreeing.write_lines(framework, agreement.draft)
    words = writing.found_by(agreement.draft, framework.number, framework.customer_number)
    await search.index("framework_order", framework.id, *words)


async def edit(number: str, new: NewFramework, *, by: Actor, version: int | None = None) -> FrameworkOrder:
    """Agree on something else. One that is in force is a draft until it is put in force again; call-offs and orders stay."""
    by.must(permissions.WRITE)
    framework = await to_change(number, by, version)
    await machine.move(framework, MOVES, "edit", LOOKS)
    before = await _told(framework)
    agreement = await agreeing.read(new, framework)
    await FrameworkOrder.update(**agreement.head).where(FrameworkOrder.id == framework.id)
    for name, value in agreement.head.items():
        setattr(framework, name, value)
    await _write_lines(framework, agreement)
    await requests.withdraw(("framework_order", framework.id), by=by)
    subject, also = about(framework)
    differs = told.changes(before, await _told(framework))
    edited = events.FrameworkEdited(subject=subject, also=also, number=framework.number, changes=differs)
    await record(edited, by=by)
    return framework


async def _told(framework: FrameworkOrder) -> Told:
    """What a change tells."""
    return told.head(framework, _TOLD), told.lines(await figures.lines_of(framework.id), framework.currency)


async def activate(
    number: str, rate: Mapping[str, Any] | None = None, *, by: Actor, version: int | None = None
) -> FrameworkOrder:
    """Put it in force: from now on goods are called off. Held back when an approval rule asks for it."""
    by.must(permissions.ACTIVATE)
    framework = await to_change(number, by, version)
    if framework.state in MOVES["activate"][0]:
        must_not_have_run_out(framework)
        await weighed.require(FRAMEWORK, framework, {"number": framework.number}, rate, by=by)
    await machine.move(framework, MOVES, "activate", LOOKS)
    framework.activated_at = clock.now()
    await db.rows(
        "update framework_orders set activated_at = {} where id = {}", framework.activated_at, framework.id
    )
    subject, also = about(framework)
    activated = events.FrameworkActivated(
        subject=subject, also=also, number=framework.number, amount=framework.worth, valid_until=framework.valid_until.isoformat()
    )  # fmt: skip
    await record(activated, by=by)
    return framework


def must_not_have_run_out(framework: FrameworkOrder) -> None:
    if framework.valid_until < clock.today():
        raise Refused(HAS_RUN_OUT, day=framework.valid_until.isoformat())


async def close(number: str, reason: str = "", *, by: Actor, version: int | None = None) -> FrameworkOrder:
    """Nothing more is called off. While something agreed is open, it needs a reason; its orders stay."""
    by.must(permissions.ACTIVATE)
    framework = await to_change(number, by, version)
    reason = reason.strip()[:300]
    stands = await figures.of(framework.id)
    if not reason and any(line.open or line.planned for line in stands.values()):
        raise Refused(REASON_NEEDED, "reason")
    await machine.move(framework, MOVES, "close", LOOKS)
    framework.closed_at, framework.close_reason = clock.now(), reason
    await db.rows(
        "update framework_orders set closed_at = {}, close_reason = {} where id = {}",
        framework.closed_at, reason, framework.id,
    )  # fmt: skip
    await overtake(framework)
    await requests.withdraw(("framework_order", framework.id), by=by)
    subject, also = about(framework)
    await record(
        events.FrameworkClosed(subject=subject, also=also, number=framework.number, reason=reason), by=by
    )
    return framework


async def overtake(framework: FrameworkOrder) -> None:
    """What was to be decided is not any more."""
    await db.rows(
        "update call_off_changes set state = {}, decided_at = {} where framework = {} and state = {}",
        OVERTAKEN, clock.now(), framework.id, OPEN,
    )  # fmt: skip


async def reopen(number: str, *, by: Actor, version: int | None = None) -> FrameworkOrder:
    """It was closed too early: a draft again, to be put in force."""
    by.must(permissions.ACTIVATE)
    framework = await to_change(number, by, version)
    await machine.move(framework, MOVES, "reopen", LOOKS)
    framework.closed_at, framework.close_reason = None, ""
    await db.rows(
        "update framework_orders set closed_at = null, close_reason = '' where id = {}", framework.id
    )
    subject, also = about(framework)
    await record(events.FrameworkReopened(subject=subject, also=also, number=framework.number), by=by)
    return framework


OF_ORDER = "(select f.number from call_offs c join framework_orders f on f.id = c.framework where c.sales_order = o.id limit 1)"
"""The number of the framework order that an order `o` was called off from, as SQL."""
