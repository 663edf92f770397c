"""What somebody wants to order, as entered, checked against customers, items, units and prices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from app.core import clock, money
from app.core.refusals import REQUIRED, TOO_LARGE, Refused
from app.custom_fields import values as custom
from app.sales import line_drafting, rates
from app.sales.agreed import Agreed, take
from app.sales.items import Said
from app.sales.knowing import Known, know
from app.sales.line_drafting import LARGEST_AMOUNT, DraftLine, NewLine, Standing
from app.sales.problems import Problems
from app.sales.refusals import NO_LINES, STILL_A_PROSPECT, TOO_MANY_LINES

MOST_LINES = 500


@dataclass(frozen=True, kw_only=True)
class NewOrder:
    """An order as entered. `customer` is an id or code; what is left out comes from the customer.

    `rate` is CNY for one unit of a foreign currency; without one the newest of the rate table counts at
    confirmation. `custom` holds the custom fields by key, as in its lines; None where they are not known of. `kept` is
    the document of those it has already elsewhere: of the quotation it comes from. `unread`: fields that could not be read.
    """

    customer: int | str
    lines: Sequence[NewLine] = field(default_factory=tuple)
    due_date: date | None = None
    customer_order_number: str = ""
    channel: str = ""
    channel_order_number: str = ""
    currency: str = ""
    tax_included: bool | None = None
    trade_term: str = ""
    rate: str | Decimal = ""
    order_date: date | None = None
    remark: str = ""
    agreed: Agreed = field(default_factory=Agreed)
    custom: Any = None
    kept: str | None = None
    unread: Mapping[str, Refused] = field(default_factory=dict)

    @property
    def said(self) -> list[Said]:
        """How its lines call their items."""
        return [(line.item, line.customer_item) for line in self.lines]


@dataclass(frozen=True)
class Draft:
    """An order that may be written."""

    customer: dict[str, Any]
    values: dict[str, Any]
    lines: Sequence[DraftLine]
    found_by: Sequence[str]


async def read(new: NewOrder, standing: Standing | None = None) -> Draft:
    """The order as it would be written; Invalid with every problem at its field (`lines-0-quantity`)."""
    return (await read_many([new], standing))[0]


async def read_many(several: Sequence[NewOrder], standing: Standing | None = None) -> list[Draft]:
    """As read(), for several orders; Invalid with the problems of the first that has any."""
    drafts, known = [], await know([(new.customer, new.said) for new in several])
    for new in several:
        draft, problems = await _look(new, known, standing or {})
        if draft.customer.get("prospect"):
            problems.note("customer", Refused(STILL_A_PROSPECT, name=draft.customer["name"]))
        problems.check()
        drafts.append(draft)
    return drafts


async def look(new: NewOrder, standing: Standing | None = None) -> tuple[Draft, Problems]:
    """As much of the order as can be read, and what is wrong with the rest."""
    return await _look(new, await know([(new.customer, new.said)]), standing or {})


async def _look(new: NewOrder, known: Known, standing: Standing) -> tuple[Draft, Problems]:
    problems = Problems(new.unread)
    customer = known.customer(new.customer, problems)
    if not new.lines:
        problems.note("lines", Refused(NO_LINES))
    if len(new.lines) > MOST_LINES:
        problems.note("lines", Refused(TOO_MANY_LINES, limit=MOST_LINES))
        problems.check()
    values = await _head(new, customer, problems)
    own, of_lines = known.custom["sales_order"], known.custom["sales_order_line"]
    values["custom"] = custom.read(own, new.custom, standing.get(0, new.kept), problems.note)
    items = known.items.ordered(new.said, customer["id"], problems)
    listed = await line_drafting.listed(new.lines, items, values, customer)
    lines = [
        line for i, (entered, item, price) in enumerate(zip(new.lines, items, listed, strict=True))
        if (line := line_drafting.read(f"lines-{i}", entered, item, price, values, customer, of_lines, standing, problems)) is not None
    ]  # fmt: skip
    if abs(sum(line.amount.gross for line in lines)) > LARGEST_AMOUNT:
        problems.note("lines", Refused(TOO_LARGE, given=""))
    found_by = custom.words(own, values["custom"])
    found_by += [word for line in lines for word in custom.words(of_lines, line.custom)]
    return Draft(customer, values, lines, found_by), problems


async def _head(new: NewOrder, customer: dict[str, Any], problems: Problems) -> dict[str, Any]:
    currency, rate = str(customer["currency"] or "CNY"), 0
    try:
        currency = money.currency_of(new.currency) if new.currency else currency
    except Refused as refused:
        problems.note("currency", refused)
    try:
        rate = await rates.for_draft(new.rate, currency)
    except Refused as refused:
        problems.note("rate", refused)
    days = [each.due_date for line in new.lines for each in (line, *line.schedules) if each.due_date]
    due = new.due_date or (min(days) if days else None)
    if due is None:
        problems.note("due_date", Refused(REQUIRED))
    return {
        "currency": currency, "rate_micro": rate, "due_date": due or clock.today(),
        "tax_included": bool(customer["tax_included"]) if new.tax_included is None else new.tax_included,
        "trade_term": problems.fit("trade_term", new.trade_term, 20) or customer["trade_term"],
        "customer_order_number": problems.fit("customer_order_number", new.customer_order_number, 80),
        "channel": problems.fit("channel", new.channel, 20),
        "channel_order_number": problems.fit("channel_order_number", new.channel_order_number, 80),
        "order_date": new.order_date or clock.today(), "remark": problems.fit("remark", new.remark, 500),
        **take(new.agreed, customer, problems),
    }  # fmt: skip
