"""A small library of customers' order files: layouts as customers send them, each with its right answer.

An answer names, for each order, the header fields and for each line the fields that the file really says.
"""

from collections.abc import Callable

from tests.intake.files.exports import american, by_weight, framework, german, kingdee
from tests.intake.files.lists import flat_list, pages, several_sheets, stacked
from tests.intake.files.texts import (
    chat,
    csv_gbk,
    csv_semicolon,
    csv_utf16,
    html_as_xls,
    pasted_from_excel,
    pdf,
    xml_2003,
)
from tests.intake.files.workbooks import contract, english, hengli, old_excel, two_heads, units_in_numbers
from tests.intake.files.writing import Answer, OrderFile, rows_to_csv, rows_to_xls, rows_to_xlsx

LAYOUTS: list[Callable[[], OrderFile]] = [
    hengli, contract, english, american, german, kingdee, two_heads, old_excel, units_in_numbers, framework,
    by_weight, flat_list, several_sheets, stacked, pages, csv_gbk, csv_utf16, csv_semicolon, html_as_xls,
    xml_2003, pdf, chat, pasted_from_excel,
]  # fmt: skip

__all__ = [
    "LAYOUTS", "Answer", "OrderFile", "contract", "hengli", "rows_to_csv", "rows_to_xls", "rows_to_xlsx",
    "two_heads",
]  # fmt: skip
