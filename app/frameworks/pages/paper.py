"""The framework order as a PDF: kept on the shelf once it was put in force, a mere draft before."""

import asyncio

from litestar import Request, Response, get

from app.core import db
from app.core.db import commit
from app.core.money import SYMBOLS
from app.core.words import _, speaking
from app.documents import paint, sheets, shelf
from app.documents.pages import sent
from app.frameworks import figures, frameworks
from app.frameworks.states import DRAFT
from app.frameworks.tables import FrameworkOrder
from app.people.actors import Actor
from app.sales.pages.confirmation import company_sheet, payment_terms, sheet_line
from app.sales.permissions import PRICE
from app.web.render import figure


@get("/framework-orders/{number:str}/framework-order.pdf")
async def pdf(request: Request, number: str, by: Actor) -> Response[bytes]:
    """`?language=en` for the customer abroad."""
    framework = await frameworks.find(number, by)
    by.must(PRICE)
    language = "en" if request.query_params.get("language") == "en" else "zh_CN"
    with speaking(language):
        sheet = await sheet_of(framework)
    if framework.state == DRAFT:
        painted = await asyncio.to_thread(paint.framework_order, sheet, language=language)
    else:
        about = ("framework_order", framework.id)
        done = await commit(
            shelf.issue, "framework_order", f"{framework.number}.{language}", about, sheet, paint.framework_order, by=by,
            language=language,
        )  # fmt: skip
        painted = bytes(done.value.pdf)
    return sent(painted, "application/pdf", f"{framework.number}.pdf", inline=True)


async def sheet_of(framework: FrameworkOrder) -> sheets.FrameworkOrder:
    """What stands on the paper, in the language spoken now."""
    customer = await db.one(
        "select name, contact, phone, address from customers where id = {}", framework.customer
    )
    assert customer is not None
    seller = await db.value("select name from people where id = {}", framework.salesperson or 0) or ""
    currency = framework.currency
    return sheets.FrameworkOrder(
        company=await company_sheet(), number=framework.number, currency=currency, date=framework.agreed_on.isoformat(),
        customer=sheets.Party(name=customer["name"], address=framework.address or customer["address"],
                              contact=framework.contact or customer["contact"], phone=framework.phone or customer["phone"]),
        lines=tuple([sheet_line(line, currency, "") for line in await figures.lines_of(framework.id)]),
        customer_order=framework.customer_number, valid=f"{framework.valid_from.isoformat()} – {framework.valid_until.isoformat()}",
        firm=_("%(n)s days", n=framework.firm_days), total=f"{SYMBOLS[currency]}{figure(framework.gross, currency)}",
        net=figure(framework.net, currency), tax=figure(framework.tax, currency), trade_term=framework.trade_term,
        payment_terms=payment_terms(framework), contact=seller, prepared_by=seller, terms=_terms(framework),
    )  # fmt: skip


def _terms(framework: FrameworkOrder) -> tuple[str, ...]:
    prices = _("Prices include tax.") if framework.tax_included else _("Prices are without tax.")
    tolerance = _(
        "Delivered quantities may differ by +%(over)s / −%(under)s %%.",
        over=framework.over_percent, under=framework.under_percent,
    )  # fmt: skip
    beyond = _("Up to %(percent)s %% more than agreed may be called off.", percent=framework.beyond_percent)
    return tuple(
        filter(None, (prices, tolerance, beyond if framework.beyond_percent else "", framework.remark))
    )


ROUTES = [pdf]
