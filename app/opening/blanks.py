"""The empty file of a kind: one sheet to fill, one that explains every column with its examples."""

import io

import xlsxwriter
from xlsxwriter.format import Format

from app.core.words import _
from app.opening.rows import Kind


def blank(kind: Kind) -> bytes:
    """An Excel file with the heads of a kind in the reader's language; needed columns are marked with a star."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False})
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    _to_fill(book, kind, head)
    _explained(book, kind, head, plain)
    book.close()
    return file.getvalue()


def _to_fill(book: xlsxwriter.Workbook, kind: Kind, head: Format) -> None:
    sheet, as_text = book.add_worksheet(_(kind.label)[:31]), book.add_format({"num_format": "@"})
    for x, column in enumerate(kind.columns):
        sheet.write_string(0, x, _(column.label) + (" *" if column.required else ""), head)
        wide = max(12, *(len(e) + 2 for e in column.examples))
        codes = column.name in (
            "number",
            "item",
            "customer",
            "supplier",
            "lot",
            "heat",
            "bin",
            "customer_item",
        )
        sheet.set_column(x, x, min(wide, 34), as_text if codes else None)
    sheet.freeze_panes(1, 0)


def _explained(book: xlsxwriter.Workbook, kind: Kind, head: Format, plain: Format) -> None:
    sheet = book.add_worksheet(_("Explanations"))
    heads = (
        _("Column"),
        _("Needed"),
        _("What it wants"),
        _("Example 1"),
        _("Example 2"),
        _("Also recognised"),
    )
    for x, (text, wide) in enumerate(zip(heads, (22, 8, 44, 26, 26, 60), strict=True)):
        sheet.write_string(0, x, text, head)
        sheet.set_column(x, x, wide)
    for y, column in enumerate(kind.columns, 1):
        also = "、".join(part.strip() for part in column.also.replace("，", ",").split(","))
        needed = _("yes") if column.required else ""
        for x, text in enumerate((_(column.label), needed, _(column.hint), *column.examples, also)):
            sheet.write_string(y, x, text, plain)
    sheet.freeze_panes(1, 0)
