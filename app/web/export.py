"""Any list as an Excel file: what the filter shows, in the columns that the page shows, with real numbers and dates."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from litestar import Request, Response, get

from app.core import clock
from app.core.money import CURRENCIES, MICRO
from app.core.quantities import MILLI
from app.core.words import N_, _
from app.people.actors import Actor, Permission
from app.web import saved_views
from app.web.lists import MOST, Column, ListPage

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = 100_000


def plain_value(value: Any, kind: str, row: dict[str, Any]) -> Any:
    """A cell as a number, date or text."""
    if isinstance(value, tuple):
        return str(value[0])
    if value is None:
        return ""
    if kind in ("figure", "unit"):  # of a quantity in words: 1,200 千支
        figure, _space, unit = str(value).partition(" ")
        return (
            (_number(figure) if kind == "figure" else unit) if unit else (value if kind == "figure" else "")
        )
    if kind == "quantity":
        return Decimal(value) / MILLI
    if kind == "price":
        return Decimal(value) / MICRO
    if kind in ("money", "amount"):
        return Decimal(value).scaleb(-CURRENCIES[row.get("currency") or "CNY"])
    if kind == "cny":
        return Decimal(value).scaleb(-CURRENCIES["CNY"])
    if isinstance(value, datetime):
        return clock.local(value).replace(tzinfo=None)
    return value


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text.replace(",", ""))
    except ArithmeticError:
        return text


def workbook(title: str, columns: list[Column], heads: list[str], rows: list[dict[str, Any]]) -> bytes:
    """The file. Text is written as text: what a customer typed never becomes a formula."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(title[:31].translate({ord(c): " " for c in "[]:*?/\\"}) or "1")
    bold, day, moment = (
        book.add_format(f)
        for f in ({"bold": True}, {"num_format": "yyyy-mm-dd"}, {"num_format": "yyyy-mm-dd hh:mm"})
    )
    for x, head in enumerate(heads):
        sheet.write_string(0, x, head, bold)
    sheet.freeze_panes(1, 0)
    for y, row in enumerate(rows, 1):
        for x, column in enumerate(columns):
            value = plain_value(row.get(column.key), column.kind, row)
            if isinstance(value, bool):
                sheet.write_boolean(y, x, value)
            elif isinstance(value, int | float | Decimal):
                sheet.write_number(y, x, float(value))
            elif isinstance(value, datetime):
                sheet.write_datetime(y, x, value, moment)
            elif isinstance(value, date):
                sheet.write_datetime(y, x, datetime(value.year, value.month, value.day), day)
            else:
                sheet.write_string(y, x, str(value)[:32_000])
    book.close()
    return file.getvalue()


async def export(request: Request, by: Actor, page: ListPage) -> Response[bytes]:
    """What the list shows now, as a file."""
    page = (await page.whole()).seen_by(by)
    most = MOST if "everything" in request.query_params else ROWS
    rows = await page.listing.all(page.conditions(request, by), request.query_params.get("sort"), most)
    if page.dress is not None:
        await page.dress(rows)
    _saved, usual = await saved_views.kept(page.name, by)
    shown = page.shown(request, usual)
    columns = [column for each in shown if each.export for column in _parts(each)]
    heads = [_(c.label) for c in columns]
    data = await asyncio.to_thread(workbook, _(page.title), columns, heads, rows)
    name = f"{page.name}-{clock.today():%Y%m%d}.xlsx"
    return Response(
        data, media_type=MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def export_route(page: ListPage | Callable[[Actor], ListPage], see: Permission, path: str = "") -> Any:
    """The address under which a list is exported, for who may see it; `path` when the list depends on the reader."""
    base = path or (page.path if isinstance(page, ListPage) else "")

    @get(f"{base}/export.xlsx", name=f"export:{base}")
    async def exported(request: Request, by: Actor) -> Response:
        by.must(see)
        return await export(request, by, page if isinstance(page, ListPage) else page(by))

    return exported


def _parts(column: Column) -> list[Column]:
    """What stands in one cell of the page is several cells of the file: the value, its unit, the second line."""
    parts = [column]
    if column.kind == "measure":
        parts = [replace(column, kind="figure"), Column(column.key, N_("Unit"), "unit")]
    if column.unit:
        parts.append(Column(column.unit, N_("Currency") if column.kind == "amount" else N_("Unit")))
    if column.sub:
        parts.append(Column(column.sub, column.below, "cny" if column.kind == "amount" else "text"))
    return parts
