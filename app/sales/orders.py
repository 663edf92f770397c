"""The verbs of a sales order: write, hand in, confirm, cancel. Delivering and paying keep its columns (keeping.py)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.approvals import requests
from app.core import clock, db
from app.core import states as machine
from app.core.money import Money, in_cny
from app.core.numbering import next_numbers
from app.core.refusals import Refused
from app.core.words import N_
from app.custom_fields import defined
from app.events.log import Subject, record, record_many
from app.people.actors import Actor
from app.sales import drafting, events, permissions, rates, schedules, told, writing
from app.sales.closing import close, close_if_done
from app.sales.drafting import Draft, NewOrder
from app.sales.facts import CONFIRM, facts_of
from app.sales.finding import find, to_change
from app.sales.keeping import bill, deliver, pay
from app.sales.line_drafting import NewLine, Standing
from app.sales.rates import Rate
from app.sales.refusals import BILLED_ALREADY, DELIVERED_ALREADY, PRICE_MISSING, RATE_MISSING, REASON_NEEDED
from app.sales.states import CONFIRMED, DRAFT, GIVEN_AWAY, LOOKS, MOVES, SAMPLE
from app.sales.tables import SalesOrder
from app.sales.told import Told

__all__ = [
    "CONFIRM", "NewLine", "NewOrder", "bill", "cancel", "close", "close_if_done", "confirm", "create", "deliver", "edit", "find",
    "pay", "submit", "weigh",
]  # fmt: skip

_TOLD = {
    "customer_name": N_("Customer"), "customer_order_number": N_("Customer's order number"), "due_date": N_("Due date"),
    "gross": N_("Amount"), "rate_micro": N_("Exchange rate to CNY"), "trade_term": N_("Trade term"), "remark": N_("Remark"),
}  # fmt: skip


def about(order: SalesOrder) -> tuple[Subject, tuple[Subject, ...]]:
    """The subject of an order's events and what else they are about."""
    return ("sales_order", order.id), (("customer", order.customer),)


async def create(new: NewOrder, *, by: Actor) -> SalesOrder:
    """Write an order as a draft. Invalid names every field that is wrong."""
    return (await create_many([new], by=by))[0]


async def create_many(several: Sequence[NewOrder], *, by: Actor) -> list[SalesOrder]:
    """As create(), for several orders in few statements: all of them, or none and what is wrong with the first wrong one."""
    by.must(permissions.CREATE)
    drafts = await drafting.read_many(several)
    numbers = await next_numbers("SO", len(drafts))
    made = await writing.write_heads(numbers, drafts, state=DRAFT, salesperson=by.person_id, team=by.team_id)
    pairs = list(zip(made, drafts, strict=True))
    await writing.write_lines({order.id: list(enumerate(draft.lines, 1)) for order, draft in pairs})
    await writing.index(made, drafts)
    await record_many([_created(order, draft) for order, draft in pairs], by=by)
    return made


def _created(order: SalesOrder, draft: Draft) -> events.OrderCreated:
    subject, also = about(order)
    items = tuple(("item", i) for i in dict.fromkeys(line.item.id for line in draft.lines[:20]))
    return events.OrderCreated(
        subject=subject, also=(*also, *items), number=order.number, lines=order.line_count,
        amount=Money(order.gross, order.currency).shown(),
    )  # fmt: skip


async def edit(number: str, new: NewOrder, *, by: Actor, version: int | None = None) -> SalesOrder:
    """Write a draft anew; one that was handed in is a draft again, and an approval that waits for it is withdrawn."""
    by.must(permissions.CREATE)
    order = await to_change(number, by, version)
    await machine.move(order, MOVES, "edit", LOOKS)
    draft = await drafting.read(new, await _standing(order))
    before = await told_of(order)
    head = await writing.head_of(draft)
    await SalesOrder.update(**head).where(SalesOrder.id == order.id)
    for name, value in head.items():
        setattr(order, name, value)
    await writing.replace_lines(order.id, draft)
    await writing.index([order], [draft])
    await requests.withdraw(("sales_order", order.id), by=by)
    subject, also = about(order)
    edited = events.OrderEdited(
        subject=subject, also=also, number=order.number, changes=told.changes(before, await told_of(order))
    )
    await record(edited, by=by)
    return order


async def _standing(order: SalesOrder) -> Standing:
    """The custom fields as they stand."""
    lines = await db.rows('select line_no, custom from sales_order_lines where "order" = {}', order.id)
    return {0: order.custom} | {line["line_no"]: line["custom"] for line in lines}


