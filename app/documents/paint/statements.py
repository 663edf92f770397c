"""对账单, the statement of a customer's account: A4, what was charged, what was paid, what is owed."""

from app.core.words import _, speaking
from app.documents.paint.blocks import (
    CAPTION,
    bank_of,
    captions,
    joined,
    letterhead,
    notes,
    notes_height,
    page_of,
    seal,
    signatures,
)
from app.documents.paint.paper import A4, Paper
from app.documents.paint.table import Column, Table, pages
from app.documents.paint.text import Style
from app.documents.sheets import Statement, StatementLine

LEFT, WIDTH, TOP, BOTTOM = 15.0, 180.0, 14.0, 282.0
TERM = Style(size=8.5, lines=4)
SIGNING = 46.0


def statement(data: Statement, language: str = "zh_CN") -> bytes:
    """The statement as PDF, with the opening balance as its first row and the totals after the last."""
    with speaking(language):
        paper = Paper(*A4, f"{_('Statement of account')} {data.number}", data.company.name)
        table = _table()
        opening = StatementLine(
            date="", kind="", document="", description=_("Opening balance"), balance=data.opening
        )
        rows = [_row(line) for line in (opening, *data.lines)]
        top = _head(Paper(*A4, ""), data) + 3 + table.header_height
        below = 18 + (16 if data.ageing else 0) + notes_height(data.terms, WIDTH, TERM) + SIGNING
        split = pages([table.height(row) for row in rows], BOTTOM - top, BOTTOM - top - below)
        for number, on_page in enumerate(split, start=1):
            paper.page()
            y = table.draw_header(paper, LEFT, _head(paper, data) + 3)
            for i in on_page:
                y = table.draw(paper, LEFT, y, rows[i])
            if number == len(split):
                _foot(paper, data, table, y)
            paper.text(
                LEFT, BOTTOM + 4, WIDTH, page_of(number, len(split)), Style(size=8, grey=0.4, align="right")
            )
        return paper.finish()


def _table() -> Table:
    columns = (
        Column(_("Date"), 19),
        Column(_("Posting"), 14),
        Column(_("Document no."), 29),
        Column(_("Particulars"), lines=4),
        Column(_("Quantity"), 18, "right"),
        Column(_("Charges"), 20, "right"),
        Column(_("Payments"), 20, "right"),
        Column(_("Balance"), 22, "right", bold=True),
    )
    return Table(columns, WIDTH, size=8.5, row_height=6.4, header_height=6.4)


def _row(line: StatementLine) -> tuple[str, ...]:
    text = "\n".join(filter(None, (line.order, line.description)))
    return line.date, line.kind, line.document, text, line.quantity, line.charged, line.paid, line.balance


def _head(paper: Paper, data: Statement) -> float:
    """Letterhead, customer, period and the four figures that matter; returns the y below."""
    y = letterhead(paper, LEFT, TOP, WIDTH, data.company, _("Statement of account"), data.qr)
    paper.text(LEFT, y + 2, 100, _("Customer"), CAPTION)
    used = paper.text(LEFT, y + 5.2, 104, data.customer.name, Style(size=12, bold=True, lines=2))
    reach = joined((_("Contact"), data.customer.contact), (_("Phone"), data.customer.phone))
    used += paper.text(LEFT, y + 5.4 + used, 104, reach, Style(size=8.5, lines=2)) if reach else 0
    right, wide = LEFT + 112, WIDTH - 112
    paper.text(right, y + 2, wide, _("Period"), CAPTION)
    paper.shrunk(right, y + 5.2, wide, data.period, Style(size=12, bold=True), least=8)
    below = joined((_("No."), data.number), (_("Date"), data.date))
    beside = 11 + paper.text(right, y + 11, wide, below, Style(size=8.5, lines=2))
    y += max(used + 7.4, beside + 1.2)
    paper.line(LEFT, y, LEFT + WIDTH, y, 0.1, 0.6)
    figures = (
        (_("Opening balance"), data.opening),
        (_("Charges"), data.charged),
        (_("Payments"), data.paid),
        (f"{_('Closing balance')} {data.currency}", data.closing),
    )
    y = captions(paper, LEFT, y, WIDTH, figures, 4, Style(size=12, bold=True))
    facts = ((_("Payment terms"), data.payment_terms), (_("Payable by"), data.payable_by))
    return (
        captions(paper, LEFT, y, WIDTH, facts, 2, Style(size=9))
        if any(value for _label, value in facts)
        else y
    )


def _foot(paper: Paper, data: Statement, table: Table, y: float) -> None:
    bold = Style(size=9, bold=True, align="right")
    paper.text(LEFT + 1.3, y + 1.4, 60, _("Total"), Style(size=9, bold=True))
    for i, amount in ((5, data.charged), (6, data.paid), (7, data.closing)):
        left, right = table.edges[i], table.edges[i + 1]
        paper.shrunk(LEFT + left + 1, y + 1.4, right - left - 2.3, amount, bold, least=4)
    y += 7
    paper.line(LEFT, y, LEFT + WIDTH, y, 0.3)
    paper.text(
        LEFT + 1.3, y + 1.6, WIDTH - 2.6, data.closing_in_words, Style(size=9.5, bold=True, align="right")
    )
    y += 8
    if data.ageing:
        y = captions(paper, LEFT, y, WIDTH, data.ageing[:6], len(data.ageing[:6]), Style(size=9.5)) + 3
    notes(paper, LEFT, y, WIDTH, data.terms, TERM)
    _signing(paper, data)


def _signing(paper: Paper, data: Statement) -> None:
    top, half = BOTTOM - SIGNING + 8, WIDTH / 2
    seal(paper, LEFT + 34, top, data.company)
    paper.text(LEFT, top, half - 4, _("Pay to"), CAPTION)
    paper.text(LEFT, top + 3.4, half - 4, data.company.name, Style(size=9.5, bold=True, lines=2))
    paper.text(LEFT, top + 12, half - 8, bank_of(data.company), Style(size=8.5, grey=0.15, lines=4))
    paper.text(
        LEFT + half, top, half, _("The customer agrees with the balance, or states the difference"), CAPTION
    )
    signed = ((_("Prepared by"), data.prepared_by), (_("Signed and stamped, date"), ""))
    signatures(paper, LEFT, BOTTOM, (half, half + 3), signed)
