"""The standard table: the file that people download, fill and send back, and the fast grid, which is the same on the screen."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from app.core.words import N_, _, language
from app.sales.states import KINDS

HEADINGS: dict[str, dict[str, str]] = {
    "customer_name": {"zh_CN": "客户", "en": "Customer"},
    "customer_order_number": {"zh_CN": "客户单号", "en": "PO No"},
    "customer_item": {"zh_CN": "客户料号", "en": "Part No"},
    "item_code": {"zh_CN": "我方料号", "en": "Supplier Part No"},
    "name": {"zh_CN": "名称规格", "en": "Description"},
    "quantity": {"zh_CN": "数量", "en": "Quantity"},
    "unit": {"zh_CN": "单位", "en": "Unit"},
    "unit_price": {"zh_CN": "单价", "en": "Unit Price"},
    "price_unit": {"zh_CN": "计价单位", "en": "Price Unit"},
    "due_date": {"zh_CN": "交期", "en": "Due Date"},
    "kind": {"zh_CN": "行类型", "en": "Line Type"},
    "remark": {"zh_CN": "备注", "en": "Remark"},
    "line_no": {"zh_CN": "行号", "en": "Line No"},
}
"""Field → its heading, in words that the reader knows by itself."""
UNITS = ("件", "千件", "万件", "kg", "吨")
FILLED_DOWN = ("customer_name", "customer_order_number", "due_date")
"""What a row takes over from the one above when it is left empty."""
ROWS = 500
WIDE = {"name": 30, "line_no": 8}
OPTIONAL = N_(
    "May be left empty. Rows of an order with the same line number and days of their own are one line in several deliveries."
)
HINT = N_("One row for each line; an order ends where the number changes. 支, 千支, kg: always say the unit.")


NOTHING: Mapping[str, str] = {}


def headings(own: Mapping[str, str] = NOTHING) -> dict[str, str]:
    """The headings in the language spoken, those of custom fields (`own`) at the end."""
    return {field: words.get(language(), words["en"]) for field, words in HEADINGS.items()} | dict(own)


def kinds() -> list[str]:
    """The kinds of lines in the language spoken, as the reader knows them."""
    return [_(word) for word in KINDS.values()]


def _one_of(values: Sequence[str]) -> dict[str, Any]:
    return {"validate": "list", "source": list(values), "ignore_blank": True}


def template(own: Mapping[str, str] = NOTHING) -> bytes:
    """The empty file, with the units and kinds to choose from."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet(_("Orders"))
    bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    words = book.add_format({"num_format": "@"})
    for x, (field, heading) in enumerate(headings(own).items()):
        sheet.write_string(0, x, heading, bold)
        if field == "line_no":
            sheet.write_comment(0, x, _(OPTIONAL))
        text = field not in ("quantity", "unit_price", "due_date")
        sheet.set_column(x, x, WIDE.get(field, 16), day if field == "due_date" else words if text else None)
        if field in ("unit", "price_unit"):
            sheet.data_validation(1, x, ROWS, x, _one_of(UNITS))
        elif field == "kind":
            sheet.data_validation(1, x, ROWS, x, _one_of(kinds()))
    sheet.write_comment(0, 0, _(HINT))
    sheet.freeze_panes(1, 0)
    book.close()
    return file.getvalue()


def rows_as_text(rows: Sequence[Mapping[str, str]], own: Mapping[str, str] = NOTHING) -> bytes:
    """Rows of the grid as the standard table, in text; what is left empty is as in the row above."""
    out, above = io.StringIO(), dict.fromkeys(FILLED_DOWN, "")
    table = csv.writer(out, delimiter="\t", lineterminator="\n")
    table.writerow(headings(own).values())
    for row in rows:
        above = {field: row.get(field, "").strip() or above[field] for field in FILLED_DOWN}
        table.writerow([" ".join({**row, **above}.get(field, "").split()) for field in headings(own)])
    return out.getvalue().encode()
