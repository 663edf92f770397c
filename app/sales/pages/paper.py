"""What stands on every paper about goods for a customer: whose it is, for whom, the lines, the sums and the terms."""

from decimal import Decimal
from typing import Any

from app.core import db
from app.core.money import SYMBOLS, price_figure
from app.core.quantities import Quantity, Weight, labelled
from app.core.words import _
from app.documents import sheets
from app.documents.letterhead import letterhead
from app.parties.terms import agreed
from app.sales.echo import in_base, short
from app.sales.states import kind_said
from app.web.render import figure


async def frame_of(thing: Any, customer: dict[str, Any]) -> dict[str, Any]:
    """Of an order, a quotation or a framework order all that its sheet has like those of the others."""
    currency = thing.currency
    seller = await db.value("select name from people where id = {}", thing.salesperson or 0) or ""
    return {
        "company": await letterhead(), "currency": currency,
        "customer": sheets.Party(name=customer["name"], address=thing.address or customer["address"],
                                 contact=thing.contact or customer["contact"], phone=thing.phone or customer["phone"]),
        "total": f"{SYMBOLS[currency]}{figure(thing.gross, currency)}", "net": figure(thing.net, currency),
        "tax": figure(thing.tax, currency), "trade_term": thing.trade_term, "payment_terms": agreed(thing.to_dict()),
        "contact": seller, "prepared_by": seller,
    }  # fmt: skip


async def offered_frame(thing: Any) -> dict[str, Any]:
    """As frame_of(), of what is offered."""
    customer = await db.one(
        "select name, contact, phone, address from customers where id = {}", thing.customer
    )
    assert customer is not None
    return await frame_of(thing, customer)


def offered_terms(thing: Any, *more: str) -> tuple[str, ...]:
    """Under what is offered: whether tax is in the prices, how far quantities may differ, what else is agreed, the remark."""
    prices = _("Prices include tax.") if thing.tax_included else _("Prices are without tax.")
    tolerance = _(
        "Delivered quantities may differ by +%(over)s / −%(under)s %%.", over=thing.over_percent, under=thing.under_percent
    )  # fmt: skip
    return tuple(filter(None, (prices, tolerance, *more, thing.remark)))


def sheet_line(line: dict[str, Any], currency: str, due: str, more: str = "") -> sheets.ConfirmedLine:
    """A line of an order, or of a quotation, which has no due date yet; `more` stands behind what it is called."""
    label = line["unit_label"] or line["base_unit"]
    weight = Weight(line["weight_micro"], line["weight_pieces"])
    called = f"{line['name']} {line['spec'] or line['item_spec']}".strip()
    return sheets.ConfirmedLine(
        line=str(line["line_no"]), item=line["code"], description=" · ".join(filter(None, (called, kind_said(line["kind"]), more))),
        quantity=short(line["entered"], line["unit"], label),
        quantity_echo=f"= {in_base(Quantity(line['quantity_q'], line['base_unit']), label, weight)}",
        unit_price=price_figure(line["price_micro"]) if line["price_micro"] else _("free"),
        price_unit=labelled(line["price_unit"], label) if line["price_micro"] else "",
        tax_rate=f"{Decimal(line['tax_rate']) / 100:g}%", amount=figure(line["gross"], currency),
        customer_item=line["customer_item"], due=due,
    )  # fmt: skip
