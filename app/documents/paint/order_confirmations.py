"""订单确认书, 报价单 and 框架协议, order confirmation, quotation and framework order: A4.

In one language, or in two side by side for a customer abroad.
"""

from app.core.words import N_, Word, _, speaking, translate
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
from app.documents.sheets import ConfirmedLine, FrameworkOrder, OrderConfirmation, Quotation

LEFT, WIDTH, TOP, BOTTOM = 15.0, 180.0, 14.0, 282.0
TERM = Style(size=8.5, lines=4)
SIGNING = 46.0


def order_confirmation(data: OrderConfirmation, language: str = "zh_CN", also: str = "") -> bytes:
    """The confirmation as PDF. `also` names a second language, whose labels stand beside the first."""
    return _painted(data, N_("Order confirmation"), language, also)


def quotation(data: Quotation, language: str = "zh_CN", also: str = "") -> bytes:
    """The same for an offer."""
    return _painted(data, N_("Quotation"), language, also)


def framework_order(data: FrameworkOrder, language: str = "zh_CN", also: str = "") -> bytes:
    """The same for what is agreed in a frame."""
    return _painted(data, N_("Framework order"), language, also)


def _painted(data: OrderConfirmation, title: Word, language: str, also: str) -> bytes:
    with speaking(language):
        say = _Speaker(also)
        paper = Paper(*A4, f"{_(title)} {data.number}", data.company.name)
        dated = any(line.due for line in data.lines)
        table, rows = _table(say, dated), [_row(line)[: None if dated else -1] for line in data.lines]
        heights = [table.height(row) for row in rows]
        top = _head(Paper(*A4, ""), data, title, say) + 3 + table.header_height
        below = 24 + notes_height(data.terms, WIDTH, TERM) + SIGNING
        split = pages(heights, BOTTOM - top, BOTTOM - top - below)
        for number, on_page in enumerate(split, start=1):
            paper.page()
            y = table.draw_header(paper, LEFT, _head(paper, data, title, say) + 3)
            for i in on_page:
                y = table.draw(paper, LEFT, y, rows[i])
            if number == len(split):
                _foot(paper, data, say, y)
            paper.text(
                LEFT, BOTTOM + 4, WIDTH, page_of(number, len(split)), Style(size=8, grey=0.4, align="right")
            )
        return paper.finish()


class _Speaker:
    """Says a label in the language of the sheet and, if there is a second one, in that too."""

    def __init__(self, also: str) -> None:
        self._also = also

    def __call__(self, message: str, between: str = " ") -> str:
        first = _(message)
        second = translate(message, self._also) if self._also else first
        return first if second == first else f"{first}{between}{second}"


def _table(say: _Speaker, dated: bool) -> Table:
    columns = [
        Column(say(N_("Line"), "\n"), 10, "center", lines=1),
        Column(say(N_("Part no."), "\n"), 26),
        Column(say(N_("Description of goods"), "\n"), lines=8),
        Column(say(N_("Quantity"), "\n"), 25, "right"),
        Column(say(N_("Unit price"), "\n"), 20, "right"),
        Column(say(N_("Tax rate"), "\n"), 12, "right"),
        Column(say(N_("Amount"), "\n"), 25, "right", bold=True),
        *([Column(say(N_("Due date"), "\n"), 19, "right", lines=48)] if dated else ()),
    ]
    return Table(tuple(columns), WIDTH, size=8.5, row_height=10.4, header_height=8.5)


def _row(line: ConfirmedLine) -> tuple[str, ...]:
    return (
        line.line,
        "\n".join(filter(None, (line.customer_item, line.item))),
        line.description,
        "\n".join(filter(None, (line.quantity, line.quantity_echo))),
        f"{line.unit_price}\n/ {line.price_unit}",
        line.tax_rate,
        line.amount,
        line.due,
    )


