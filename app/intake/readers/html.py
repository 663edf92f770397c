"""HTML tables as grids: what many Chinese systems export under the name .xls, and pages saved from mail."""

import email
import email.policy
import re
from html.parser import HTMLParser

from app.intake.readers import limits
from app.intake.readers.reading import Grid, Raw, Span
from app.intake.readers.text import decoded
from app.intake.readers.unreadable import Unreadable

_TAG_LENGTH = 4000
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([a-z0-9-]{3,20})", re.IGNORECASE)


def grids(data: bytes) -> tuple[Grid, ...]:
    """The page as one grid: its tables one under the other, the words around them as rows of one cell."""
    parser = _Tables()
    parser.feed(_harmless(_page(data)))
    parser.close()
    parser.finish()
    values: list[tuple[Raw, ...]] = []
    merged: list[Span] = []
    for grid in parser.grids:
        if len(values) + grid.height >= limits.ROWS:
            raise Unreadable("TOO_MANY_ROWS", limit=limits.ROWS)
        if values:
            values.append(())
        at = len(values)
        merged.extend(Span(s.top + at, s.left, s.bottom + at, s.right) for s in grid.merged)
        values.extend(grid.values)
    return (Grid("HTML", tuple(values), tuple(merged[: limits.MERGED])),) if values else ()


def _page(data: bytes) -> str:
    """The page's text; an Excel 'single file web page' is mail inside."""
    if data[:64].lower().lstrip().startswith(b"mime-version"):
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [p.get_payload(decode=True) for p in message.walk() if p.get_content_type() == "text/html"]
        data = b"\n".join(part for part in parts if isinstance(part, bytes))
    named = _CHARSET.search(data[:4096])
    if named and named[1].lower() in (b"gb2312", b"gbk", b"gb18030"):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return decoded(data)


def _harmless(page: str) -> str:
    """Without comments, scripts and styles, and with every stray `<` made text: the parser stays linear."""
    for opening, closing in (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<![", ">")):
        page = _without(page, opening, closing)
    pieces, at = [], 0
    while (start := page.find("<", at)) >= 0:
        pieces.append(page[at:start])
        end = page.find(">", start, start + _TAG_LENGTH)
        tag = page[start : end + 1] if end >= 0 else ""
        if end >= 0 and len(tag) > 2 and (tag[1].isalpha() or tag[1] == "/") and "<" not in tag[1:]:
            pieces.append(tag)
            at = end + 1
        else:
            pieces.append("&lt;")
            at = start + 1
    return "".join([*pieces, page[at:]])


def _without(page: str, opening: str, closing: str) -> str:
    lower, kept, at = page.lower(), [], 0
    if len(lower) != len(page):  # some letters change length in lower case
        lower = page
    while (start := lower.find(opening, at)) >= 0:
        kept.append(page[at:start])
        end = lower.find(closing, start + len(opening))
        if end < 0:
            return "".join(kept)
        at = end + len(closing)
    return "".join([*kept, page[at:]])


class _Tables(HTMLParser):
    """Gathers tables; an inner table belongs to the cell it stands in unless it is the only one with rows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self.outer: list[_Table] = []
        self.table: _Table | None = None
        self.loose: list[str] = []
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            if len(self.outer) > 20:
                raise Unreadable("DAMAGED")
            if self.table is not None:
                self.outer.append(self.table)
            self.table = _Table(self._taken_words())
        elif tag == "tr" and self.table is not None:
            self.table.open_row()
        elif tag in ("td", "th") and self.table is not None:
            self.cells += 1
            if self.cells > limits.CELLS:
                raise Unreadable("TOO_MANY_ROWS", limit=limits.ROWS)
            given = dict(attrs)
            self.table.open_cell(_count(given.get("colspan")), _count(given.get("rowspan")))
        elif tag in ("br", "p", "div", "li", "h1", "h2", "h3"):
            self._say("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.table is not None:
            self.table.close_cell()
        elif tag == "table":
            self._close_table()
        elif tag in ("p", "div", "li", "h1", "h2", "h3", "title"):
            self._say("\n")

    def handle_data(self, data: str) -> None:
        self._say(data)

    def finish(self) -> None:
        while self.table is not None:
            self._close_table()
        words = self._taken_words()
        if words and self.grids:
            last = self.grids[-1]
            self.grids[-1] = Grid(last.name, (*last.values, *((word,) for word in words)), last.merged)

    def _say(self, words: str) -> None:
        if self.table is not None and self.table.text is not None:
            self.table.text.append(words)
        elif self.table is None:
            self.loose.append(words)

    def _taken_words(self) -> list[str]:
        if self.table is not None:
            return []
        words = [line.strip() for line in "".join(self.loose).split("\n")]
        self.loose = []
        return [word for word in words if word][:100]

    def _close_table(self) -> None:
        if self.table is None:
            return
        self.table.close_cell()
        if len(self.table.rows) > len(self.table.above) and len(self.grids) < limits.SHEETS:
            self.grids.append(self.table.grid(f"Table{len(self.grids) + 1}"))
        self.table = self.outer.pop() if self.outer else None


class _Table:
    """One table as it is filled; cells that span rows keep their columns free below."""

    def __init__(self, above: list[str]) -> None:
        self.above = above
        self.rows: list[dict[int, str]] = [{0: words} for words in above]
        self.taken: dict[int, int] = {}  # column → the last row it is taken in by a cell above
        self.merged: list[Span] = []
        self.text: list[str] | None = None
        self.spans = (1, 1)
        self.column = 0

    def open_row(self) -> None:
        self.close_cell()
        if len(self.rows) >= limits.ROWS:
            raise Unreadable("TOO_MANY_ROWS", limit=limits.ROWS)
        self.rows.append({})
        self.column = 0

    def open_cell(self, across: int, down: int) -> None:
        self.close_cell()
        if len(self.rows) == len(self.above):
            self.open_row()
        while self.taken.get(self.column, -1) >= len(self.rows) - 1:
            self.column += 1
        self.text, self.spans = [], (across, down)

    def close_cell(self) -> None:
        if self.text is None:
            return
        if self.column >= limits.COLUMNS:
            raise Unreadable("TOO_MANY_COLUMNS", limit=limits.COLUMNS)
        words = "\n".join(" ".join(line.split()) for line in "".join(self.text).split("\n")).strip()
        across, down = self.spans
        row, last = len(self.rows) - 1, min(self.column + across, limits.COLUMNS) - 1
        self.rows[-1][self.column] = words
        if (across > 1 or down > 1) and len(self.merged) < limits.MERGED:
            self.merged.append(Span(row, self.column, min(row + down, limits.ROWS) - 1, last))
        if down > 1:
            self.taken.update(dict.fromkeys(range(self.column, last + 1), row + down - 1))
        self.column, self.text = last + 1, None

    def grid(self, name: str) -> Grid:
        def row(cells: dict[int, str]) -> tuple[Raw, ...]:
            return tuple(cells.get(column) or None for column in range(max(cells, default=-1) + 1))

        return Grid(name, tuple(row(cells) for cells in self.rows), tuple(self.merged))


def _count(given: str | None) -> int:
    digits = (given or "").strip()
    return (
        max(1, min(int(digits), limits.ROWS))
        if digits.isascii() and digits.isdigit() and 0 < len(digits) < 6
        else 1
    )
