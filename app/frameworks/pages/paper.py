"""The framework order as a PDF: kept on the shelf once it was put in force, a mere draft before."""

import asyncio

from litestar import Request, Response, get

from app.core.db import commit
from app.core.words import _, speaking
from app.documents import paint, sheets, shelf
from app.documents.pages import sent
from app.frameworks import figures, frameworks
from app.frameworks.states import DRAFT
from app.frameworks.tables import FrameworkOrder
from app.people.actors import Actor
from app.sales.pages.paper import offered_frame, offered_terms, sheet_line
from app.sales.permissions import PRICE


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
    beyond = _("Up to %(percent)s %% more than agreed may be called off.", percent=framework.beyond_percent)
    return sheets.FrameworkOrder(
        **await offered_frame(framework), number=framework.number, date=framework.agreed_on.isoformat(),
        lines=tuple([sheet_line(line, framework.currency, "") for line in await figures.lines_of(framework.id)]),
        customer_order=framework.customer_number, valid=f"{framework.valid_from.isoformat()} – {framework.valid_until.isoformat()}",
        firm=_("%(n)s days", n=framework.firm_days), terms=offered_terms(framework, beyond if framework.beyond_percent else ""),
    )  # fmt: skip


ROUTES = [pdf]
