"""Excel files as grids: .xlsx by calamine, .xls by xlrd. Formulas are data; nothing is ever calculated."""

import io
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

import xlrd
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
from xlrd.biffh import XLRDError

from app.intake.readers import limits, package
from app.intake.readers.reading import Grid, Raw, Span
from app.intake.readers.unreadable import KINDS, Unreadable

T = TypeVar("T")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def guarded(open_it: Callable[[], T]) -> T:
    """Whatever a library says about a broken file, a panic of its Rust core included, is DAMAGED."""
    try:
        return open_it()
    except (Unreadable, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        raise Unreadable("DAMAGED") from None


def xlsx(data: bytes) -> tuple[Grid, ...]:
    """The visible sheets of an .xlsx."""
    without_result = package.check(data)
    return guarded(lambda: _xlsx(data, without_result))


def _xlsx(data: bytes, without_result: dict[str, frozenset[tuple[int, int]]]) -> tuple[Grid, ...]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    known = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet for sheet in known if sheet.visible == SheetVisibleEnum.Visible] or known
    parts = package.sheet_parts(data)
    grids = []
    for sheet in visible[: limits.SHEETS]:
        read = book.get_sheet_by_name(sheet.name)
        values = tuple(tuple(_stored(cell) for cell in row) for row in read.to_python(skip_empty_area=False))
        merged = tuple(
            Span(top, left, bottom, right)
            for (top, left), (bottom, right) in (read.merged_cell_ranges or [])[: limits.MERGED]
        )
        missing = without_result.get(parts.get(sheet.name, ""), frozenset())
        grids.append(Grid(sheet.name, values, merged, missing))
    return tuple(grids)


def _stored(value: Any) -> Raw:
    if value == "" or isinstance(value, time | timedelta):
        return str(value) or None
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date()
    return value if isinstance(value, str | int | float | date) else str(value)


def xls(data: bytes) -> tuple[Grid, ...]:
    """The visible sheets of an .xls; an encrypted .xlsx comes in the same container and is refused."""
    head = data[: 4 * limits.MEGABYTE]
    if _ENCRYPTED_STREAM in data:
        raise Unreadable("ENCRYPTED")
    if _WORD_STREAM in head:
        raise Unreadable("NOT_A_SPREADSHEET", kind=KINDS["document"])
    try:
        book = _open_xls(data)
    except XLRDError as error:
        raise _refusal(str(error)) from None
    except Exception:  # xlrd meets broken files with whatever error is nearest
        raise Unreadable("DAMAGED") from None
    return guarded(lambda: tuple(_xls_sheet(book, sheet) for sheet in _visible(book)))


def _open_xls(data: bytes) -> xlrd.Book:
    silent = io.StringIO()
    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=silent)
    except XLRDError:
        raise
    except Exception:  # odd styles are no reason not to read the numbers
        return xlrd.open_workbook(file_contents=data, ragged_rows=True, logfile=silent)


def _refusal(said: str) -> Unreadable:
    if re.search("encrypted|password", said, re.IGNORECASE):
        return Unreadable("ENCRYPTED")
    if "Can't find workbook" in said:
        return Unreadable("NOT_A_SPREADSHEET", kind=KINDS["binary"])
    return Unreadable("TRUNCATED" if "truncated" in said or "beyond" in said else "DAMAGED")


def _visible(book: xlrd.Book) -> Sequence[Any]:
    sheets = book.sheets()[: limits.SHEETS]
    return [sheet for sheet in sheets if sheet.visibility == 0] or sheets


def _xls_sheet(book: xlrd.Book, sheet: Any) -> Grid:
    if sheet.nrows > limits.ROWS:
        raise Unreadable("TOO_MANY_ROWS", limit=limits.ROWS)
    values = tuple(
        tuple(_xls_value(book, cell) for cell in sheet.row(row)[: limits.COLUMNS])
        for row in range(sheet.nrows)
    )
    merged = tuple(
        Span(top, left, bottom - 1, right - 1)
        for top, bottom, left, right in sheet.merged_cells[: limits.MERGED]
        if bottom > top and right > left
    )
    return Grid(sheet.name, values, merged)


def _xls_value(book: xlrd.Book, cell: Any) -> Raw:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return _stored(xlrd.xldate_as_datetime(cell.value, book.datemode))
        except (ValueError, OverflowError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER):
        return cell.value if cell.value != "" else None
    return None
