"""Accepting a quotation: it becomes one order draft with exactly its prices and terms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.core import clock, db
from app.core import states as machine
from app.core.money import MICRO, price_shown
from app.core.quantities import Quantity, Weight, plain
from app.core.refusals import UNKNOWN, Invalid, Refused
from app.events.log import record
from app.inquiries import inquiries
from app.parties import prospects
from app.people.actors import Actor
from app.quotations import breaks, events, offering, permissions, quotations
from app.quotations.refusals import HAS_EXPIRED, IS_SUPERSEDED
from app.quotations.states import EXPIRED, LOOKS, MOVES, SENT, SUPERSEDED
from app.quotations.tables import Quotation
from app.sales import agreed, orders
from app.sales.orders import NewLine, NewOrder
from app.sales.schedules import NewSchedule


@dataclass(frozen=True)
class Acceptance:
    """What the customer said yes to: the number and day of their order, and where they take more or less than was quoted
    (quantity by line number, in the line's unit; "0" leaves it out). `file` is what a prospect's becomes a customer's by."""

    customer_order_number: str = ""
    due_date: date | None = None
    quantities: Mapping[int, str] = field(default_factory=dict)
    channel: str = ""
    file: Mapping[str, str] = field(default_factory=dict)


async def accept(
    number: str, taken: Acceptance, *, by: Actor, version: int | None = None
) -> tuple[Quotation, str]:
    """Book that the customer takes the offer; the quotation and the number of the order draft that it became."""
    by.must(permissions.WRITE)
    quotation = await quotations.to_change(number, by, version)
    await _must_stand(quotation)
    await machine.move(quotation, MOVES, "accept", LOOKS)
    await _win(quotation, taken, by)
    order = await orders.create(await _order(quotation, taken), by=by)
    quotation.sales_order, quotation.decided_at = order.id, clock.now()
    await db.rows(
        "update quotations set sales_order = {}, decided_at = {} where id = {}",
        order.id, quotation.decided_at, quotation.id,
    )  # fmt: skip
    if quotation.inquiry:
        await inquiries.win(quotation.inquiry, quotation.number, by=by)
    subject, also = quotations.about(quotation)
    accepted = events.QuotationAccepted(
        subject=subject, also=(("sales_order", order.id), *also), number=quotation.number, order=order.number,
        amount=quotation.worth,
    )  # fmt: skip
    await record(accepted, by=by)
    return quotation, order.number


async def _win(quotation: Quotation, taken: Acceptance, by: Actor) -> None:
    """Who accepts as a prospect is a customer from now on, and the offer is in their name and to their address."""
    prospect = await db.one("select code from customers where id = {} and prospect", quotation.customer)
    if prospect is None:
        return
    try:
        customer = await prospects.win(prospect["code"], taken.file, by=by)
    except Invalid as invalid:
        raise Invalid({f"customer_{name}": refused for name, refused in invalid.refusals.items()}) from None
    own = {
        "customer_name": customer.name,
        **{n: getattr(customer, n) for n in ("contact", "phone", "address", "payment_days")},
    }
    await db.rows(
        f"update quotations set {', '.join(f'{name} = {{}}' for name in own)} where id = {{}}",
        *own.values(),
        quotation.id,
    )
    for name, value in own.items():
        setattr(quotation, name, value)


async def _must_stand(quotation: Quotation) -> None:
    if quotation.state == SUPERSEDED:
        raise Refused(IS_SUPERSEDED, number=await quotations.newest_of(quotation.root))
    ran_out = quotation.state == SENT and quotation.valid_until < clock.today()
    if ran_out or quotation.state == EXPIRED:
        raise Refused(HAS_EXPIRED, day=quotation.valid_until.isoformat())


async def _order(quotation: Quotation, taken: Acceptance) -> NewOrder:
    lines = await offering.lines_of(quotation.id)
    unknown = set(taken.quantities) - {line["line_no"] for line in lines}
    if unknown:
        field_name = f"quantity-{min(unknown)}"
        raise Invalid({field_name: Refused(UNKNOWN, field_name, given=str(min(unknown)))})
    due = taken.due_date or clock.today() + timedelta(days=quotation.lead_days)
    rate = plain(Decimal(quotation.rate_micro) / MICRO) if quotation.rate_micro else ""
    return NewOrder(
        customer=quotation.customer, lines=[found for line in lines if (found := _line(line, taken.quantities))], due_date=due,
        customer_order_number=taken.customer_order_number, channel=taken.channel, currency=quotation.currency,
        tax_included=bool(quotation.tax_included), trade_term=quotation.trade_term,
        rate="" if quotation.currency == "CNY" else rate, remark=quotation.remark,
        agreed=agreed.again(quotation), kept=quotation.custom,
    )  # fmt: skip


def _deliveries(line: dict[str, Any], entered: str) -> list[NewSchedule]:
    """As they were offered; where more or less is taken it comes at once until somebody shares it out."""
    if entered != line["entered"]:
        return []
    return [
        NewSchedule(quantity=each["entered"], due_date=each["requested_date"]) for each in line["schedules"]
    ]


def _line(line: dict[str, Any], quantities: Mapping[int, str]) -> NewLine | None:
    """The line as an order has it, in the quantity taken and at the price of that quantity; None when it is not taken."""
    entered, at = (
        quantities.get(line["line_no"], "").strip() or line["entered"],
        f"quantity-{line['line_no']}",
    )
    if entered == "0":
        return None
    weight = Weight(line["weight_micro"], line["weight_pieces"])
    try:
        milli = Quantity.entered(entered, line["unit"], line["base_unit"], weight, line["code"]).milli
    except Refused as refused:
        raise Invalid({at: Refused(refused.reason, at, **refused.facts)}) from refused
    price = breaks.price_at(line, line["breaks"], milli)
    return NewLine(
        item=line["item"], customer_item=line["customer_item"], quantity=entered, unit=line["unit"],
        unit_price=price_shown(price) if price else "", price_unit=line["price_unit"] if price else "", kind=line["kind"],
        tax_rate=f"{line['tax_rate'] / 100:g}", over_percent=line["over_percent"], under_percent=line["under_percent"],
        drawing_revision=line["drawing_revision"], spec=line["spec"], remark=line["remark"],
        kept=line["custom"], schedules=_deliveries(line, entered),
    )  # fmt: skip
