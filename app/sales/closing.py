"""When an order is done, and opening it again when a posting is taken back."""

from decimal import Decimal
from typing import Any

from app.core import clock, db
from app.core import states as machine
from app.core.money import Money, line_amount
from app.core.quantities import Quantity, Weight
from app.core.refusals import Refused
from app.core.rows import locked
from app.core.words import _
from app.events.log import record
from app.people.actors import Actor
from app.sales import events, permissions
from app.sales.finding import to_change
from app.sales.refusals import NOT_DONE
from app.sales.states import CLOSED, CONFIRMED, CONSIGNMENT, LOOKS, MOVES, SERVICE
from app.sales.tables import SalesOrder

NEARLY = Decimal("0.999")
"""Deliveries in parts are rounded one by one: what is billed may differ from the whole by some cents."""


async def delivered_value(order: SalesOrder, consigned: bool = True) -> int:
    """What was delivered here is worth by the lines' prices, in minor units; what the old system shipped it has billed.

    Charges count whole from the first delivery on, at once where nothing is to be delivered. Without `consigned` goods that
    are paid for when they are used are left out.
    """
    lines = await db.rows(
        "select l.kind, i.kind as item_kind, l.quantity_q, l.delivered_q, l.taken_over_q,"
        " l.price_micro, l.price_unit, l.tax_rate, i.base_unit, i.weight_micro, i.weight_pieces"
        ' from sales_order_lines l join items i on i.id = l.item where l."order" = {}',
        order.id,
    )
    charged = order.delivered_q > 0 or not order.ordered_q
    return sum(
        _worth(order, line, _gone(line, charged)) - _worth(order, line, line["taken_over_q"])
        for line in lines
        if line["price_micro"] and (consigned or line["kind"] != CONSIGNMENT)
    )


def _gone(line: dict[str, Any], charged: bool) -> int:
    if line["item_kind"] != SERVICE:
        return int(line["delivered_q"])
    return int(line["quantity_q"] if charged else line["taken_over_q"])


def _worth(order: SalesOrder, line: dict[str, Any], milli: int) -> int:
    weight = Weight(line["weight_micro"], line["weight_pieces"])
    return line_amount(
        Quantity(milli, line["base_unit"]), line["price_micro"], line["price_unit"], order.currency, order.tax_included,
        line["tax_rate"], weight,
    ).gross  # fmt: skip


async def missing(order: SalesOrder) -> list[str]:
    """What is still open, in sentences; empty when the order is done."""
    blocks = []
    if order.open_lines:
        blocks.append(_("%(n)s lines are not fully delivered", n=order.open_lines))
    unbilled = await delivered_value(order) - order.invoiced
    if order.invoiced < (order.invoiced + unbilled) * NEARLY:
        blocks.append(_("%(amount)s are not billed yet", amount=Money(unbilled, order.currency).shown()))
    if order.received < order.invoiced:
        owed = Money(order.invoiced - order.received, order.currency)
        blocks.append(_("%(amount)s are not received yet", amount=owed.shown()))
    return blocks


async def close(number: str, reason: str = "", *, by: Actor, version: int | None = None) -> SalesOrder:
    """End an order. One that is not fully delivered, billed and paid is closed only with a reason."""
    by.must(permissions.CLOSE)
    order = await to_change(number, by, version)
    if order.state == CONFIRMED and not reason.strip():
        blocks = await missing(order)
        if blocks:
            raise Refused(NOT_DONE, "reason", what=_("; ").join(blocks))
    return await _close(order, reason.strip()[:300], by)


async def close_if_done(order_id: int, *, by: Actor) -> bool:
    """Close the order if all is delivered, billed and paid; whether it is closed now. A consequence: no right."""
    order = await locked(SalesOrder, SalesOrder.id == order_id)
    if order.state != CONFIRMED or await missing(order):
        return bool(order.state == CLOSED)
    await _close(order, "", by)
    return True


async def _close(order: SalesOrder, reason: str, by: Actor) -> SalesOrder:
    await machine.move(order, MOVES, "close", LOOKS)
    order.closed_at = clock.now()
    await db.rows("update sales_orders set closed_at = {} where id = {}", order.closed_at, order.id)
    closed = events.OrderClosed(
        subject=("sales_order", order.id),
        also=(("customer", order.customer),),
        number=order.number,
        reason=reason,
    )
    await record(closed, by=by)
    return order


async def reopen(order: SalesOrder, why: str, by: Actor) -> None:
    """A posting on a closed order was taken back or came late: it is open again."""
    await machine.move(order, MOVES, "reopen", LOOKS)
    await db.rows("update sales_orders set closed_at = null where id = {}", order.id)
    opened = events.OrderReopened(
        subject=("sales_order", order.id), also=(("customer", order.customer),), number=order.number, why=why
    )
    await record(opened, by=by)
