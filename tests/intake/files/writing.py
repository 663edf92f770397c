"""How the test files are written: rows as .xlsx, .xls and CSV, with the right answer beside them."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
import xlwt

Fields = dict[str, Any]

HENGLI = "宁波恒立工程机械有限公司"
OURS = "永固五金制造有限公司"


@dataclass(frozen=True)
class Answer:
    header: Fields
    lines: list[Fields]


@dataclass(frozen=True)
class OrderFile:
    name: str
    data: bytes
    answers: list[Answer]


HENGLI = "宁波恒立工程机械有限公司"
OURS = "永固五金制造有限公司"


def rows_to_xlsx(*sheets: tuple[str, list[list[Any]]], merge: list[str] = ()) -> bytes:
    """Plain rows as a workbook; dates are real dates, `merge` are ranges of the first sheet (kept values)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        page = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(r, c, datetime.combine(value, datetime.min.time()), day)
                elif isinstance(value, str) and value.startswith("=F:"):
                    page.write_formula(r, c, "=" + value[3:].partition("|")[0], None, value.partition("|")[2])
                elif isinstance(value, str):
                    page.write_string(r, c, value)
                elif value is not None:
                    page.write(r, c, value)
    first = book.worksheets()[0]
    for place in merge:
        top = sheets[0][1]
        r, c = xlsxwriter.utility.xl_cell_to_rowcol(place.split(":")[0])
        value = top[r][c] if c < len(top[r]) else None
        first.merge_range(place, "" if value is None else value)
    book.close()
    return out.getvalue()


def rows_to_xls(name: str, rows: list[list[Any]], merge: list[tuple[int, int, int, int]] = ()) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(name)
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for top, bottom, left, right in merge:
        page.write_merge(top, bottom, left, right, rows[top][left])
    taken = {(r, c) for t, b, le, ri in merge for r in range(t, b + 1) for c in range(le, ri + 1)}
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is None or (r, c) in taken:
                continue
            page.write(r, c, value, day) if isinstance(value, date) else page.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_to_csv(rows: list[list[Any]], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["" if v is None else v for v in row] for row in rows])
    return out.getvalue().encode(encoding)
