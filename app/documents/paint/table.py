"""A ruled table that measures its rows, so that a caller can lay out pages before it draws them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from reportlab.lib.units import mm

from app.documents.fonts import drawable
from app.documents.paint.paper import HAIRLINE, Paper
from app.documents.paint.text import LONGEST, Style, fit


@dataclass(frozen=True)
class Column:
    """One column: its title, width in mm (0 shares what is left), alignment, and the most lines of a cell."""

    title: str
    width: float = 0
    align: str = "left"
    lines: int = 2
    bold: bool = False


Row = Sequence[str]


@dataclass(frozen=True)
class Table:
    """Columns over `width` mm. `ruled` draws all lines black, for needle printers and forms."""

    columns: Sequence[Column]
    width: float
    size: float = 9
    row_height: float = 6.4
    header_height: float = 6.4
    ruled: bool = False
    rule: float = HAIRLINE
    padding: float = 1.3
    edges: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        flexible = [column for column in self.columns if not column.width]
        rest = self.width - sum(column.width for column in self.columns)
        edges = [0.0]
        for column in self.columns:
            edges.append(edges[-1] + (column.width or rest / len(flexible)))
        object.__setattr__(self, "edges", tuple(edges))

    def height(self, row: Row) -> float:
        """The height a row needs, in mm."""
        highest = 0.0
        for i, (column, cell) in enumerate(self._cells(row)):
            style = self._style(column, cell, i)
            lines = fit(cell, style, self._room(i) * mm) if cell else []
            highest = max(highest, len(lines) * style.leading / mm)
        return max(self.row_height, highest + 2 * self.padding * 0.7)

    def draw_header(self, paper: Paper, x: float, y: float) -> float:
        """Draw the titles and return the y below them."""
        bottom = y + self.header_height
        for i, column in enumerate(self.columns):
            self._write(paper, x, y, i, column.title, self._title_style(column, i), self.header_height)
        if self.ruled:
            self._verticals(paper, x, y, bottom)
            paper.line(x, y, x + self.width, y, self.rule)
        paper.line(x, bottom, x + self.width, bottom, self.rule if self.ruled else 0.3)
        return bottom

    def draw(
        self, paper: Paper, x: float, y: float, row: Row, extra: Callable[[float, float], None] | None = None
    ) -> float:
        """Draw a row and return the y below it. `extra` gets (y, height) to draw more into it."""
        height = self.height(row)
        for i, (column, cell) in enumerate(self._cells(row)):
            self._write(paper, x, y, i, cell, self._style(column, cell, i), height)
        if self.ruled:
            self._verticals(paper, x, y, y + height)
        paper.line(x, y + height, x + self.width, y + height, self.rule, 0 if self.ruled else 0.6)
        if extra:
            extra(y, height)
        return y + height

    def _cells(self, row: Row) -> list[tuple[Column, str]]:
        return list(zip(self.columns, row, strict=True))

    def _style(self, column: Column, cell: str, i: int) -> Style:
        """How a cell is written. A number shrinks rather than breaks: half an amount is another amount."""
        style = Style(size=self.size, align=column.align, lines=column.lines, bold=column.bold)
        if column.align != "right":
            return style
        widest = max(style.width(drawable(line)) for line in cell[:LONGEST].split("\n"))
        room = self._room(i) * mm
        return replace(style, size=max(4.0, style.size * room / widest - 0.05)) if widest > room else style

    def _title_style(self, column: Column, i: int) -> Style:
        """The largest size at which the title stands whole; translations differ much in length."""
        align, grey = ("center", 0.0) if self.ruled else (column.align, 0.35)
        size = self.size if self.ruled else self.size - 1
        while True:
            style = Style(size=size, bold=self.ruled, align=align, grey=grey, lines=2)
            lines = len(fit(column.title, replace(style, lines=9), self._room(i) * mm))
            widest = max(map(style.width, column.title.split()), default=0)
            fits = lines <= 2 and lines * style.leading / mm <= self.header_height
            if size <= 5 or (fits and widest <= self._room(i) * mm):
                return style
            size -= 0.5

    def _room(self, i: int) -> float:
        return self.edges[i + 1] - self.edges[i] - 2 * self.padding

    def _write(
        self, paper: Paper, x: float, y: float, i: int, text: str, style: Style, height: float
    ) -> None:
        if text:
            paper.text(x + self.edges[i] + self.padding, y, self._room(i), text, style, height)

    def _verticals(self, paper: Paper, x: float, top: float, bottom: float) -> None:
        for edge in self.edges:
            paper.line(x + edge, top, x + edge, bottom, self.rule)


def pages(heights: Sequence[float], room: float, last_room: float) -> list[range]:
    """Which rows stand on which page: `room` mm on each, `last_room` on the page with the totals too.

    There is always one page, and the totals never stand alone: the last row goes with them.
    """
    split: list[range] = []
    start, used = 0, 0.0
    for i, height in enumerate(heights):
        if i > start and used + height > room:
            split.append(range(start, i))
            start, used = i, 0.0
        used += height
    if used > last_room and len(heights) - start > 1:
        split.append(range(start, len(heights) - 1))
        start = len(heights) - 1
    return [*split, range(start, len(heights))]
