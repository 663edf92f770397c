"""Reads a customer's order file: bytes and a name in, the orders found in it out.

    source (workbook, text, html, pdf) → grids → tables + header block → typed lines → checks

Pure: no clock, no database. `read` raises nothing but Unreadable, whatever the bytes are.
"""

from collections.abc import Callable
from datetime import date

from app.intake.readers import html, pdf, text, workbook, xml2003
from app.intake.readers.orders import orders_in
from app.intake.readers.reading import (
    DOUBTFUL_BELOW,
    Found,
    Grid,
    Problem,
    ReadColumn,
    Reading,
    ReadLine,
    ReadOrder,
    Span,
    Value,
)
from app.intake.readers.sniff import kind_of
from app.intake.readers.unreadable import REASONS, Unreadable
from app.intake.readers.vocabulary import NONE, Vocabulary

SOURCES: dict[str, Callable[[bytes], tuple[Grid, ...]]] = {
    "xlsx": workbook.xlsx,
    "xls": workbook.xls,
    "html": html.grids,
    "xml": xml2003.grids,
    "text": text.grids,
    "pdf": pdf.grids,
}


def read(name: str, data: bytes, words: Vocabulary = NONE, received: date | None = None) -> Reading:
    """The orders in a file, as `words` of its customer mean. The ending of `name` is not believed. Raises Unreadable.

    `received` tells the year of days without one, where the file itself has no date."""
    kind = kind_of(data)
    sheets = SOURCES[kind](data)
    return Reading(name, kind, sheets, orders_in(name, sheets, words, received))


__all__ = [
    "DOUBTFUL_BELOW", "REASONS", "SOURCES", "Found", "Grid", "Problem", "ReadColumn", "ReadLine", "ReadOrder", "Reading",
    "Span", "Unreadable", "Value", "Vocabulary", "read",
]  # fmt: skip