async def told_of(order: SalesOrder) -> Told:
    """What a change of an order tells."""
    fields, rate = await defined.fields(), f"{Decimal(order.rate_micro) / 10**6:f}"
    lines = await db.rows(
        'select l.*, i.code, i.unit_label from sales_order_lines l join items i on i.id = l.item where l."order" = {} order by l.line_no',
        order.id,
    )
    await schedules.give(lines, order.id)
    head = told.head(order, _TOLD, fields["sales_order"], rate_micro=rate)
    return head, told.lines(lines, order.currency, fields["sales_order_line"])


async def submit(number: str, *, by: Actor, version: int | None = None) -> SalesOrder:
    """Hand a draft in, for somebody who may confirm."""
    by.must(permissions.CREATE)
    order = await to_change(number, by, version)
    await machine.move(order, MOVES, "submit", LOOKS)
    subject, also = about(order)
    await record(events.OrderSubmitted(subject=subject, also=also, number=order.number), by=by)
    return order


async def confirm(
    number: str, rate: Mapping[str, Any] | None = None, *, by: Actor, version: int | None = None
) -> SalesOrder:
    """Take the order for good: its rate is locked, and from now on it is made and delivered.

    Held back when an approval rule asks for it, and then confirmed at the `rate` at which it was put to somebody. The due
    date (of several deliveries the last) stands as our promise until planning gives another.
    """
    by.must(permissions.CONFIRM)
    order = await to_change(number, by, version)
    if order.state in MOVES["confirm"][0]:
        await weigh(order, rate)
        lines = await db.rows(
            'select kind, line_no, price_micro from sales_order_lines where "order" = {}', order.id
        )
        for line in lines:
            if not line["price_micro"] and line["kind"] not in (*GIVEN_AWAY, SAMPLE):
                raise Refused(PRICE_MISSING, line=line["line_no"])
        facts, label = await facts_of(order), f"{order.number} · {order.customer_name}"
        arguments = {"number": number} | (
            {"rate": Rate(order.rate_micro, order.rate_day).told()} if order.currency != "CNY" else {}
        )
        await requests.require(CONFIRM, ("sales_order", order.id), label, facts, arguments, by=by)
    await machine.move(order, MOVES, "confirm", LOOKS)
    promised = await _promised(order)
    order.promised_date, order.confirmed_at = promised, clock.now()
    await db.rows(
        "update sales_orders set rate_micro = {}, rate_day = {}, gross_cny = {}, promised_date = {}, confirmed_at = {} where id = {}",
        order.rate_micro, order.rate_day, order.gross_cny, promised, order.confirmed_at, order.id,
    )  # fmt: skip
    subject, also = about(order)
    confirmed = events.OrderConfirmed(
        subject=subject, also=also, number=order.number, amount=Money(order.gross, order.currency).shown(),
        amount_cny=str(Money(order.gross_cny)), due_date=order.due_date.isoformat(),
    )  # fmt: skip
    await record(confirmed, by=by)
    return order


async def _promised(order: SalesOrder) -> date | None:
    """Our day; of an order of charges alone none, nothing comes late there."""
    last = await schedules.last_day(order.id) if order.next_due else None
    return order.promised_date or (max(order.due_date, last or order.due_date) if order.ordered_q else None)


async def weigh(order: SalesOrder, asked: Mapping[str, Any] | None = None) -> None:
    """What it comes to in CNY: at its own rate, else at the one it was `asked` with, else at today's. Writes nothing."""
    if not order.rate_micro:
        rate = await rates.that_counts(0, order.currency, asked)
        if not rate.micro:
            raise Refused(RATE_MISSING, "rate", currency=order.currency)
        order.rate_micro, order.rate_day = rate.micro, rate.day
    order.gross_cny = in_cny(order.gross, order.currency, order.rate_micro)


async def cancel(number: str, reason: str = "", *, by: Actor, version: int | None = None) -> SalesOrder:
    """Give the order up, while nothing was delivered, billed for goods, or paid; a confirmed one needs a reason."""
    by.must(permissions.CANCEL)
    order = await to_change(number, by, version)
    if order.delivered_q:
        raise Refused(DELIVERED_ALREADY)
    if order.received or (
        order.invoiced and order.ordered_q
    ):  # charges alone are taken back with their order
        raise Refused(BILLED_ALREADY)
    if order.state == CONFIRMED and not reason.strip():
        raise Refused(REASON_NEEDED, "reason")
    await machine.move(order, MOVES, "cancel", LOOKS)
    await requests.withdraw(("sales_order", order.id), by=by)
    subject, also = about(order)
    await record(
        events.OrderCancelled(subject=subject, also=also, number=order.number, reason=reason.strip()[:300]),
        by=by,
    )
    return order
