"""A file of opening data as rows of cells. Pure: no clock, no database; whatever format it is, by the intake's readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.refusals import Refused
from app.core.text import clean
from app.core.words import _
from app.intake.readers import SOURCES, Unreadable, numbers
from app.intake.readers.reading import shown
from app.intake.readers.sheet import Sheet
from app.intake.readers.sniff import kind_of
from app.intake.readers.synonyms import SUBTOTAL, TOTAL, key
from app.opening.cells import Cells
from app.opening.columns import Column, Place, lacking, place_of
from app.opening.refusals import NO_HEADING, NO_ROWS, TOO_MANY_ROWS, UNREADABLE

MOST_ROWS = 20_000
HEADS_WITHIN = 30
"""The heads stand in one of so many first rows."""


@dataclass(frozen=True)
class _Table:
    sheet: Sheet
    head: int
    places: Mapping[str, Place]


def rows_of(columns: tuple[Column, ...], data: bytes) -> list[Cells]:
    """Every row under every row of heads, sheet by sheet. Refused(…, "file") says what cannot be read, or which heads lack."""
    try:
        grids = SOURCES[kind_of(data)](data)
    except Unreadable as unreadable:
        raise Refused(UNREADABLE, "file", why=unreadable.sentence()) from None
    tables, nearest = [], list(lacking(columns, ()))
    for grid in grids:
        table, missing = _table_in(Sheet(grid), columns)
        if table is not None:
            tables.append(table)
        elif len(missing) < len(nearest):
            nearest = missing
    if not tables:
        raise Refused(NO_HEADING, "file", columns="、".join(_(c.label) for c in nearest))
    rows = [cells for table in tables for cells in _rows(table, columns, len(tables) > 1)]
    if not rows:
        raise Refused(NO_ROWS, "file")
    if len(rows) > MOST_ROWS:
        raise Refused(TOO_MANY_ROWS, "file", limit=MOST_ROWS)
    return rows


def _table_in(sheet: Sheet, columns: tuple[Column, ...]) -> tuple[_Table | None, list[Column]]:
    """The first row that names all columns that are needed; else what the row that came nearest lacks."""
    nearest = lacking(columns, ())
    for row in range(min(sheet.height, HEADS_WITHIN)):
        places = _heads(sheet, row, columns)
        missing = lacking(columns, places)
        if not missing:
            return _Table(sheet, row, places), []
        if len(places) > 1 and len(missing) < len(nearest):
            nearest = missing
    return None, nearest


def _heads(sheet: Sheet, row: int, columns: tuple[Column, ...]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for index in sheet.filled(row):
        place = place_of(sheet.text(row, index), index, columns)
        if place is not None:
            places.setdefault(place.column.name, place)
    return places


def _rows(table: _Table, columns: tuple[Column, ...], several: bool) -> list[Cells]:
    sheet = table.sheet
    body = [row for row in range(table.head + 1, sheet.height) if _is_row(table, row, columns)]
    dot = _meaning_of_dots(sheet, body, table.places)
    name = f"{sheet.grid.name}!" if several else ""
    return [Cells(sheet, row, table.places, dot, name) for row in body]


def _is_row(table: _Table, row: int, columns: tuple[Column, ...]) -> bool:
    """Something stands in a column that is known, and it is neither a total nor the heads once more."""
    sheet = table.sheet
    filled = [c for c in sheet.filled(row) if c in {p.index for p in table.places.values()}]
    if not filled:
        return False
    first = key(shown(sheet.own(row, sheet.filled(row)[0])))
    if TOTAL.match(first) or SUBTOTAL.match(first):
        return False
    return len(filled) < 2 or len(_heads(sheet, row, columns)) != len(table.places)


def _meaning_of_dots(sheet: Sheet, rows: Sequence[int], places: Mapping[str, Place]) -> str:
    """'decimal' or 'thousands' where some text of the table shows beyond doubt what 4.000 means in it."""
    seen = set()
    for row in rows:
        for place in places.values():
            value = sheet.own(row, place.index)
            if isinstance(value, str) and len(value) < 40:
                text = clean(value)
                seen |= {"decimal"} if numbers.DOT_IS_DECIMAL.search(text) else set()
                seen |= {"thousands"} if numbers.DOT_IS_THOUSANDS.search(text) else set()
    return seen.pop() if len(seen) == 1 else ""
