"""Excel's XML of 2003 (`urn:schemas-microsoft-com:office:spreadsheet`), often named .xls."""

from datetime import datetime
from xml.parsers import expat

from app.intake.readers import limits
from app.intake.readers.reading import Grid, Raw, Span
from app.intake.readers.unreadable import Unreadable

_URN = "urn:schemas-microsoft-com:office:spreadsheet "


def grids(data: bytes) -> tuple[Grid, ...]:
    """One grid for each worksheet."""
    sheets = _Sheets()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_definitions
    parser.StartElementHandler, parser.EndElementHandler = sheets.start, sheets.end
    parser.CharacterDataHandler = sheets.words
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):  # an encoding may be unknown
        raise Unreadable("DAMAGED" if b"</Workbook>" in data[-200:] else "TRUNCATED") from None
    return tuple(sheets.grids)


def _refuse_definitions(*_ignored: object) -> None:
    raise Unreadable("XML_BOMB")


class _Sheets:
    """Fills one sheet after the other as the parser meets them."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.name = ""
        self.rows: dict[int, dict[int, Raw]] = {}
        self.merged: list[Span] = []
        self.row, self.column, self.across, self.count = -1, -1, 0, 0
        self.kind = ""
        self.text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.removeprefix(_URN)
        given = {name.removeprefix(_URN): value for name, value in attributes.items()}
        if tag == "Worksheet":
            self.name, self.rows, self.merged, self.row = given.get("Name", "Sheet")[:60], {}, [], -1
        elif tag == "Row":
            self.row = _index(given, self.row)
            self.column, self.across = -1, 0
            if self.row >= limits.ROWS:
                raise Unreadable("TOO_MANY_ROWS", limit=limits.ROWS)
        elif tag == "Cell":
            self._open_cell(given)
        elif tag == "Data":
            self.kind, self.text = given.get("Type", "String"), []

    def _open_cell(self, given: dict[str, str]) -> None:
        self.column = _index(given, self.column + self.across)
        self.across, down = _count(given.get("MergeAcross")), _count(given.get("MergeDown"))
        self.count += 1
        if self.column >= limits.COLUMNS:
            raise Unreadable("TOO_MANY_COLUMNS", limit=limits.COLUMNS)
        if self.row >= 0 and (self.across or down) and len(self.merged) < limits.MERGED:
            right = min(self.column + self.across, limits.COLUMNS - 1)
            self.merged.append(Span(self.row, self.column, min(self.row + down, limits.ROWS - 1), right))

    def words(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def end(self, tag: str) -> None:
        tag = tag.removeprefix(_URN)
        if tag == "Data" and self.text is not None:
            if self.row >= 0 and self.column >= 0:
                self.rows.setdefault(self.row, {})[self.column] = _value(self.kind, "".join(self.text))
            self.text = None
        elif tag == "Worksheet" and self.rows and len(self.grids) < limits.SHEETS:
            values = []
            for row in range(max(self.rows) + 1):
                cells = self.rows.get(row, {})
                values.append(tuple(cells.get(column) for column in range(max(cells, default=-1) + 1)))
            self.grids.append(Grid(self.name, tuple(values), tuple(self.merged)))


def _index(given: dict[str, str], last: int) -> int:
    stated = _count(given.get("Index"))
    return stated - 1 if stated else last + 1


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _value(kind: str, text: str) -> Raw:
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "DateTime":
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return text
        return moment.date() if moment.time() == datetime.min.time() else moment
    return text or None
