"""Building blocks that sheets share: titles, labelled facts, notes, signatures, page numbers."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.units import mm

from app.core.words import _
from app.documents.paint.paper import HAIRLINE, Paper
from app.documents.paint.text import Style, fit
from app.documents.sheets import Company

CAPTION = Style(size=7.5, grey=0.4)
Fact = tuple[str, str]


def labelled(label: str, value: str) -> str:
    """“Label: value” with the reader's own colon; an empty value leaves room to write."""
    return _("%(label)s: %(value)s", label=label, value=value)


def joined(*facts: Fact) -> str:
    """Labelled facts on one line, without the empty ones; a break comes between facts, not in a number."""
    return "　".join(labelled(label, value).replace(" ", "\u00a0") for label, value in facts if value)


def bank_of(company: Company) -> str:
    """Where to pay, a line each."""
    facts = ((_("Bank"), company.bank), (_("Account"), company.bank_account))
    return "\n".join(labelled(label, value) for label, value in facts if value)


def page_of(page: int, pages: int) -> str:
    return _("Page %(page)s of %(pages)s", page=page, pages=pages)


def captioned(
    paper: Paper, x: float, y: float, width: float, fact: Fact, style: Style, caption: Style = CAPTION
) -> float:
    """A value under its small caption; returns the height used, also for an empty value.

    A value in bold on one line is a figure: it shrinks where it does not fit, the others wrap or are cut.
    """
    used = paper.text(x, y, width, fact[0], caption) + 0.3
    if style.bold and style.lines == 1:
        paper.shrunk(x, y + used, width, fact[1], style, least=5)
        return used + style.leading / mm
    return used + max(style.leading / mm, paper.text(x, y + used, width, fact[1], style))


def captions(
    paper: Paper, x: float, y: float, width: float, facts: Sequence[Fact], columns: int, style: Style
) -> float:
    """A grid of captioned facts between hairlines; returns the y below it."""
    wide = width / columns
    for start in range(0, len(facts), columns):
        row = facts[start : start + columns]
        used = max(
            captioned(paper, x + i * wide + (1.5 if i else 0), y + 1.2, wide - 3, fact, style)
            for i, fact in enumerate(row)
        )
        for i in range(1, columns):
            paper.line(x + i * wide, y + 1, x + i * wide, y + used + 1.6, HAIRLINE, 0.6)
        y += used + 2.6
        paper.line(x, y, x + width, y, HAIRLINE, 0.6)
    return y


def facts_grid(
    paper: Paper, x: float, y: float, widths: Sequence[float], facts: Sequence[Fact], style: Style
) -> float:
    """Facts as “label: value” in columns of the given widths, row by row; returns the y below them."""
    for start in range(0, len(facts), len(widths)):
        left, used = x, style.leading / mm
        for wide, (label, value) in zip(widths, facts[start : start + len(widths)], strict=False):
            text = labelled(label, value) if label else ""
            used = max(used, paper.text(left, y, wide - 3, text, style))
            left += wide
        y += used + 0.35
    return y


def notes(paper: Paper, x: float, y: float, width: float, terms: Sequence[str], style: Style) -> float:
    """Numbered notes, one below the other; returns the y below them."""
    for number, term in enumerate(terms, start=1):
        y += paper.text(x, y, width, f"{number}. {term}", style) + 0.4
    return y


def notes_height(terms: Sequence[str], width: float, style: Style) -> float:
    """The height that `notes` will use, in mm."""
    lines = [len(fit(f"{number}. {term}", style, width * mm)) for number, term in enumerate(terms, start=1)]
    return sum(count * style.leading / mm + 0.4 for count in lines)


def signatures(paper: Paper, x: float, y: float, widths: Sequence[float], facts: Sequence[Fact]) -> None:
    """Lines to sign on, side by side; y is the line."""
    style = Style(size=10)
    for wide, (label, value) in zip(widths, facts, strict=True):
        paper.text(x, y - style.leading / mm - 0.4, wide - 3, labelled(label, value), style)
        paper.line(x, y, x + wide - 3, y, 0.3)
        x += wide


def letterhead(
    paper: Paper, x: float, y: float, width: float, company: Company, title: str, qr: str
) -> float:
    """Our name and address at the left, the title of the sheet at the right by its code; returns the y below.

    A second line of the title, for a second language, stands smaller below the first.
    """
    code = 24.0 if qr else 0.0
    if qr:
        paper.qr(x + width - code + 2, y - 3, code, qr)
    half = (width - code) * 0.62
    paper.shrunk(x, y, half, company.name, Style(size=15, bold=True), least=9)
    at = y + 7.4
    if company.english_name:
        at += paper.text(x, at, half, company.english_name, Style(size=8, grey=0.3)) + 0.3
    reach = joined(
        (_("Phone"), company.phone), (_("Email"), company.email), (_("Tax number"), company.tax_number)
    )
    for text in (company.address, reach):
        if text:
            at += paper.text(x, at, half, text, replace(CAPTION, lines=2))
    right = x + half + 2
    first, _break, second = title.partition("\n")
    room = width - code - half - 2
    paper.shrunk(right, y - 0.8, room, first, Style(size=19, bold=True, align="right"), least=11)
    paper.shrunk(right, y + 8, room, second, Style(size=11, align="right"), least=8)
    below = max(at + 2, y + (code - 4 if qr else 14))
    paper.line(x, below, x + width, below, 0.35)
    return below


def seal(paper: Paper, x: float, y: float, company: Company, size: float = 34) -> None:
    """Our seal over the place where we sign, as it is pressed on paper."""
    if company.seal:
        paper.picture(x, y, size, size, company.seal)
