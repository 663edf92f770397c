"""The quotation as a PDF: kept on the shelf once it went out, a mere draft before."""

import asyncio

from litestar import Request, Response, get

from app.core.db import commit
from app.core.money import price_figure
from app.core.quantities import labelled
from app.core.words import _, speaking
from app.documents import paint, sheets, shelf
from app.documents.pages import sent
from app.documents.tables import IssuedDocument
from app.people.actors import Actor
from app.quotations import offering, quotations
from app.quotations.states import DRAFT, letter
from app.quotations.tables import Quotation
from app.sales.pages.paper import offered_frame, offered_terms, sheet_line

LANGUAGES = ("zh_CN", "en")


@get("/quotations/{number:str}/quotation.pdf")
async def pdf(request: Request, number: str, by: Actor) -> Response[bytes]:
    """In the customer's language, or `?language=en`."""
    quotation = await quotations.find(number, by)
    asked = request.query_params.get("language", "")
    language = asked if asked in LANGUAGES else language_of(quotation)
    if quotation.state == DRAFT:
        with speaking(language):
            sheet = await sheet_of(quotation)
        painted = await asyncio.to_thread(paint.quotation, sheet, language=language)
    else:
        painted = bytes((await commit(issue, quotation, language, by=by)).value.pdf)
    return sent(painted, "application/pdf", f"{quotation.number}.pdf", inline=True)


def language_of(quotation: Quotation) -> str:
    """Who pays in yuan reads Chinese."""
    return "zh_CN" if quotation.currency == "CNY" else "en"


async def issue(quotation: Quotation, language: str, *, by: Actor) -> IssuedDocument:
    """The paper on the shelf. Part of a transaction."""
    with speaking(language):
        sheet = await sheet_of(quotation)
    name = f"{quotation.root}.{letter(quotation.revision)}" + (
        "" if language == LANGUAGES[0] else f".{language}"
    )
    about = ("quotation", quotation.id)
    return await shelf.issue("quotation", name, about, sheet, paint.quotation, by=by, language=language)


async def sheet_of(quotation: Quotation) -> sheets.Quotation:
    """What stands on the paper, in the language spoken now."""
    return sheets.Quotation(
        **await offered_frame(quotation), number=quotation.root, revision=_revision(quotation.revision),
        date=quotation.quoted_on.isoformat(), valid_until=quotation.valid_until.isoformat(),
        lead=_("%(n)s days after the order", n=quotation.lead_days),
        lines=tuple([_line(line, quotation.currency) for line in await offering.lines_of(quotation.id)]),
        terms=offered_terms(quotation),
    )  # fmt: skip


def _revision(revision: int) -> str:
    return _("Revision %(letter)s", letter=letter(revision)) if revision > 1 else ""


def _line(line: dict, currency: str) -> sheets.ConfirmedLine:
    """With its breaks under what it is."""
    on_sheet = sheet_line(line, currency, "")
    unit = labelled(line["unit"], line["unit_label"] or line["base_unit"])
    breaks = [
        _("from %(quantity)s %(unit)s: %(price)s", quantity=entered, unit=unit, price=price_figure(price))
        for entered, _milli, price in line["breaks"]
    ]
    described = "\n".join((on_sheet.description, *filter(None, (line["remark"],)), *breaks))
    return sheets.ConfirmedLine(**{**vars(on_sheet), "description": described})


ROUTES = [pdf]
