"""送货单, the paper the customer signs: continuous paper 241 × 140 mm in three copies, for a needle printer.

Black only, no line thinner than 0.3 mm and no letter below 9 points: the third copy must still be read.
"""

from app.core.words import _, speaking
from app.documents.paint.blocks import facts_grid, joined, labelled, notes, notes_height, page_of, signatures
from app.documents.paint.paper import Paper
from app.documents.paint.table import Column, Table, pages
from app.documents.paint.text import Style
from app.documents.sheets import DeliveryLine, DeliverySlip

WIDTH, HEIGHT = 241.0, 139.7
LEFT, INSIDE, TOP, BOTTOM = 17.0, 204.0, 5.0, 135.5
RULE, CODE = 0.3, 18.0
PLAIN, SMALL = Style(size=10, lines=2), Style(size=9, lines=2)


def delivery_slip(data: DeliverySlip, language: str = "zh_CN") -> bytes:
    """The slip as PDF, one page per sheet of the continuous paper; prices only if the data says so."""
    with speaking(language):
        paper = Paper(WIDTH, HEIGHT, f"{_('Delivery slip')} {data.number}", data.company.name)
        table = _table(data.with_prices)
        rows = [_row(line, data.with_prices) for line in data.lines]
        top = _height_of_head(data) + table.header_height
        below = table.row_height + 1.2 + notes_height(data.terms, INSIDE, SMALL) + 11
        split = pages([table.height(row) for row in rows], BOTTOM - top, BOTTOM - top - below)
        for number, on_page in enumerate(split, start=1):
            paper.page()
            y = table.draw_header(paper, LEFT, _head(paper, data, page_of(number, len(split))))
            for i in on_page:
                y = table.draw(paper, LEFT, y, rows[i])
            if number == len(split):
                _foot(paper, data, table, y)
        return paper.finish()


def _table(with_prices: bool) -> Table:
    """Widths in mm; the slip with prices is set smaller, so that a line still is one line."""
    line, part, lot, unit, quantity, cartons, net, received = (
        (7, 19, 30, 9, 15, 10, 15, 15) if with_prices else (9, 27, 34, 12, 19, 13, 20, 22)
    )
    price = (Column(_("Unit price"), 20, "right"), Column(_("Amount"), 20, "right")) if with_prices else ()
    columns = (
        Column(_("Line"), line, "center", lines=1),
        Column(_("Customer part no."), part),
        Column(_("Description of goods"), lines=3),
        Column(_("Lot"), lot),
        Column(_("Unit"), unit, "center"),
        Column(_("Quantity"), quantity, "right"),
        Column(_("Cartons"), cartons, "right"),
        Column(_("Net kg"), net, "right"),
        *price,
        Column(_("Received quantity"), received),
    )
    size = 9 if with_prices else 10
    return Table(columns, INSIDE, size=size, row_height=6, header_height=6, ruled=True, rule=RULE)


def _row(line: DeliveryLine, with_prices: bool) -> tuple[str, ...]:
    price = (line.unit_price, line.amount) if with_prices else ()
    goods = (line.line, line.customer_item, line.description, line.lot, line.unit, line.quantity)
    return (*goods, line.cartons, line.net_weight, *price, "")


def _head(paper: Paper, data: DeliverySlip, place: str) -> float:
    """Company, title, number, code and the addresses; returns the y of the table."""
    house, side = data.company, 62.0
    reach = joined((_("Phone"), house.phone), (_("Handled by"), data.contact))
    sender = "\n".join(filter(None, (house.address, reach)))
    paper.text(LEFT, TOP + 5.4, side, sender, Style(size=8.5, lines=3), 12.8)
    middle = INSIDE - 2 * side - CODE
    paper.shrunk(
        LEFT + side + 1, TOP + 4.6, middle + 8, house.name, Style(size=15, bold=True, align="center"), least=9
    )
    title = _("Delivery slip")
    spread = "　".join(title) if not title.isascii() else title
    paper.shrunk(
        LEFT + side + 1, TOP + 12.4, middle + 8, spread, Style(size=12, bold=True, align="center"), least=10
    )
    right, wide = LEFT + side + middle + 10, side - 11
    paper.shrunk(
        right, TOP + 8, wide, f"{_('No.')} {data.number}", Style(size=11, bold=True, align="right"), least=9
    )
    paper.text(
        right, TOP + 13.6, wide, f"{labelled(_('Date'), data.date)}　{place}", Style(size=10, align="right")
    )
    paper.qr(LEFT + INSIDE - CODE + 1.5, TOP - 1.5, CODE + 1, data.qr)
    copies = _("1 office · 2 customer · 3 signed return")
    paper.column_of_text(LEFT + INSIDE + 3.4, 27, 90, copies, Style(size=9))
    return facts_grid(paper, LEFT, TOP + 19, _widths(), _facts(data), PLAIN) + 1


def _facts(data: DeliverySlip) -> list[tuple[str, str]]:
    return [
        (_("Customer"), data.customer),
        (_("Order"), data.order),
        (_("Customer order"), data.customer_order),
        (_("Address"), data.address),
        (_("Receiver"), data.receiver),
        (_("Phone"), data.phone),
        (_("Carrier"), data.carrier),
        (_("Waybill"), data.waybill),
        (_("Vehicle"), data.vehicle),
    ]


def _widths() -> tuple[float, float, float]:
    return INSIDE * 0.44, INSIDE * 0.28, INSIDE * 0.28


def _height_of_head(data: DeliverySlip) -> float:
    """Where the table begins, found by drawing the head on paper that is thrown away."""
    scrap = Paper(WIDTH, HEIGHT, "")
    scrap.page()
    return _head(scrap, data, page_of(1, 1))


def _foot(paper: Paper, data: DeliverySlip, table: Table, y: float) -> None:
    """Totals under their columns, the terms, and the lines to sign."""
    edges, bottom = table.edges, y + table.row_height
    bold = Style(size=table.size, bold=True, align="right")
    total = labelled(_("Total"), data.total)
    paper.shrunk(LEFT + 1.3, y + 0.9, edges[6] - 2.6, total, Style(size=table.size, bold=True), least=7.5)
    totals = [(6, data.total_cartons), (7, data.total_weight)]
    if data.with_prices:
        totals.append((9, data.total_amount))
    for i, text in totals:
        paper.shrunk(LEFT + edges[i] + 0.8, y + 0.9, edges[i + 1] - edges[i] - 1.6, text, bold, least=7.5)
    for edge in (edges[0], *edges[6:]):
        paper.line(LEFT + edge, y, LEFT + edge, bottom, RULE)
    paper.line(LEFT, bottom, LEFT + INSIDE, bottom, RULE)
    notes(paper, LEFT, bottom + 1.2, INSIDE, data.terms, SMALL)
    signed = (
        (_("Prepared by"), data.prepared_by),
        (_("Shipped by"), data.shipped_by),
        (_("Driver"), ""),
        (_("Received and stamped by customer, date"), ""),
    )
    signatures(paper, LEFT, BOTTOM, (42, 42, 40, 83), signed)
