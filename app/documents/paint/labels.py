"""Labels for thermal printers, all on the same roll of 100 × 70 mm: containers and lots, bins."""

from app.core.words import _, speaking
from app.documents.paint.blocks import captioned
from app.documents.paint.paper import Paper
from app.documents.paint.text import Style
from app.documents.sheets import BinLabel, Label

WIDTH, HEIGHT, EDGE = 100.0, 70.0, 3.0
SMALL = Style(size=7.5)
RULE = 0.25
"""Two dots of a 203 dpi head: a thinner line breaks up."""


def label(*labels: Label, language: str = "zh_CN") -> bytes:
    """One PDF, a page for each label."""
    with speaking(language):
        paper = Paper(WIDTH, HEIGHT, f"{labels[0].title} {labels[0].item}", labels[0].company)
        for data in labels:
            paper.page()
            _label(paper, data)
        return paper.finish()


def bin_label(*labels: BinLabel, language: str = "zh_CN") -> bytes:
    """One PDF, a page for each bin."""
    with speaking(language):
        paper = Paper(WIDTH, HEIGHT, f"{_('Bin')} {labels[0].bin}", labels[0].warehouse)
        for data in labels:
            paper.page()
            _bin(paper, data)
        return paper.finish()


def _label(paper: Paper, data: Label) -> None:
    inside, code = WIDTH - 2 * EDGE, 31.0
    paper.shrunk(EDGE, 2.2, 50, data.company, Style(size=9), least=7)
    title = f"{data.title}　{data.sequence}" if data.sequence else data.title
    paper.shrunk(EDGE + 51, 1.6, inside - 51, title, Style(size=11, bold=True, align="right"), least=7)
    paper.line(EDGE, 7.6, WIDTH - EDGE, 7.6, 0.4)
    left = inside - code - 1
    paper.qr(WIDTH - EDGE - code + 1.5, 7.9, code, data.qr)
    paper.shrunk(WIDTH - EDGE - code + 1, 37.6, code, data.code, Style(size=8, align="center"), least=6)
    paper.shrunk(EDGE, 8.6, left, data.item, Style(size=9), least=7)
    used = paper.text(EDGE, 12.9, left, data.description, Style(size=12.5, bold=True, lines=2))
    y = 12.9 + max(used, 11.3) + 0.6
    paper.shrunk(EDGE, y, left, data.quantity, Style(size=21, bold=True), least=10)
    echo = "　".join(filter(None, (data.quantity_echo, data.weight)))
    paper.shrunk(EDGE, y + 10.2, left, echo, Style(size=9.5), least=7)
    paper.line(EDGE, 41.6, WIDTH - EDGE, 41.6, RULE)
    y = _facts(paper, data, 41.6)
    if not paper.barcode(EDGE, y + 1, inside, 5.8, data.barcode):
        return
    paper.shrunk(EDGE, y + 6.7, inside, data.barcode, Style(size=7, align="center"), least=6)


def _facts(paper: Paper, data: Label, y: float) -> float:
    """A row or two of captioned facts, only those there are; returns the y of the line below."""
    facts = [
        (_("Lot"), data.lot),
        (_("Heat"), data.heat),
        (_("Customer part no."), data.customer_item),
        (_("Customer"), data.customer),
        (_("Order"), data.order),
        (_words(_("Date"), _("Inspector") if data.inspector else ""), f"{data.date} {data.inspector}"),
    ]
    facts = [fact for fact in facts if fact[1].strip()]
    inside = WIDTH - 2 * EDGE
    rows = [facts] if len(facts) <= 3 else [facts[:3], facts[3:]]
    for row in rows:
        wide = inside / max(len(row), 2)
        for i, fact in enumerate(row):
            left = EDGE + i * wide + (1.2 if i else 0)
            captioned(paper, left, y + 0.6, wide - 2.4, fact, Style(size=9, bold=True), SMALL)
            if i:
                paper.line(EDGE + i * wide, y, EDGE + i * wide, y + 8.6, RULE)
        y += 8.6
        paper.line(EDGE, y, WIDTH - EDGE, y, RULE)
    return y


def _words(*words: str) -> str:
    return " · ".join(filter(None, words))


def _bin(paper: Paper, data: BinLabel) -> None:
    code, inside = 45.0, WIDTH - 2 * EDGE
    paper.shrunk(EDGE, 2.4, inside, data.bin, Style(size=56, bold=True, align="center"), least=14)
    paper.line(EDGE, 26, WIDTH - EDGE, 26, 0.4)
    paper.qr(WIDTH - EDGE - code + 4, 24.6, code, data.qr)
    left = inside - code
    paper.text(EDGE, 28.4, left, data.warehouse, Style(size=15, bold=True, lines=2))
    paper.text(EDGE, 42, left, data.note, Style(size=11, lines=3))
    paper.shrunk(EDGE, 61.6, left, data.code, Style(size=11), least=7)
