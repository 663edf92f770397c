"""A person's card: the code is read by the tablet, the name by everybody else."""

from app.core.words import _, speaking
from app.documents.paint.paper import Paper
from app.documents.paint.text import Style
from app.documents.sheets import Badge

WIDTH, HEIGHT, EDGE = 85.6, 54.0, 5.0


def badge(*badges: Badge, language: str = "zh_CN") -> bytes:
    """One PDF, a page of 85.6 × 54 mm for each card."""
    with speaking(language):
        paper = Paper(WIDTH, HEIGHT, f"{_('Badge')} {badges[0].number}", badges[0].company)
        for data in badges:
            paper.page()
            _badge(paper, data)
        return paper.finish()


def _badge(paper: Paper, data: Badge) -> None:
    code = 34.0
    left = WIDTH - 2 * EDGE - code + 1
    paper.shrunk(EDGE, 4.2, WIDTH - 2 * EDGE, data.company, Style(size=10), least=7)
    paper.line(EDGE, 10.6, WIDTH - EDGE, 10.6, 0.3)
    paper.qr(WIDTH - EDGE - code + 3, 12, code, data.qr)
    paper.text(
        WIDTH - EDGE - code + 3, 45.6, code, _("Scan to sign in"), Style(size=7, grey=0.3, align="center")
    )
    paper.shrunk(EDGE, 17, left, data.name, Style(size=25, bold=True), least=9)
    paper.shrunk(EDGE, 29.5, left, data.job, Style(size=11), least=8)
    paper.shrunk(EDGE, 35, left, data.team, Style(size=11), least=8)
    paper.text(EDGE, 45, left, f"{_('Badge no.')} {data.number}", Style(size=10, bold=True))