def _head(paper: Paper, data: OrderConfirmation, title: Word, say: _Speaker) -> float:
    """Letterhead, number, customer and terms of the order; returns the y below."""
    y = letterhead(paper, LEFT, TOP, WIDTH, data.company, say(title, "\n"), data.qr)
    number = data.number + (f" · {data.revision}" if data.revision else "")
    customer = data.customer
    paper.text(LEFT, y + 2, 100, say(N_("Customer")), CAPTION)
    used = paper.text(LEFT, y + 5.2, 100, customer.name, Style(size=12, bold=True, lines=2))
    reach = joined(
        (_("Contact"), customer.contact), (_("Phone"), customer.phone), (_("Tax number"), customer.tax_number)
    )
    for text in (customer.address, reach):
        used += paper.text(LEFT, y + 5.4 + used, 104, text, Style(size=8.5, lines=2)) if text else 0
    right, wide = LEFT + 112, WIDTH - 112
    paper.text(right, y + 2, wide, say(N_("No.")), CAPTION)
    paper.shrunk(right, y + 5.2, wide, number, Style(size=12, bold=True), least=8)
    paper.text(right, y + 11.2, wide, say(N_("Date")), CAPTION)
    paper.text(right, y + 14.2, wide, data.date, Style(size=9.5))
    y += max(used + 7.4, 20.5)
    paper.line(LEFT, y, LEFT + WIDTH, y, 0.1, 0.6)
    facts = (
        *_of_the_offer(data, say),
        (say(N_("Trade term")), data.trade_term),
        (say(N_("Payment terms")), data.payment_terms),
        (say(N_("Our contact")), data.contact),
    )
    return captions(paper, LEFT, y, WIDTH, facts, len(facts), Style(size=9, lines=2))


def _of_the_offer(data: OrderConfirmation, say: _Speaker) -> tuple[tuple[str, str], ...]:
    if isinstance(data, FrameworkOrder):
        theirs = (say(N_("Their framework number")), data.customer_order)
        return (theirs, (say(N_("Period of validity")), data.valid), (say(N_("Firm for")), data.firm))
    if not isinstance(data, Quotation):
        return ((say(N_("Customer order")), data.customer_order),)
    return ((say(N_("Valid until")), data.valid_until), (say(N_("Delivery time")), data.lead))


def _foot(paper: Paper, data: OrderConfirmation, say: _Speaker, y: float) -> None:
    left, wide = LEFT + 100, WIDTH - 100
    y += 2
    for label, amount in ((say(N_("Amount before tax")), data.net), (say(N_("Tax amount")), data.tax)):
        if amount:
            paper.text(left, y, 46, label, Style(size=8.5, grey=0.35))
            paper.shrunk(left + 46, y, wide - 46, amount, Style(size=9.5, align="right"), least=5)
            y += 4.8
    paper.line(left, y + 0.6, LEFT + WIDTH, y + 0.6, 0.3)
    paper.text(left, y + 2, 40, f"{say(N_('Total'))} {data.currency}", Style(size=9, bold=True))
    paper.shrunk(left + 34, y + 1.2, wide - 34, data.total, Style(size=14, bold=True, align="right"), least=8)
    words = data.total_in_words
    paper.text(LEFT, y + 2, 96, words, Style(size=9.5, bold=True, lines=2))
    y += 11
    notes(paper, LEFT, y, WIDTH, data.terms, TERM)
    top = BOTTOM - SIGNING + 8
    seal(paper, LEFT + 34, top, data.company)
    half = WIDTH / 2
    paper.text(LEFT, top, half - 4, say(N_("Seller")), CAPTION)
    paper.text(LEFT, top + 3.4, half - 4, data.company.name, Style(size=9.5, bold=True, lines=2))
    paper.text(LEFT, top + 12, half - 8, bank_of(data.company), Style(size=8.5, grey=0.15, lines=4))
    paper.text(LEFT + half, top, half, say(N_("Customer")), CAPTION)
    paper.text(LEFT + half, top + 3.4, half, data.customer.name, Style(size=9.5, bold=True, lines=2))
    signed = ((say(N_("Prepared by")), data.prepared_by), (say(N_("Signed, date")), ""))
    signatures(paper, LEFT, BOTTOM, (half, half + 3), signed)
