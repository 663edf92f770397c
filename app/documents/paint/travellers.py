"""流转卡, the traveller: on A4, a row with its own code and room to write for each operation."""

from reportlab.lib.units import mm

from app.core.words import _, speaking
from app.documents.paint.blocks import captioned, captions, page_of
from app.documents.paint.paper import A4, Paper
from app.documents.paint.table import Column, Table
from app.documents.paint.text import Style
from app.documents.sheets import Traveller, TravellerOperation

LEFT, WIDTH, TOP, BOTTOM = 14.0, 182.0, 12.0, 284.0
ROW, TALLEST_ROW = 14.8, 18.0
CODE = 28.0
HEADER = 7.0


def traveller(*travellers: Traveller, language: str = "zh_CN") -> bytes:
    """One PDF with the travellers one after the other, each beginning on a sheet of its own."""
    with speaking(language):
        title = f"{_('Traveller')} {', '.join(data.number for data in travellers)}"
        paper = Paper(*A4, title[:200], travellers[0].company.name)
        for data in travellers:
            _paint(paper, data)
        return paper.finish()


def _paint(paper: Paper, data: Traveller) -> None:
    paper.page()
    top = _head(paper, data) + 3
    room = BOTTOM - top - HEADER
    first = max(1, int(room / ROW))
    later = first_rows_then(len(data.operations), first, int((BOTTOM - TOP - 21 - HEADER) / ROW))
    table = _table(min(TALLEST_ROW, max(ROW, room / max(1, len(data.operations)))))
    for number, on_page in enumerate(later, start=1):
        if number > 1:
            paper.page()
            top = _short_head(paper, data) + 3
        y = table.draw_header(paper, LEFT, top)
        for operation in data.operations[on_page.start : on_page.stop]:
            y = _operation(paper, table, y, operation)
        _foot(paper, data, page_of(number, len(later)))


def first_rows_then(count: int, first: int, each: int) -> list[range]:
    """Rows by page: `first` on the first sheet, below the full head, `each` on the later ones."""
    later = [range(start, min(start + each, count)) for start in range(first, count, each)]
    return [range(min(first, count)), *later]


def _table(row: float) -> Table:
    columns = (
        Column(_("Seq."), 10, "center"),
        Column(_("Operation"), 44),
        Column(_("Scan"), 18),
        Column(_("Machine and start"), 30),
        Column(_("Good"), 19),
        Column(_("Scrap"), 15),
        Column(_("Operator"), 17),
        Column(_("Time"), 15),
        Column(_("Inspector"), 14),
    )
    return Table(columns, WIDTH, size=8.5, row_height=row, header_height=HEADER, ruled=True, rule=0.15)


def _operation(paper: Paper, table: Table, y: float, operation: TravellerOperation) -> float:
    def fill(top: float, height: float) -> None:
        left, room = LEFT + table.edges[1] + 1.3, 44 - 2.6
        name = Style(size=11, bold=True, lines=1 if operation.note else 2)
        used = paper.text(left, top + 1.4, room, operation.name, name)
        paper.text(left, top + 1.7 + used, room, operation.note, Style(size=7.5, grey=0.25, lines=2))
        code = min(height, 16.6)
        paper.qr(LEFT + table.edges[2] + (18 - code) / 2, top + (height - code) / 2, code, operation.qr)
        left, room = LEFT + table.edges[3] + 1.3, 30 - 2.6
        used = paper.text(left, top + 1.8, room, operation.machine, Style(size=9, lines=2))
        paper.text(left, top + 2 + used, room, operation.start, Style(size=9, lines=1))

    return table.draw(paper, LEFT, y, (operation.sequence, *[""] * 8), extra=fill)


def _head(paper: Paper, data: Traveller) -> float:
    room = WIDTH - CODE
    paper.qr(LEFT + WIDTH - CODE + 2.5, TOP - 2.5, CODE, data.qr)
    paper.text(LEFT, TOP, 110, data.company.name, Style(size=9, grey=0.3))
    title = Style(size=22, bold=True)
    paper.text(LEFT, TOP + 5, 62, _("Traveller"), title)
    if data.rush:
        left = LEFT + title.width(_("Traveller")) / mm + 4
        paper.frame(left, TOP + 6.2, 15, 8.4, 0.5)
        paper.shrunk(left + 0.5, TOP + 6.9, 14, _("Rush"), Style(size=15, bold=True, align="center"), least=7)
    paper.text(LEFT + 62, TOP + 3.6, room - 64, _("Work order"), Style(size=7.5, grey=0.4, align="right"))
    paper.shrunk(
        LEFT + 56, TOP + 7.2, room - 58, data.number, Style(size=19, bold=True, align="right"), least=10
    )
    y = TOP + 19
    paper.line(LEFT, y, LEFT + room - 2, y, 0.35)
    y = _product(paper, data, y + 2)
    y = max(y, TOP + CODE)
    paper.line(LEFT, y, LEFT + WIDTH, y, 0.1, 0.6)
    facts = (
        (_("Customer"), data.customer),
        (_("Sales order"), data.sales_order),
        (_("Drawing"), " ".join(filter(None, (data.drawing, data.drawing_revision)))),
        (_("Material"), data.material),
        (_("Heat"), data.heat),
        (_("Lot"), data.lot),
    )
    y = captions(paper, LEFT, y, WIDTH, facts, 3, Style(size=9.5))
    if data.note:
        y += 1.2 + captioned(
            paper, LEFT, y + 1.2, WIDTH, (_("Note"), data.note), Style(size=9.5, bold=True, lines=2)
        )
    return y


def _product(paper: Paper, data: Traveller, y: float) -> float:
    """What is made, how many and by when: the three things read from two metres."""
    left = WIDTH - CODE - 6
    used = captioned(paper, LEFT, y, left, (_("Item"), data.item), Style(size=9.5))
    used += paper.text(LEFT, y + used, left, data.description, Style(size=13.5, bold=True, lines=2))
    y += used + 1.6
    paper.line(LEFT, y, LEFT + WIDTH, y, 0.1, 0.6)
    y += 1.4
    paper.text(LEFT, y, 60, _("Quantity"), Style(size=7.5, grey=0.4))
    paper.shrunk(LEFT, y + 3.4, 66, data.quantity, Style(size=18, bold=True), least=10)
    paper.text(LEFT + 68, y, 58, data.quantity_echo, Style(size=9.5, lines=2), 11.6)
    paper.text(LEFT + 130, y, 52, _("Due date"), Style(size=7.5, grey=0.4))
    paper.shrunk(LEFT + 130, y + 3.4, 52, data.due, Style(size=18, bold=True), least=10)
    return y + 12.6


def _short_head(paper: Paper, data: Traveller) -> float:
    paper.qr(LEFT + WIDTH - 20 + 2, TOP - 3, 22, data.qr)
    paper.text(LEFT, TOP, 70, _("Traveller"), Style(size=14, bold=True))
    paper.shrunk(LEFT + 70, TOP, WIDTH - 92, data.number, Style(size=14, bold=True, align="right"), least=8)
    paper.text(
        LEFT,
        TOP + 8,
        WIDTH - 24,
        f"{data.item}　{data.description}　{data.quantity}",
        Style(size=9.5, lines=2),
    )
    return TOP + 18


def _foot(paper: Paper, data: Traveller, place: str) -> None:
    paper.text(LEFT, BOTTOM + 2, 120, data.printed, Style(size=7.5, grey=0.4))
    paper.text(LEFT + 120, BOTTOM + 2, 62, place, Style(size=8.5, align="right"))
