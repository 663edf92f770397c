"""The order confirmation as a PDF: kept on the shelf once the order is confirmed, a mere draft before."""

import asyncio
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from litestar import Request, Response, get

from app.core import db
from app.core.db import commit
from app.core.money import SYMBOLS, price_figure
from app.core.quantities import Quantity, Weight
from app.core.words import _, speaking
from app.custom_fields import defined, values
from app.documents import attachments, paint, sheets, shelf
from app.documents.pages import sent
from app.parties.terms import Terms
from app.people.actors import Actor
from app.sales import orders, schedules
from app.sales.echo import in_base, labelled, short
from app.sales.permissions import PRICE
from app.sales.states import DRAFT, SERVICE, SUBMITTED, kind_said
from app.sales.tables import SalesOrder
from app.web.render import figure


@get("/orders/{number:str}/confirmation.pdf")
async def confirmation(request: Request, number: str, by: Actor) -> Response[bytes]:
    """`?language=en` for the customer abroad."""
    return sent(await paper(request, number, by), "application/pdf", f"{number}.pdf", inline=True)


async def paper(request: Request, number: str, by: Actor) -> bytes:
    """The confirmation of one order, in the language asked for."""
    order = await orders.find(number, by)
    by.must(PRICE)
    language = "en" if request.query_params.get("language") == "en" else "zh_CN"
    with speaking(language):
        sheet = await sheet_of(order)
    if order.state in (DRAFT, SUBMITTED):
        return await asyncio.to_thread(paint.order_confirmation, sheet, language=language)
    done = await commit(
        shelf.issue, "order_confirmation", f"OC-{order.number}", ("sales_order", order.id), sheet,
        paint.order_confirmation, by=by, language=language,
    )  # fmt: skip
    return bytes(done.value.pdf)


async def sheet_of(order: SalesOrder) -> sheets.OrderConfirmation:
    """What stands on the confirmation, in the language spoken now."""
    customer = await db.one("select * from customers where id = {}", order.customer)
    assert customer is not None
    custom = await defined.fields()
    lines = await db.rows(
        "select l.*, i.code, i.name, i.spec as item_spec, i.kind as item_kind, i.base_unit, i.unit_label, i.weight_micro, i.weight_pieces"
        " from sales_order_lines l join items i on i.id = l.item"
        ' where l."order" = {} order by l.line_no',
        order.id,
    )
    await schedules.give(lines, order.id)
    seller = (
        await db.value("select name from people where id = {}", order.salesperson)
        if order.salesperson
        else ""
    )
    return sheets.OrderConfirmation(
        company=await company_sheet(), number=order.number, date=order.order_date.isoformat(), currency=order.currency,
        customer=sheets.Party(name=customer["name"], address=order.address or customer["address"],
                              contact=order.contact or customer["contact"], phone=order.phone or customer["phone"]),
        lines=tuple([
            sheet_line(
                line, order.currency, _due(line, order.due_date), values.in_line(custom["sales_order_line"], line["custom"])
            )
            for line in lines
        ]),
        customer_order=order.customer_order_number,
        total=f"{SYMBOLS[order.currency]}{figure(order.gross, order.currency)}", net=figure(order.net, order.currency),
        tax=figure(order.tax, order.currency), trade_term=order.trade_term,
        payment_terms=payment_terms(order), contact=seller or "",
        prepared_by=seller or "", terms=tuple(
            f"{label}: {value}" for thing, document in (("sales_order", order.custom), ("customer", customer["custom"]))
            for label, value in values.printed(custom[thing], document)
        ),
    )  # fmt: skip


def payment_terms(order: Any) -> str:
    """30 % deposit, closing on day 25 …"""
    terms = Terms(order.payment_days, order.closing_day, order.terms_from).sentence()
    if not order.deposit_percent:
        return terms
    return _("%(percent)s %% deposit; %(terms)s", percent=f"{order.deposit_percent / 100:g}", terms=terms)


def _due(line: dict[str, Any], due: date) -> str:
    """The day a line is wanted; of several deliveries each day with its quantity."""
    if line["item_kind"] == SERVICE:
        return ""
    label = line["unit_label"] or line["base_unit"]
    return (
        "\n".join(
            f"{each['requested_date'].isoformat()}\n{short(each['entered'], line['unit'], label)}"
            for each in line["schedules"]
        )
        or (line["requested_date"] or due).isoformat()
    )


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


async def company_sheet() -> sheets.Company:
    row = await db.one("select * from company order by id limit 1")
    if row is None:
        return sheets.Company(name=_("Our company"))
    path = attachments.path_of(row["seal"]) if row["seal"] else None
    return sheets.Company(
        name=row["name"], english_name=row["name_en"], address=row["address"], phone=row["phone"],
        tax_number=row["tax_number"], bank=row["bank"], bank_account=row["bank_account"], seal=_bytes(path),
    )  # fmt: skip


def _bytes(path: Path | None) -> bytes:
    return path.read_bytes() if path is not None and path.exists() else b""


ROUTES = [confirmation]
